import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {type Account, findAccount} from './accounts.js';

function groupsOf({files}: Machine, account: Account): Array<{name: string; gid: number}> {
	const rows = files.exists('/etc/group') ? files.readText('/etc/group').split('\n') : [];
	return rows
		.map(line => line.split(':'))
		.filter(([, , gid, members]) => Number(gid) === account.gid || members?.split(',').includes(account.name))
		.map(([name, , gid]) => ({name: name!, gid: Number(gid)}))
		.sort((a, b) => Number(b.gid === account.gid) - Number(a.gid === account.gid));
}

const root: Account = {name: 'root', uid: 0, gid: 0, comment: 'root', home: '/root', shell: '/bin/bash'};
const current = (machine: Machine): Account =>
	findAccount(machine, machine.user) ??
	// A number that /etc/passwd does not know has no name.
	(/^\d+$/.test(machine.user)
		? {...root, name: '', uid: Number(machine.user)}
		: {...root, name: machine.user === '' ? 'root' : machine.user});

const labelled = (number: number, name: string | undefined): string => (name ? `${number}(${name})` : String(number));

/** The groups of the shell's own user: a pod's security context may add to them. */
function ownGroups(machine: Machine, account: Account): Array<{name: string; gid: number}> {
	const {primary, more = []} = machine.groups ?? {};
	const known = (gid: number) => groupsOf(machine, {...root, name: '', gid}).find(group => group.gid === gid) ?? {name: '', gid};
	const base = primary === undefined ? groupsOf(machine, account) : [known(primary)];
	const all = [...(base.length > 0 ? base : [known(account.gid)]), ...more.map(known)];
	// The kernel keeps them sorted; GNU's tools put the primary one first.
	if (!isBusybox(machine, 'id')) return all;
	return [...new Map(all.map(group => [group.gid, group])).values()].sort((a, b) => a.gid - b.gid);
}

const id: Command<Machine> = {
	name: 'id',
	summary: 'print user and group ids',
	*run(io) {
		const flags = io.argv
			.slice(1)
			.filter(word => word.startsWith('-'))
			.join('');
		const who = io.argv.slice(1).find(word => !word.startsWith('-'));
		const account = who === undefined ? current(io.machine) : findAccount(io.machine, who);
		if (!account) {
			io.err(isBusybox(io.machine, 'id') ? `id: unknown user ${who}\n` : `id: ‘${who}’: no such user\n`);
			return 1;
		}

		const groups = who === undefined ? ownGroups(io.machine, account) : groupsOf(io.machine, account);
		const gid = (who === undefined ? io.machine.groups?.primary : undefined) ?? account.gid;
		const names = flags.includes('n');
		const own = groups.find(group => group.gid === gid);
		if (flags.includes('u')) io.out(`${names ? account.name || account.uid : account.uid}\n`);
		else if (flags.includes('G')) io.out(`${groups.map(group => (names ? group.name || group.gid : group.gid)).join(' ')}\n`);
		else if (flags.includes('g')) io.out(`${names ? own?.name || gid : gid}\n`);
		else {
			const list = groups.map(group => labelled(group.gid, group.name)).join(',');
			io.out(`uid=${labelled(account.uid, account.name)} gid=${labelled(gid, own?.name)} groups=${list || gid}\n`);
		}

		return 0;
	},
};

const whoami: Command<Machine> = {
	name: 'whoami',
	summary: 'print the name of the user',
	*run(io) {
		const {name, uid} = current(io.machine);
		if (name === '') {
			io.err(isBusybox(io.machine, 'whoami') ? `whoami: unknown uid ${uid}\n` : `whoami: cannot find name for user ID ${uid}\n`);
			return 1;
		}

		io.out(`${name}\n`);
		return 0;
	},
};

const groups: Command<Machine> = {
	name: 'groups',
	summary: 'print the groups of a user',
	*run(io) {
		const names = (account: Account) =>
			groupsOf(io.machine, account)
				.map(group => group.name)
				.join(' ');
		const asked = io.argv.slice(1);
		if (asked.length === 0) io.out(`${names(current(io.machine))}\n`);
		let status = 0;
		for (const who of asked) {
			const account = findAccount(io.machine, who);
			if (account) io.out(`${who} : ${names(account)}\n`);
			else {
				io.err(isBusybox(io.machine, 'groups') ? `groups: unknown user ${who}\n` : `groups: ‘${who}’: no such user\n`);
				status = 1;
			}
		}

		return status;
	},
};

export default [id, whoami, groups] satisfies Command<Machine>[];
