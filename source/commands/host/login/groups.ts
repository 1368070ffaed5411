import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, parseArguments} from '../arguments.js';
import {accounts, findGroup, freeNumber, groupsIn, isName, writeGroups} from './accounts.js';

const no = (io: Io<Machine>, text: string, status: number): number => {
	io.err(`${io.argv[0]!.split('/').at(-1)}: ${text}\n`);
	return status;
};

function add(io: Io<Machine>, args: Arguments, name: string): number {
	const all = groupsIn(io.machine);
	if (!isName(name)) return no(io, `'${name}' is not a valid group name`, 3);
	if (all.some(group => group.name === name)) return args.has('f') ? 0 : no(io, `group '${name}' already exists`, 9);
	const gid = Number(args.value('g') ?? freeNumber(all.map(group => group.gid)));
	if (!Number.isInteger(gid) || gid < 0) return no(io, `invalid group ID '${args.value('g')}'`, 3);
	if (all.some(group => group.gid === gid)) return no(io, `GID '${gid}' already exists`, 4);
	writeGroups(io.machine, [...all, {name, gid, members: []}]);
	return 0;
}

function modify(io: Io<Machine>, args: Arguments, name: string): number {
	const group = findGroup(io.machine, name);
	if (!group) return no(io, `group '${name}' does not exist`, 6);
	const to = args.value('n') ?? group.name;
	if (to !== group.name && findGroup(io.machine, to)) return no(io, `group '${to}' already exists`, 9);
	const gid = Number(args.value('g') ?? group.gid);
	if (gid !== group.gid && findGroup(io.machine, String(gid))) return no(io, `GID '${gid}' already exists`, 4);
	writeGroups(
		io.machine,
		groupsIn(io.machine).map(each => (each.name === group.name ? {...each, name: to, gid} : each)),
	);
	return 0;
}

function remove(io: Io<Machine>, _args: Arguments, name: string): number {
	const group = findGroup(io.machine, name);
	if (!group) return no(io, `group '${name}' does not exist`, 6);
	const owner = accounts(io.machine).find(account => account.gid === group.gid);
	if (owner) return no(io, `cannot remove the primary group of user '${owner.name}'`, 8);
	writeGroups(
		io.machine,
		groupsIn(io.machine).filter(each => each.name !== group.name),
	);
	return 0;
}

const tool = (
	name: string,
	summary: string,
	options: ArgumentSpec,
	act: (io: Io<Machine>, args: Arguments, name: string) => number,
): Command<Machine> => ({
	name,
	path: `/usr/sbin/${name}`,
	summary,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		if (!args.problem && args.operands.length === 1) return act(io, args, args.operands[0]!);
		io.err(`${args.problem ? `${name}: ${args.problem}\n` : ''}Usage: ${name} [options] GROUP\n`);
		return 2;
	},
});

export default [
	tool('groupadd', 'add a group', {flags: 'fr', values: 'g', long: {force: '=f', system: '=r', gid: '=g'}}, add),
	tool('groupmod', 'change a group', {values: 'gn', long: {gid: '=g', 'new-name': '=n'}}, modify),
	tool('groupdel', 'remove a group', {flags: 'f', long: {force: '=f'}}, remove),
] satisfies Command<Machine>[];
