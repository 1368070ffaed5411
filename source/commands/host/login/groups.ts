import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import type {Arguments} from '../arguments.js';
import {refuse, shadowTool} from './shadow-tool.js';
import {accounts, findGroup, freeNumber, groupsIn, isName, writeGroups} from './accounts.js';

function add(io: Io<Machine>, args: Arguments, name: string): number {
	const all = groupsIn(io.machine);
	if (!isName(name)) return refuse(io, `'${name}' is not a valid group name`, 3);
	if (all.some(group => group.name === name)) return args.has('f') ? 0 : refuse(io, `group '${name}' already exists`, 9);
	const gid = Number(args.value('g') ?? freeNumber(all.map(group => group.gid)));
	if (!Number.isInteger(gid) || gid < 0) return refuse(io, `invalid group ID '${args.value('g')}'`, 3);
	if (all.some(group => group.gid === gid)) return refuse(io, `GID '${gid}' already exists`, 4);
	writeGroups(io.machine, [...all, {name, gid, members: []}]);
	return 0;
}

function modify(io: Io<Machine>, args: Arguments, name: string): number {
	const group = findGroup(io.machine, name);
	if (!group) return refuse(io, `group '${name}' does not exist`, 6);
	const to = args.value('n') ?? group.name;
	if (to !== group.name && findGroup(io.machine, to)) return refuse(io, `group '${to}' already exists`, 9);
	const gid = Number(args.value('g') ?? group.gid);
	if (gid !== group.gid && findGroup(io.machine, String(gid))) return refuse(io, `GID '${gid}' already exists`, 4);
	writeGroups(
		io.machine,
		groupsIn(io.machine).map(each => (each.name === group.name ? {...each, name: to, gid} : each)),
	);
	return 0;
}

function remove(io: Io<Machine>, _args: Arguments, name: string): number {
	const group = findGroup(io.machine, name);
	if (!group) return refuse(io, `group '${name}' does not exist`, 6);
	const owner = accounts(io.machine).find(account => account.gid === group.gid);
	if (owner) return refuse(io, `cannot remove the primary group of user '${owner.name}'`, 8);
	writeGroups(
		io.machine,
		groupsIn(io.machine).filter(each => each.name !== group.name),
	);
	return 0;
}

export default [
	shadowTool({
		name: 'groupadd',
		summary: 'add a group',
		operand: 'GROUP',
		options: {flags: 'fr', values: 'g', long: {force: '=f', system: '=r', gid: '=g'}},
		act: add,
	}),
	shadowTool({
		name: 'groupmod',
		summary: 'change a group',
		operand: 'GROUP',
		options: {values: 'gn', long: {gid: '=g', 'new-name': '=n'}},
		act: modify,
	}),
	shadowTool({name: 'groupdel', summary: 'remove a group', operand: 'GROUP', options: {flags: 'f', long: {force: '=f'}}, act: remove}),
] satisfies Command<Machine>[];
