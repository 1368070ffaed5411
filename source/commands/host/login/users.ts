import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, notSimulated, parseArguments} from '../arguments.js';
import {accounts, findAccount, findGroup, freeNumber, groupsIn, isName, setPassword, writeAccounts, writeGroups} from './accounts.js';

const usage = (io: Io<Machine>, problem?: string): number => {
	const name = io.argv[0]!.split('/').at(-1)!.replace('adduser', 'useradd');
	io.err(`${problem ? `${name}: ${problem}\n` : ''}Usage: ${name} [options] LOGIN\n`);
	return 2;
};

const no = (io: Io<Machine>, text: string, status: number): number => {
	io.err(`${io.argv[0]!.split('/').at(-1)!.replace('adduser', 'useradd')}: ${text}\n`);
	return status;
};

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
	if (!isName(name)) return no(io, `invalid user name '${name}': use --badname to ignore`, 3);
	if (findAccount(machine, name)) return no(io, `user '${name}' already exists`, 9);
	const groups = args.value('G')?.split(',') ?? [];
	const missing = missingGroup(machine, groups);
	if (missing) return no(io, `group '${missing}' does not exist`, 6);
	const uid = Number(args.value('u') ?? (args.has('r') ? lowNumber(all.map(each => each.uid)) : freeNumber(all.map(each => each.uid))));
	if (!Number.isInteger(uid) || uid < 0) return no(io, `invalid user ID '${args.value('u')}'`, 3);
	if (all.some(each => each.uid === uid)) return no(io, `UID ${uid} is not unique`, 4);
	const primary = args.value('g') === undefined ? undefined : findGroup(machine, args.value('g')!);
	if (args.value('g') !== undefined && !primary) return no(io, `group '${args.value('g')}' does not exist`, 6);
	if (!primary && findGroup(machine, name)) return no(io, `group ${name} exists - if you want to add this user to that group, use -g.`, 9);
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
	if (!account) return no(io, `user '${name}' does not exist`, 6);
	if (args.has('l') || args.has('u') || args.has('m') || args.has('L') || args.has('U')) return notSimulated(io, io.argv.join(' '));
	const groups = args.value('G')?.split(',').filter(Boolean);
	const missing = missingGroup(machine, groups ?? []);
	if (missing) return no(io, `group '${missing}' does not exist`, 6);
	const primary = args.value('g') === undefined ? undefined : findGroup(machine, args.value('g')!);
	if (args.value('g') !== undefined && !primary) return no(io, `group '${args.value('g')}' does not exist`, 6);
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
	if (!account) return no(io, `user '${name}' does not exist`, 6);
	if (account.uid === 0) return no(io, `user ${account.name} is currently used by process 1`, 8);
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

const tool = (
	name: string,
	summary: string,
	options: ArgumentSpec,
	act: (io: Io<Machine>, args: Arguments, name: string) => number,
	aliases: readonly string[] = [],
): Command<Machine> => ({
	name,
	aliases,
	path: `/usr/sbin/${name}`,
	summary,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		if (args.problem) return usage(io, args.problem);
		return args.operands.length === 1 ? act(io, args, args.operands[0]!) : usage(io);
	},
});

export default [
	tool('useradd', 'add a user', addOptions, add, ['adduser']),
	tool('usermod', 'change a user', modOptions, modify),
	tool('userdel', 'remove a user', {flags: 'rf', long: {remove: '=r', force: '=f'}}, remove),
] satisfies Command<Machine>[];
