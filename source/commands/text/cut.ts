import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {linesOf, readInput} from './input.js';

const long = {
	bytes: '=b',
	characters: '=c',
	fields: '=f',
	delimiter: '=d',
	'only-delimited': '=s',
	'output-delimiter': 'value',
	complement: 'flag',
	'zero-terminated': '=z',
} as const;

type Range = readonly [first: number, last: number];

export default {
	name: 'cut',
	summary: 'print parts of lines',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'nsz', values: 'bcfd', long});
		if (args.problem) return refuse(io, args.problem);
		const lists = (['b', 'c', 'f'] as const).flatMap(letter => args.all(letter));
		const list = lists[0];
		if (list === undefined) return refuse(io, 'you must specify a list of bytes, characters, or fields');
		if (lists.length > 1) return refuse(io, 'only one list may be specified');
		const delimiter = args.value('d') ?? '\t';
		if ([...delimiter].length > 1) return refuse(io, 'the delimiter must be a single character');
		const byField = args.has('f');
		if (args.has('d') && !byField) return refuse(io, 'an input delimiter may be specified only when operating on fields');
		const ranges = rangesOf(list, byField);
		if (typeof ranges === 'string') return refuse(io, ranges);
		const wanted = (index: number) => ranges.some(([first, last]) => index >= first && index <= last) !== args.has('complement');
		const joint = args.value('output-delimiter') ?? (byField ? delimiter : '');
		const end = args.has('z') ? '\0' : '\n';
		const part = (line: string): string | undefined => {
			const pieces = byField ? line.split(delimiter) : [...line];
			if (byField && pieces.length === 1) return args.has('s') ? undefined : line;
			return pieces.filter((_, index) => wanted(index + 1)).join(joint);
		};
		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			const text: string | undefined = yield* readInput(io, name);
			if (text === undefined) status = 1;
			else
				io.out(
					linesOf(text, end)
						.flatMap(line => part(line) ?? [])
						.map(line => line + end)
						.join(''),
				);
		}

		return status;
	},
} satisfies Command<Machine>;

/** `1,3-5,7-`; what is wrong, as text. */
function rangesOf(list: string, byField: boolean): readonly Range[] | string {
	const what = byField ? 'field' : 'byte/character';
	const ranges: Range[] = [];
	for (const item of list.split(/[, ]/)) {
		const found = /^(\d*)(-?)(\d*)$/.exec(item);
		if (!found) return byField ? `invalid field value ‘${item}’` : `invalid byte/character position ‘${item}’`;
		const [, from = '', dash, to = ''] = found;
		if (from === '' && to === '')
			return dash
				? 'invalid range with no endpoint: -'
				: byField
					? 'fields are numbered from 1'
					: 'byte/character positions are numbered from 1';
		const first = from === '' ? 1 : Number(from);
		const last = dash ? (to === '' ? Number.POSITIVE_INFINITY : Number(to)) : first;
		if (first === 0 || last === 0) return `${what === 'field' ? 'fields' : 'byte/character positions'} are numbered from 1`;
		if (last < first) return 'invalid decreasing range';
		ranges.push([first, last]);
	}

	return ranges;
}
