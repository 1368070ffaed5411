import type {Machine} from '../../../node/host/machine.js';

export interface Account {
	readonly name: string;
	readonly uid: number;
	readonly gid: number;
	readonly comment: string;
	readonly home: string;
	readonly shell: string;
}

export interface Group {
	readonly name: string;
	readonly gid: number;
	readonly members: readonly string[];
}

const rowsOf = ({files}: Machine, path: string): string[][] =>
	(files.exists(path) ? files.readText(path).split('\n') : []).filter(line => line !== '').map(line => line.split(':'));

/** /etc/passwd, which is all that a machine knows of its users. */
export const accounts = (machine: Machine): readonly Account[] =>
	rowsOf(machine, '/etc/passwd').map(([name = '', , uid, gid, comment = '', home = '', shell = '']) => ({
		name,
		uid: Number(uid),
		gid: Number(gid),
		comment,
		home: home || '/',
		shell: shell || '/bin/sh',
	}));

/** By name or number. */
export const findAccount = (machine: Machine, who: string): Account | undefined =>
	accounts(machine).find(({name, uid}) => name === who || String(uid) === who);

export const groupsIn = (machine: Machine): readonly Group[] =>
	rowsOf(machine, '/etc/group').map(([name = '', , gid, members = '']) => ({
		name,
		gid: Number(gid),
		members: members === '' ? [] : members.split(','),
	}));

export const findGroup = (machine: Machine, which: string): Group | undefined =>
	groupsIn(machine).find(({name, gid}) => name === which || String(gid) === which);

export const writeAccounts = ({files}: Machine, all: readonly Account[]): void =>
	files.write('/etc/passwd', all.map(a => `${[a.name, 'x', a.uid, a.gid, a.comment, a.home, a.shell].join(':')}\n`).join(''));

export const writeGroups = ({files}: Machine, all: readonly Group[]): void =>
	files.write('/etc/group', all.map(group => `${group.name}:x:${group.gid}:${group.members.join(',')}\n`).join(''));

/** The password's field of /etc/shadow: `!!` is none yet. */
export const passwordOf = (machine: Machine, name: string): string | undefined =>
	rowsOf(machine, '/etc/shadow').find(row => row[0] === name)?.[1];

/** Its row of /etc/shadow, made or replaced; without a password it goes. */
export function setPassword(machine: Machine, name: string, password: string | undefined): void {
	const rows = rowsOf(machine, '/etc/shadow').filter(row => row[0] !== name);
	const today = Math.floor(machine.sim.clock.now() / 86_400_000);
	if (password !== undefined) rows.push([name, password, String(today), '0', '99999', '7', '', '', '']);
	machine.files.write('/etc/shadow', rows.map(row => `${row.join(':')}\n`).join(''), {mode: 0});
}

/** The number after the highest of those for people. */
export const freeNumber = (taken: readonly number[]): number => Math.max(999, ...taken.filter(id => id >= 1000 && id < 60_000)) + 1;

/** What shadow-utils takes for a name. */
export const isName = (name: string): boolean => /^[a-zA-Z0-9_.][a-zA-Z0-9_.-]{0,30}[a-zA-Z0-9_.$-]?$/.test(name) && !/^\d+$/.test(name);
