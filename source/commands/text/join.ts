import type {Machine} from '../../node/host/machine.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {orderOf} from './collate.js';
import {linesOf, readInput} from './input.js';

interface Row {
	readonly line: string;
	readonly fields: readonly string[];
	readonly key: string;
}

/** One of the two files: its rows, and the field that they are joined by, from 0. */
interface Side {
	readonly rows: readonly Row[];
	readonly field: number;
}

/** How rows become a line: `0`, `1.2`; undefined: the field, then the others of both. */
type Format = ReadonlyArray<'key' | readonly [side: 0 | 1, field: number]>;

function formatOf(text: string): Format | string {
	const items: Array<Format[number]> = [];
	for (const item of text.split(/[\s,]+/).filter(Boolean)) {
		const [, side, field] = /^([12])\.([1-9]\d*)$/.exec(item) ?? [];
		if (item === '0') items.push('key');
		else if (side === undefined)
			return /^[12]\./.test(item) ? `invalid field number: ‘${item.slice(2)}’` : `invalid field specifier: ‘${item}’`;
		else items.push([side === '1' ? 0 : 1, Number(field) - 1]);
	}
	return items;
}

const rowsOf = (lines: readonly string[], field: number, separator: string | undefined, ignoreCase: boolean): Row[] =>
	lines.map(line => {
		const fields = separator === undefined ? line.split(/[ \t]+/).filter((text, at) => at > 0 || text !== '') : line.split(separator);
		const key = fields[field] ?? '';
		return {line, fields, key: ignoreCase ? key.toLowerCase() : key};
	});

const options = {
	flags: 'iz',
	values: 'aejotv12',
	long: {'ignore-case': '=i', 'check-order': 'flag', 'nocheck-order': 'flag', header: 'flag', 'zero-terminated': '=z'},
} as const;

export default {
	name: 'join',
	summary: 'join lines of two files on a common field',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		if (args.problem) return refuse(io, args.problem);
		const [first, second, more] = args.operands;
		if (first === undefined) return refuse(io, 'missing operand');
		if (second === undefined) return refuse(io, `missing operand after ‘${first}’`);
		if (more !== undefined) return refuse(io, `extra operand ‘${more}’`);
		if (args.value('o') === 'auto') {
			io.err('kubelab: not simulated: join -o auto\n');
			return 125;
		}
		const format = args.has('o') ? formatOf(args.all('o').join(',')) : undefined;
		if (typeof format === 'string') return fail(io, format);
		const end = args.has('z') ? '\0' : '\n';
		const sides: Side[] = [];
		for (const [index, name] of [first, second].entries()) {
			const text: string | undefined = yield* readInput(io, name);
			if (text === undefined) return 1;
			const field = Number(args.value(String(index + 1)) ?? args.value('j') ?? 1) - 1;
			if (!(field >= 0)) return fail(io, `invalid field number: ‘${args.value(String(index + 1)) ?? args.value('j')}’`);
			sides.push({field, rows: rowsOf(linesOf(text, end), field, args.value('t'), args.has('i'))});
		}
		return merge(io, args, sides as [Side, Side], writer(io, args, sides as [Side, Side], format, end));
	},
} satisfies Command<Machine>;

function fail(io: Io, message: string): number {
	io.err(`join: ${message}\n`);
	return 1;
}

type Write = (left: Row | undefined, right: Row | undefined) => void;

function writer(io: Io<Machine>, args: Arguments, sides: readonly [Side, Side], format: Format | undefined, end: string): Write {
	const blank = args.value('e') ?? '';
	const others = (side: 0 | 1, row: Row | undefined) => row?.fields.filter((_, at) => at !== sides[side].field) ?? [];
	const keyOf = (left: Row | undefined, right: Row | undefined) =>
		(left ? left.fields[sides[0].field] : right!.fields[sides[1].field]) ?? '';
	return (left, right) => {
		const rows = [left, right];
		const fields = format?.map(item => (item === 'key' ? keyOf(left, right) : (rows[item[0]]?.fields[item[1]] ?? ''))) ?? [
			keyOf(left, right),
			...others(0, left),
			...others(1, right),
		];
		io.out(fields.map(text => text || blank).join(args.value('t') ?? ' ') + end);
	};
}

function merge(io: Io<Machine>, args: Arguments, sides: readonly [Side, Side], write: Write): number {
	const only = new Set([...args.all('a'), ...args.all('v')]);
	const pairs = !args.has('v');
	const compare = orderOf(io.env);
	const [left, right] = [sides[0].rows, sides[1].rows];
	let [a, b, status] = [0, 0, 0];
	if (args.has('header') && (left.length > 0 || right.length > 0)) write(left[a++], right[b++]);
	const warned = new Set<number>();
	const alone = (side: 0 | 1, rows: readonly Row[], at: number) => {
		if (at > 0 && !args.has('nocheck-order') && !warned.has(side) && compare(rows[at - 1]!.key, rows[at]!.key) > 0) {
			warned.add(side);
			io.err(`join: ${args.operands[side]}:${at + 1}: is not sorted: ${rows[at]!.line}\n`);
			status = 1;
		}
		if (only.has(String(side + 1))) write(side === 0 ? rows[at] : undefined, side === 1 ? rows[at] : undefined);
	};
	while (a < left.length && b < right.length) {
		const order = compare(left[a]!.key, right[b]!.key);
		if (order < 0) alone(0, left, a++);
		else if (order > 0) alone(1, right, b++);
		else {
			const {key} = left[a]!;
			const [fromA, fromB] = [a, b];
			while (left[a]?.key === key) a++;
			while (right[b]?.key === key) b++;
			if (pairs) for (const one of left.slice(fromA, a)) for (const other of right.slice(fromB, b)) write(one, other);
		}
	}
	while (a < left.length) alone(0, left, a++);
	while (b < right.length) alone(1, right, b++);
	if (status !== 0) io.err('join: input is not in sorted order\n');
	return status;
}
