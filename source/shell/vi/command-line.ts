import {join, removeRange, shift, textIn} from './change.js';
import {runGlobal} from './global.js';
import {splitKeys} from './keys.js';
import {toExpression} from './search.js';
import {clamp, goTo, isModified, remember, type Vi, type ViOptions} from './state.js';
import {keep} from './registers.js';
import type {FileArguments} from './file-arguments.js';
import {edit, quit, read, write, writeAndQuit} from './files.js';
import {runShellCommand} from './shell-command.js';
import {substitute} from './substitute.js';

type Press = (vi: Vi, key: string) => Vi;

/** What `:` was answered with, on Enter; `press` types what `:normal` says. */
export function runCommandLine(vi: Vi, text: string, press: Press): Vi {
	const base: Vi = {
		...vi,
		mode: 'normal',
		prompt: '',
		message: '',
		commandHistory: text === '' ? vi.commandHistory : [...vi.commandHistory, text].slice(-50),
	};
	const line = text.replace(/^[\s:]+/, '');
	const parsed = readRange(base, line);
	if (!parsed) return {...base, message: 'E16: Invalid range'};
	const {first, last, rest, given, above} = parsed;
	if (rest.trimStart().startsWith('!'))
		return runShellCommand(base, rest.trimStart().slice(1), given ? 'lines' : 'screen', {...parsed, bang: false, argument: ''});
	const match = /^([a-zA-Z]+|[<>]+|[&=]|)(!?)\s*(.*)$/s.exec(rest.trimStart())!;
	const [, name = '', bang = '', argument = ''] = match;
	if (name === '') return given ? goTo(base, {row: last, column: Math.max(0, base.lines[last]!.search(/\S/))}) : base;
	// `s/a/b/` needs no blank: its letter ends where the separator begins.
	if (/^s(?:ubstitute)?$/.test(name) || name === '&') return substitute(base, first, last, rest.trim().replace(/^(?:substitute|s|&)/, ''));
	if (/^(?:g|global|v|vglobal)$/.test(name)) {
		const whole = given ? {first, last} : {first: 0, last: base.lines.length - 1};
		return clamp(
			runGlobal(base, {...whole, inverted: name.startsWith('v') || bang === '!', body: argument.trimStart()}, (each, command) =>
				runCommandLine(each, command, press),
			),
		);
	}
	if (/^norm(?:al)?$/.test(name)) return runNormalKeys(base, given ? [first, last] : undefined, argument, press);
	const command = commands.find(({pattern}) => pattern.test(name));
	if (!command) return {...base, message: `E492: Not an editor command: ${line}`};
	return clamp(command.run(base, counted({bang: bang === '!', argument: argument.trim(), first, last, given, above}, name, base), name));
}

