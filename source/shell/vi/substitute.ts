import {BoundedRegExp} from '../../regex/bounded.js';
import {toExpression} from './search.js';
import {type Asking, clamp, remember, type Vi} from './state.js';

/** `:s/pattern/replacement/flags`; `&` and `\1` in the replacement, any separator. */
export function substitute(vi: Vi, first: number, last: number, given: string): Vi {
	const body = repeated(vi, given);
	if (body === undefined) return {...vi, message: 'E35: No previous regular expression'};
	const separator = body[0];
	if (!separator || /[\w\s"|\\]/.test(separator)) return {...vi, message: 'E486: Pattern not found'};
	const [pattern = '', replacement = '', flags = ''] = splitUnescaped(body.slice(1), separator);
	if (replacement.startsWith('\\=')) return {...vi, message: 'kubelab: not simulated: \\= in :s'};
	const source = pattern === '' ? (vi.search?.pattern ?? '') : pattern;
	const expression = toExpression(source, flags.includes('i') || vi.options.ignorecase);
	if (!expression || source === '') return {...vi, message: `E383: Invalid search string: ${source}`};
	const search = {pattern: source, forward: true};
	const lastSubstitute = {replacement, flags};
	if (flags.includes('c')) {
		const place = {row: first, column: 0, last, count: 0, rows: 0};
		return askNext(
			{...vi, search, lastSubstitute},
			{...place, expression, replacement, all: flags.includes('g'), quiet: flags.includes('e')},
		);
	}
	const once = new BoundedRegExp(expression.source, expression.flags.replace('g', ''));
	let count = 0;
	let lastRow = vi.row;
	const lines = vi.lines.flatMap((text, row) => {
		if (row < first || row > last) return [text];
		const found = flags.includes('g') ? (text.match(expression)?.length ?? 0) : once.test(text) ? 1 : 0;
		if (found === 0) return [text];
		count += found;
		lastRow = row;
		return text.replace(flags.includes('g') ? expression : once, (...match: string[]) => fillIn(replacement, match)).split('\n');
	});
	if (count === 0) return {...vi, search, lastSubstitute, message: flags.includes('e') ? '' : `E486: Pattern not found: ${source}`};
	const touched = lines.length - vi.lines.length + last - first + 1;
	return clamp({
		...remember(vi),
		lines,
		search,
		lastSubstitute,
		row: lastRow,
		column: 0,
		message: count > 2 ? `${count} substitutions on ${Math.min(touched, count)} line${touched === 1 ? '' : 's'}` : '',
	});
}

/** `:s`, `:&&`, `:s g`: the last one again, the flags being new unless `&` keeps them. */
function repeated({search, lastSubstitute}: Vi, given: string): string | undefined {
	if (!/^&?[gcien]*$/.test(given)) return given;
	if (!lastSubstitute || !search) return undefined;
	const sign = '\u0001';
	const flags = (given.startsWith('&') ? lastSubstitute.flags : '') + given.replace('&', '');
	return sign + [search.pattern, lastSubstitute.replacement, flags].join(sign);
}

function splitUnescaped(text: string, separator: string): string[] {
	const parts: string[] = [];
	let part = '';
	for (let at = 0; at < text.length; at++) {
		if (text[at] === '\\') {
			const next = text[++at] ?? '';
			part += next === separator ? next : `\\${next}`;
		} else if (text[at] === separator && parts.length < 2) {
			parts.push(part);
			part = '';
		} else part += text[at];
	}

	return [...parts, part];
}

/** `&`, `\1`, and `\u`, `\U` ... `\E`, which change the case of what follows. */
function fillIn(replacement: string, match: readonly string[]): string {
	let filled = '';
	let every: Case = plain;
	let next: Case | undefined;
	const put = (text: string) => {
		if (text === '') return;
		filled += next ? next(text[0]!) + every(text.slice(1)) : every(text);
		next = undefined;
	};
	for (const [each] of replacement.matchAll(/\\[\s\S]|[\s\S]/g)) {
		const name = each[1];
		if (name !== undefined && Object.hasOwn(cases, name)) {
			if (name === 'u' || name === 'l') next = cases[name];
			else [every, next] = [cases[name]!, undefined];
		} else if (each === '&') put(match[0]!);
		else if (name !== undefined && /\d/.test(name)) put(typeof match[Number(name)] === 'string' ? match[Number(name)]! : '');
		else if (name === undefined) put(each);
		else put(name === 'r' || name === 'n' ? '\n' : name === 't' ? '\t' : name);
	}
	return filled;
}

type Case = (text: string) => string;
const plain: Case = text => text;
const upper: Case = text => text.toUpperCase();
const lower: Case = text => text.toLowerCase();
const cases: Readonly<Record<string, Case>> = {U: upper, u: upper, L: lower, l: lower, E: plain, e: plain};

/** `:s///c`: shows the next match and asks. */
function askNext(vi: Vi, asking: Asking): Vi {
	const {expression, replacement, last, quiet} = asking;
	for (let {row, column} = asking; row <= last && row < vi.lines.length; row++, column = 0) {
		expression.lastIndex = column;
		const match = expression.exec(vi.lines[row]!);
		if (!match) continue;
		const message = `replace with ${replacement} (y/n/a/q/l/^E/^Y)?`;
		return clamp({...vi, mode: 'confirm', row, column: match.index, asking: {...asking, row, column: match.index}, message});
	}
	const none = asking.count === 0 && vi.mode !== 'confirm' && !quiet;
	return endAsking(vi, asking, none ? `E486: Pattern not found: ${vi.search?.pattern}` : undefined);
}

function endAsking(vi: Vi, {count, rows}: Asking, complaint?: string): Vi {
	const told = count > 2 ? `${count} substitutions on ${rows} line${rows === 1 ? '' : 's'}` : '';
	return clamp({...vi, mode: 'normal', asking: undefined, message: complaint ?? told});
}

/** The answer to what was asked. */
export function answerSubstitute(vi: Vi, key: string): Vi {
	const asking = vi.asking!;
	switch (key) {
		case 'y':
			return askNext(...replaceHere(vi, asking));
		case 'l':
			return endAsking(...replaceHere(vi, asking));
		case 'n': {
			const {row, column, all} = asking;
			return askNext(vi, {...asking, ...(all ? {column: column + 1} : {row: row + 1, column: 0})});
		}
		case 'a': {
			let next: [Vi, Asking] = [vi, asking];
			for (let shown: Vi = vi; shown.mode === 'confirm'; ) {
				next = replaceHere(shown, shown.asking!);
				shown = askNext(...next);
				next = [shown, next[1]];
			}
			return next[0];
		}
		case 'q':
		case '<Esc>':
		case '<C-c>':
			return endAsking(vi, asking);
		default:
			return vi;
	}
}

/** Replaces the match that is shown; what follows it is where to look next. */
function replaceHere(vi: Vi, asking: Asking): [Vi, Asking] {
	const {expression, replacement, row, column, all, last, count, rows, changed} = asking;
	expression.lastIndex = column;
	const text = vi.lines[row]!;
	const match = expression.exec(text)!;
	const put = fillIn(replacement, match).split('\n');
	const rest = text.slice(column + match[0].length);
	const parts = [text.slice(0, column) + put[0]!, ...put.slice(1)];
	const at = {row: row + parts.length - 1, column: parts.at(-1)!.length + (match[0] === '' ? 1 : 0)};
	const lines = [...vi.lines.slice(0, row), ...parts.slice(0, -1), parts.at(-1)! + rest, ...vi.lines.slice(row + 1)];
	const next = {...(count === 0 ? remember(vi) : vi), lines};
	return [
		next,
		{
			...asking,
			...(all ? at : {row: at.row + 1, column: 0}),
			last: last + parts.length - 1,
			count: count + 1,
			rows: changed === row ? rows : rows + 1,
			changed: at.row,
		},
	];
}
