import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, notSimulated} from '../arguments.js';
import {refuse, shadowTool} from './shadow-tool.js';
import {accounts, findAccount, findGroup, freeNumber, groupsIn, isName, setPassword, writeAccounts, writeGroups} from './accounts.js';

/** The groups of `-G`, or the first that nobody has. */
const missingGroup = (machine: Machine, list: readonly string[]) => list.find(name => !findGroup(machine, name));

const addOptions: ArgumentSpec = {
	flags: 'mMNrUo',
	values: 'cdegGsuk',
	long: {
		...{comment: '=c', home: '=d', 'home-dir': '=d', gid: '=g', groups: '=G', shell: '=s', uid: '=u'},
		...{'create-home': '=m', 'no-create-home': '=M', system: '=r', 'user-group': '=U', 'no-user-group': '=N'},
	},
};

function add(io: Io<Machine>, args: Arguments, name: string): number {
	const {machine} = io;
	const all = accounts(machine);
	if (!isName(name)) return refuse(io, `invalid user name '${name}': use --badname to ignore`, 3);
	if (findAccount(machine, name)) return refuse(io, `user '${name}' already exists`, 9);
	const groups = args.value('G')?.split(',') ?? [];
	const missing = missingGroup(machine, groups);
	if (missing) return refuse(io, `group '${missing}' does not exist`, 6);
	const uid = Number(args.value('u') ?? (args.has('r') ? lowNumber(all.map(each => each.uid)) : freeNumber(all.map(each => each.uid))));
	if (!Number.isInteger(uid) || uid < 0) return refuse(io, `invalid user ID '${args.value('u')}'`, 3);
	if (all.some(each => each.uid === uid)) return refuse(io, `UID ${uid} is not unique`, 4);
	const primary = args.value('g') === undefined ? undefined : findGroup(machine, args.value('g')!);
	if (args.value('g') !== undefined && !primary) return refuse(io, `group '${args.value('g')}' does not exist`, 6);
	if (!primary && findGroup(machine, name))
		return refuse(io, `group ${name} exists - if you want to add this user to that group, use -g.`, 9);
	const taken = groupsIn(machine).map(each => each.gid);
	const gid = primary?.gid ?? (taken.includes(uid) ? freeNumber(taken) : uid);
	const home = args.value('d') ?? `/home/${name}`;
	writeAccounts(machine, [...all, {name, uid, gid, comment: args.value('c') ?? '', home, shell: args.value('s') ?? '/bin/bash'}]);
	const own = primary ? [] : [{name, gid, members: []}];
	writeGroups(machine, [
		...groupsIn(machine).map(group => (groups.includes(group.name) ? {...group, members: [...group.members, name]} : group)),
		...own,
	]);
	setPassword(machine, name, '!!');
	if (args.has('M') || (args.has('r') && !args.has('m'))) return 0;
	machine.files.makeFolder(home, {recursive: true, mode: 0o700});
	machine.files.chown(home, uid, gid);
	return 0;
}

/** Of a system account: downwards from 999. */
function lowNumber(taken: readonly number[]): number {
	let number = 996;
	while (taken.includes(number)) number--;
	return number;
}

const modOptions: ArgumentSpec = {
	flags: 'aLUm',
	values: 'cdgGsul',
	long: {
		...{append: '=a', comment: '=c', home: '=d', gid: '=g', groups: '=G', shell: '=s', uid: '=u', login: '=l'},
		...{lock: '=L', unlock: '=U', 'move-home': '=m'},
	},
};

function modify(io: Io<Machine>, args: Arguments, name: string): number {
	const {machine} = io;
	const account = findAccount(machine, name);
	if (!account) return refuse(io, `user '${name}' does not exist`, 6);
	if (args.has('l') || args.has('u') || args.has('m') || args.has('L') || args.has('U')) return notSimulated(io, io.argv.join(' '));
	const groups = args.value('G')?.split(',').filter(Boolean);
	const missing = missingGroup(machine, groups ?? []);
	if (missing) return refuse(io, `group '${missing}' does not exist`, 6);
	const primary = args.value('g') === undefined ? undefined : findGroup(machine, args.value('g')!);
	if (args.value('g') !== undefined && !primary) return refuse(io, `group '${args.value('g')}' does not exist`, 6);
	const changed = {
		...account,
		gid: primary?.gid ?? account.gid,
		comment: args.value('c') ?? account.comment,
		home: args.value('d') ?? account.home,
		shell: args.value('s') ?? account.shell,
	};
	writeAccounts(
		machine,
		accounts(machine).map(each => (each.name === account.name ? changed : each)),
	);
	if (!groups) return 0;
	const belongs = (group: {name: string; members: readonly string[]}) =>
		groups.includes(group.name) || (args.has('a') && group.members.includes(account.name));
	writeGroups(
		machine,
		groupsIn(machine).map(group => {
			const others = group.members.filter(member => member !== account.name);
			return belongs(group) ? {...group, members: [...others, account.name]} : {...group, members: others};
		}),
	);
	return 0;
}

function remove(io: Io<Machine>, args: Arguments, name: string): number {
	const {machine} = io;
	const account = findAccount(machine, name);
	if (!account) return refuse(io, `user '${name}' does not exist`, 6);
	if (account.uid === 0) return refuse(io, `user ${account.name} is currently used by process 1`, 8);
	writeAccounts(
		machine,
		accounts(machine).filter(each => each !== account && each.name !== account.name),
	);
	writeGroups(
		machine,
		groupsIn(machine)
			.filter(group => group.name !== account.name || group.members.some(member => member !== account.name))
			.map(group => ({...group, members: group.members.filter(member => member !== account.name)})),
	);
	setPassword(machine, account.name, undefined);
	if (args.has('r') && machine.files.exists(account.home)) machine.files.remove(account.home, {recursive: true});
	return 0;
}

export default [
	shadowTool({name: 'useradd', aliases: ['adduser'], summary: 'add a user', operand: 'LOGIN', options: addOptions, act: add}),
	shadowTool({name: 'usermod', summary: 'change a user', operand: 'LOGIN', options: modOptions, act: modify}),
	shadowTool({
		name: 'userdel',
		summary: 'remove a user',
		operand: 'LOGIN',
		options: {flags: 'rf', long: {remove: '=r', force: '=f'}},
		act: remove,
	}),
] satisfies Command<Machine>[];