/** `:d 3`, `:> 2`: so many lines from the last one on. */
function counted(args: FileArguments, name: string, {lines}: Vi): FileArguments {
	const [, kept = '', count] = /^([a-zA-Z"]?)\s*(\d+)$/.exec(args.argument) ?? [];
	if (count === undefined || !/^(?:d|y|j|[<>])/.test(name)) return args;
	return {...args, argument: kept, given: true, first: args.last, last: Math.min(lines.length, args.last + Number(count)) - 1};
}

/** `:>`, `:>>`: once for each sign. */
function shiftLines(vi: Vi, {first, last}: FileArguments, signs: string): Vi {
	let next = remember(vi);
	for (const sign of signs) next = shift(next, first, last, sign === '>');
	return {...next, row: last, column: Math.max(0, next.lines[last]!.search(/\S/))};
}

/** Tabs become blanks, where those are typed for them. */
function retab(vi: Vi, {first, last, given}: FileArguments): Vi {
	const {expandtab, tabstop} = vi.options;
	if (!expandtab) return vi;
	const spread = (text: string) => text.split('\t').reduce((out, part) => out + ' '.repeat(tabstop - (out.length % tabstop)) + part);
	return {...remember(vi), lines: vi.lines.map((text, row) => (given && (row < first || row > last) ? text : spread(text)))};
}

/** `:normal`: the keys on each line of a range, or where the cursor stands; one `u` takes all of it back. */
function runNormalKeys(vi: Vi, range: readonly [number, number] | undefined, keys: string, press: Press): Vi {
	const all = [...splitKeys(keys), '<Esc>'];
	const undo = [...vi.undo, {lines: vi.lines, row: vi.row, column: vi.column}];
	let next = vi;
	const [first, last] = range ?? [vi.row, vi.row];
	// From the end, so that lines which come or go leave those before them where they are.
	const rows = Array.from({length: last - first + 1}, (_, index) => last - index);
	for (const row of rows) next = all.reduce(press, range ? {...next, row, column: 0} : next);
	return {...next, undo, redo: [], row: range ? Math.min(last + next.lines.length - vi.lines.length, next.lines.length - 1) : next.row};
}

/** `%`, `1,$`, `.,+3`, `'<,'>`, `/pattern/`; rows counted from 0. */
function readRange(vi: Vi, line: string): (Pick<FileArguments, 'first' | 'last' | 'given' | 'above'> & {rest: string}) | undefined {
	if (line.startsWith('%')) return {first: 0, last: vi.lines.length - 1, rest: line.slice(1), given: true, above: false};
	const address = /^(?:(\d+)|([.$])|'([a-z<>])|\/([^/]*)\/)?((?:[-+]\d*)*)/;
	const read = (text: string): {row: number | undefined; length: number} => {
		const [whole, digits, sign, mark, pattern, offsets = ''] = address.exec(text)!;
		let row =
			digits !== undefined
				? Number(digits) - 1
				: sign === '$'
					? vi.lines.length - 1
					: mark !== undefined
						? vi.marks[mark]?.row
						: pattern !== undefined
							? vi.lines.findIndex((each, at) => at > vi.row && toExpression(pattern, false)?.test(each))
							: vi.row;
		for (const [, plus, amount] of offsets.matchAll(/([-+])(\d*)/g))
			row = row === undefined ? row : row + (plus === '+' ? 1 : -1) * Number(amount || 1);
		return {row, length: whole.length};
	};
	const start = read(line);
	let rest = line.slice(start.length);
	let end = start;
	let given = start.length > 0;
	if (rest.startsWith(',')) {
		end = read(rest.slice(1));
		rest = rest.slice(1 + end.length);
		given = true;
	}

	const inside = (row: number | undefined) => row !== undefined && row >= -1 && row < vi.lines.length;
	if (!inside(start.row) || !inside(end.row))
		return given && /^\d+$/.test(line) ? {first: 0, last: vi.lines.length - 1, rest: '', given, above: false} : undefined;
	return {first: Math.max(0, Math.min(start.row!, end.row!)), last: Math.max(0, end.row!, start.row!), rest, given, above: end.row === -1};
}

const commands: ReadonlyArray<{readonly pattern: RegExp; run(vi: Vi, args: FileArguments, name: string): Vi}> = [
	{pattern: /^w(?:rite)?$/, run: write},
	{pattern: /^(?:wq|wqa|wqall|xa|xall)$/, run: writeAndQuit},
	{pattern: /^(?:x|xit|exi|exit)$/, run: (vi, args) => (isModified(vi) || vi.isNew ? writeAndQuit(vi, args) : {...vi, done: true})},
	{pattern: /^(?:q|quit|qa|qall)$/, run: quit},
	{pattern: /^(?:cq|cquit)$/, run: ({saved: _, ...vi}) => ({...vi, done: true})},
	{pattern: /^(?:e(?:dit)?|ex)$/, run: edit},
	{pattern: /^r(?:ead)?$/, run: read},
	{pattern: /^f(?:ile)?$/, run: vi => ({...vi, message: `"${vi.name}" line ${vi.row + 1} of ${vi.lines.length}`})},
	{pattern: /^se(?:t)?$/, run: (vi, {argument}) => argument.split(/\s+/).reduce(setOption, vi)},
	{pattern: /^noh(?:lsearch)?$/, run: vi => ({...vi, options: {...vi.options, hlsearch: false}})},
	{pattern: /^sy(?:ntax)?$|^colo(?:rscheme)?$|^filetype$/, run: vi => vi},
	{
		pattern: /^d(?:elete)?$/,
		run(vi, {first, last, argument}) {
			const range = {start: {row: first, column: 0}, end: {row: last, column: 0}, lines: true};
			return {
				...removeRange(keep(remember(vi), textIn(vi, range), registerOf(argument), false), range),
				message: last - first > 1 ? `${last - first + 1} fewer lines` : '',
			};
		},
	},
	{
		pattern: /^y(?:ank)?$/,
		run: (vi, {first, last, argument}) => ({
			...keep(vi, textIn(vi, {start: {row: first, column: 0}, end: {row: last, column: 0}, lines: true}), registerOf(argument), true),
			message: `${last - first + 1} lines yanked`,
		}),
	},
	{pattern: /^[<>]+$/, run: shiftLines},
	{pattern: /^ret(?:ab)?$/, run: retab},
	{pattern: /^(?:t|co|copy)$/, run: copyLines},
	{pattern: /^m(?:ove)?$/, run: moveLines},
	{
		pattern: /^j(?:oin)?$/,
		run: (vi, {bang, first, last, given}) => join({...remember(vi), row: first}, given ? last - first + 1 : 2, !bang),
	},
	{pattern: /^pu(?:t)?$/, run: putLines},
	{pattern: /^sor(?:t)?$/, run: sortLines},
	{pattern: /^u(?:ndo)?$/, run: vi => ({...vi, ...(vi.undo.at(-1) ? {...vi.undo.at(-1)!, undo: vi.undo.slice(0, -1)} : {})})},
	{
		pattern:
			/^(?:sh(?:ell)?|ter(?:minal)?|sp(?:lit)?|vs(?:plit)?|tabe(?:dit)?|b(?:uffer)?|ls|so(?:urce)?|let|ec(?:ho)?|map|nmap|imap|ab(?:breviate)?)$/,
		run: (vi, _args, name) => ({...vi, message: `kubelab: not simulated: :${name}`}),
	},
	{pattern: /^h(?:elp)?$/, run: vi => ({...vi, message: 'kubelab: not simulated: the help of vim'})},
];

const registerOf = (argument: string): string => (/^[a-zA-Z"_]$/.test(argument) ? argument : '"');

/** Behind which line, counted from 1; undefined: there is none such. */
function targetOf(vi: Vi, argument: string): number | undefined {
	const target = argument === '$' ? vi.lines.length : argument === '.' ? vi.row + 1 : Number(argument || Number.NaN);
	return Number.isInteger(target) && target >= 0 && target <= vi.lines.length ? target : undefined;
}

function copyLines(vi: Vi, {first, last, argument}: FileArguments): Vi {
	const target = targetOf(vi, argument);
	if (target === undefined) return {...vi, message: 'E16: Invalid range'};
	const block = vi.lines.slice(first, last + 1);
	return {...remember(vi), lines: [...vi.lines.slice(0, target), ...block, ...vi.lines.slice(target)], row: target + block.length - 1};
}

function moveLines(vi: Vi, {first, last, argument}: FileArguments): Vi {
	const target = targetOf(vi, argument);
	if (target === undefined) return {...vi, message: 'E16: Invalid range'};
	if (target > first && target <= last) return {...vi, message: 'E134: Cannot move a range of lines into itself'};
	const block = vi.lines.slice(first, last + 1);
	const rest = [...vi.lines.slice(0, first), ...vi.lines.slice(last + 1)];
	const at = target > last ? target - block.length : target;
	return {...remember(vi), lines: [...rest.slice(0, at), ...block, ...rest.slice(at)], row: at + block.length - 1};
}

function putLines(vi: Vi, {first, bang, argument}: FileArguments): Vi {
	if (argument.startsWith('=')) return {...vi, message: 'kubelab: not simulated: :put ='};
	const register = vi.registers[registerOf(argument).toLowerCase()];
	if (!register) return {...vi, message: `E353: Nothing in register ${registerOf(argument)}`};
	const at = bang ? first : first + 1;
	const block = register.text.split('\n');
	return {...remember(vi), lines: [...vi.lines.slice(0, at), ...block, ...vi.lines.slice(at)], row: at + block.length - 1};
}

/** `:sort`, `:sort!`; `u` keeps one of equals, `i` looks past case, `n` sorts by the first number. */
function sortLines(vi: Vi, {first, last, given, bang, argument}: FileArguments): Vi {
	const flags = argument.replaceAll(/\s/g, '');
	if (!/^[uin]*$/.test(flags)) return {...vi, message: `kubelab: not simulated: :sort ${argument}`};
	const [from, to] = given ? [first, last] : [0, vi.lines.length - 1];
	const key = (text: string) => (flags.includes('i') ? text.toLowerCase() : text);
	const number = (text: string) => Number(/-?\d+/.exec(text)?.[0] ?? Number.NEGATIVE_INFINITY);
	const order = (a: string, b: string) =>
		flags.includes('n') ? Number(number(a) > number(b)) - Number(number(a) < number(b)) : Number(key(a) > key(b)) - Number(key(a) < key(b));
	const sorted = vi.lines.slice(from, to + 1).sort((a, b) => (bang ? order(b, a) : order(a, b)));
	const kept = flags.includes('u') ? sorted.filter((text, at) => at === 0 || order(text, sorted[at - 1]!) !== 0) : sorted;
	return {...remember(vi), lines: [...vi.lines.slice(0, from), ...kept, ...vi.lines.slice(to + 1)], row: from};
}

const switches: Readonly<Record<string, keyof ViOptions>> = {
	nu: 'number',
	number: 'number',
	paste: 'paste',
	ai: 'autoindent',
	autoindent: 'autoindent',
	et: 'expandtab',
	expandtab: 'expandtab',
	ic: 'ignorecase',
	ignorecase: 'ignorecase',
	hls: 'hlsearch',
	hlsearch: 'hlsearch',
	list: 'list',
};
const sizes: Readonly<Record<string, keyof ViOptions>> = {
	ts: 'tabstop',
	tabstop: 'tabstop',
	sw: 'shiftwidth',
	shiftwidth: 'shiftwidth',
	sts: 'shiftwidth',
	softtabstop: 'shiftwidth',
};

function setOption(vi: Vi, word: string): Vi {
	const value = /^(\w+)=(\d+)$/.exec(word);
	if (value && Object.hasOwn(sizes, value[1]!))
		return {...vi, options: {...vi.options, [sizes[value[1]!]!]: Math.max(1, Math.min(64, Number(value[2])))}};
	const inverted = /^(?:inv(\w+)|(\w+)!)$/.exec(word);
	const turned = switches[inverted?.[1] ?? inverted?.[2] ?? ''];
	if (turned) return {...vi, options: {...vi.options, [turned]: !vi.options[turned]}};
	const [, no = '', name = ''] = /^(no)?(\w+?)[!?]?$/.exec(word) ?? [];
	const key = Object.hasOwn(switches, word) ? word : name;
	if (Object.hasOwn(switches, key)) return {...vi, options: {...vi.options, [switches[key]!]: key === word || no === ''}};
	return word === '' || word === 'all' ? vi : {...vi, message: `E518: Unknown option: ${word}`};
}
