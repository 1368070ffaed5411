import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {type Arguments, notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {linesOf, readInput} from './input.js';

const long = {
	count: '=c',
	repeated: '=d',
	'all-repeated': '=D',
	unique: '=u',
	'ignore-case': '=i',
	'skip-fields': '=f',
	'skip-chars': '=s',
	'check-chars': '=w',
	'zero-terminated': '=z',
	group: 'flag',
} as const;

export default {
	name: 'uniq',
	summary: 'report or leave out repeated lines',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'cdDuiz', values: 'fsw', long});
		if (args.problem) return refuse(io, args.problem);
		if (args.has('group')) return notSimulated(io, 'uniq --group');
		const [from = '-', to, more] = args.operands;
		if (more !== undefined) return refuse(io, `extra operand ‘${more}’`);
		const text: string | undefined = yield* readInput(io, from);
		if (text === undefined) return 1;
		const end = args.has('z') ? '\0' : '\n';
		const result = groupsOf(linesOf(text, end), args)
			.flatMap(group => shown(group, args))
			.map(line => line + end)
			.join('');
		if (to === undefined) io.out(result);
		else io.machine.files.write(io.path(to), result);
		return 0;
	},
} satisfies Command<Machine>;

/** Runs of lines that count as the same. */
function groupsOf(lines: readonly string[], args: Arguments): string[][] {
	const groups: string[][] = [];
	let last: string | undefined;
	for (const line of lines) {
		const key = keyOf(line, args);
		if (key === last) groups.at(-1)!.push(line);
		else groups.push([line]);
		last = key;
	}

	return groups;
}

function keyOf(line: string, args: Arguments): string {
	let key = line;
	for (let skip = Number(args.value('f') ?? 0); skip > 0; skip--) key = key.replace(/^\s*\S*/, '');
	key = key.slice(Number(args.value('s') ?? 0));
	if (args.has('w')) key = key.slice(0, Number(args.value('w')));
	return args.has('i') ? key.toLowerCase() : key;
}

function shown(group: readonly string[], args: Arguments): readonly string[] {
	if (args.has('D')) return group.length > 1 ? group : [];
	if ((args.has('d') && group.length === 1) || (args.has('u') && group.length > 1)) return [];
	return [args.has('c') ? `${String(group.length).padStart(7)} ${group[0]}` : group[0]!];
}
