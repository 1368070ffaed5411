/** The part of Go's text/template that kubectl templates use. Errors carry Go's words; what is missing is refused aloud by the caller. */
export type Piece =
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'print'; readonly pipe: Pipe}
	| {readonly type: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: Piece[]; readonly otherwise: Piece[]}
	| {readonly type: 'break' | 'continue'};

export interface Pipe {
	/** `$a := ...`, or `$i, $v := range ...`. */
	readonly variables: readonly string[];
	readonly assigns: boolean;
	/** Each a function or value with its arguments; the last result is the next one's last argument. */
	readonly commands: readonly Command[];
}

/** Where something stands in the template (`1:11`), and its text: what Go tells of an error. */
export interface Place {
	readonly at: string;
	readonly text: string;
}

export interface Command {
	readonly terms: readonly Term[];
	readonly place: Place;
}

export type Term =
	| {readonly type: 'value'; readonly value: unknown}
	| {
			readonly type: 'fields';
			readonly of: 'dot' | 'variable' | 'pipe';
			readonly variable?: string;
			readonly pipe?: Pipe;
			readonly path: readonly string[];
			readonly place: Place;
	  }
	| {readonly type: 'function'; readonly name: string};

export class UnsupportedTemplate extends Error {}

interface Token {
	readonly type:
		| 'field'
		| 'variable'
		| 'word'
		| 'string'
		| 'number'
		| 'char'
		| 'space'
		| 'declare'
		| 'assign'
		| 'pipe'
		| 'open'
		| 'close'
		| 'comma'
		| 'dot';
	readonly text: string;
	/** Offset in the template. */
	readonly at: number;
}

type Chunk = {readonly text: string} | {readonly tokens: Token[]};

const tokenPattern =
	/(\s+)|(\.[\p{L}_][\p{L}\p{Nd}_]*)|(\$[\p{L}\p{Nd}_]*)|("(?:[^"\\\n]|\\.)*"|`[^`]*`)|('(?:[^'\\\n]|\\.)')|([-+]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?))|([\p{L}_][\p{L}\p{Nd}_]*)|(:=)|(=)|(\|)|(\()|(\))|(,)|(\.)/uy;
const tokenTypes: ReadonlyArray<Token['type']> = [
	'space',
	'field',
	'variable',
	'string',
	'char',
	'number',
	'word',
	'declare',
	'assign',
	'pipe',
	'open',
	'close',
	'comma',
	'dot',
];

export function parseGoTemplate(template: string, functions: ReadonlySet<string>): Piece[] {
	const chunks = chunksOf(template);
	let at = 0;
	const fail = (text: string): never => {
		throw new Error(`template: output:1: ${text}`);
	};

	const pieces = (ends: readonly string[]): {list: Piece[]; end: Token[]} => {
		const list: Piece[] = [];
		while (at < chunks.length) {
			const chunk = chunks[at++]!;
			if ('text' in chunk) {
				list.push({type: 'text', text: chunk.text});
				continue;
			}

			const word = chunk.tokens[0]?.type === 'word' ? chunk.tokens[0].text : '';
			if (ends.includes(word)) return {list, end: chunk.tokens};
			list.push(action(word, chunk.tokens));
		}

		if (ends.length > 0) fail('unexpected EOF');
		return {list, end: []};
	};

	const action = (word: string, tokens: Token[]): Piece => {
		if (word === 'if' || word === 'with' || word === 'range') return block(word, tokens.slice(1));
		if (word === 'end' || word === 'else') return fail(`unexpected {{${word}}}`);
		if (word === 'break' || word === 'continue') return {type: word};
		if (word === 'define' || word === 'template' || word === 'block') throw new UnsupportedTemplate(`go-template {{${word}}}`);
		return {type: 'print', pipe: pipeOf(tokens, template, functions, fail)};
	};

	const block = (type: 'if' | 'with' | 'range', tokens: Token[]): Piece => {
		const pipe = pipeOf(tokens, template, functions, fail);
		const {list: body, end} = pieces(['end', 'else']);
		if (end[0]!.text === 'end') return {type, pipe, body, otherwise: []};
		const chained = end.filter(token => token.type !== 'space')[1];
		if (chained && (chained.text === 'if' || chained.text === 'with'))
			return {type, pipe, body, otherwise: [block(chained.text, end.slice(end.indexOf(chained) + 1))]};
		return {type, pipe, body, otherwise: pieces(['end']).list};
	};

	return pieces([]).list;
}

function chunksOf(template: string): Chunk[] {
	const chunks: Chunk[] = [];
	let at = 0;
	let trim = false;
	while (at <= template.length) {
		const open = template.indexOf('{{', at);
		let text = open === -1 ? template.slice(at) : template.slice(at, open);
		if (trim) text = text.trimStart();
		if (open === -1) {
			if (text) chunks.push({text});
			break;
		}

		let from = open + 2;
		if (/^-\s/.test(template.slice(from, from + 2))) {
			text = text.trimEnd();
			from += 2;
		}

		if (text) chunks.push({text});
		const comment = /^\s*\/\*[\s\S]*?\*\/\s*(-?)\}\}/.exec(template.slice(from));
		if (comment) {
			at = from + comment[0].length;
			trim = comment[1] === '-';
			continue;
		}

		const {tokens, end} = tokensOf(template, from);
		trim = /\s-$/.test(template.slice(from, end));
		chunks.push({tokens});
		at = end + 2;
	}

	return chunks;
}

function tokensOf(template: string, from: number): {tokens: Token[]; end: number} {
	const tokens: Token[] = [];
	let at = from;
	for (;;) {
		if (template.startsWith('}}', at)) break;
		if (/^\s-\}\}/.test(template.slice(at, at + 4))) {
			at += 2;
			break;
		}

		if (at >= template.length) throw new Error('template: output:1: unclosed action');
		tokenPattern.lastIndex = at;
		const match = tokenPattern.exec(template);
		if (!match) {
			const char = template[at]!;
			if (char === '"') throw new Error('template: output:1: unterminated quoted string');
			throw new Error(`template: output:1: unexpected "${char}" in operand`);
		}

		const which = match.slice(1).findIndex(group => group !== undefined);
		tokens.push({type: tokenTypes[which]!, text: match[0], at});
		at += match[0].length;
	}

	while (tokens[0]?.type === 'space') tokens.shift();
	while (tokens.at(-1)?.type === 'space') tokens.pop();
	return {tokens, end: at};
}

function pipeOf(tokens: Token[], template: string, functions: ReadonlySet<string>, fail: (text: string) => never): Pipe {
	let at = 0;
	const skip = () => {
		while (tokens[at]?.type === 'space') at++;
	};

	const variables: string[] = [];
	let assigns = false;
	const declared = tokens.findIndex(token => token.type === 'declare' || token.type === 'assign');
	if (declared !== -1 && tokens.slice(0, declared).every(token => ['variable', 'space', 'comma'].includes(token.type))) {
		variables.push(
			...tokens
				.slice(0, declared)
				.filter(token => token.type === 'variable')
				.map(token => token.text),
		);
		assigns = tokens[declared]!.type === 'assign';
		at = declared + 1;
	}

	const pipe = (): Pipe => {
		const commands: Array<{terms: Term[]; from: number; to: number}> = [{terms: [], from: at, to: at}];
		for (skip(); at < tokens.length && tokens[at]!.type !== 'close'; skip()) {
			if (tokens[at]!.type === 'pipe') commands.push({terms: [], from: ++at, to: at});
			else {
				commands.at(-1)!.terms.push(term());
				commands.at(-1)!.to = at;
			}
		}

		if (commands.some(command => command.terms.length === 0)) fail('missing value for command');
		return {variables: [], assigns: false, commands: commands.map(({terms, from, to}) => ({terms, place: place(from, to)}))};
	};

	/** Tokens as they were written; blanks at either end do not count. */
	const place = (from: number, to: number, column = from): Place => {
		const text = tokens
			.slice(from, to)
			.map(token => token.text)
			.join('')
			.trim();
		const offset = tokens.slice(column, to).find(token => token.type !== 'space')?.at ?? 0;
		const before = template.slice(0, offset);
		const line = before.split('\n').length;
		return {at: `${line}:${offset - (before.lastIndexOf('\n') + 1)}`, text};
	};

	/** A chain of fields is placed at its second (text/template/parse: operand). */
	const fields = (from: number): {path: string[]; place: Place} => {
		const start = at;
		const names = path();
		return {path: names, place: place(from, at, from === start && names.length > 1 ? from + 1 : from)};
	};

	const path = (): string[] => {
		const names: string[] = [];
		while (tokens[at]?.type === 'field') names.push(tokens[at++]!.text.slice(1));
		return names;
	};

	const term = (): Term => {
		const start = at;
		const token = tokens[at++]!;
		if (token.type === 'field') {
			at--;
			return {type: 'fields', of: 'dot', ...fields(start)};
		}

		if (token.type === 'dot') return {type: 'fields', of: 'dot', path: [], place: place(start, at)};
		if (token.type === 'variable') return {type: 'fields', of: 'variable', variable: token.text, ...fields(start)};
		if (token.type === 'string') return {type: 'value', value: token.text[0] === '`' ? token.text.slice(1, -1) : unquoteGo(token.text)};
		if (token.type === 'char') return {type: 'value', value: token.text.charCodeAt(1)};
		if (token.type === 'number') return {type: 'value', value: Number(token.text)};
		if (token.type === 'word') {
			if (token.text === 'true' || token.text === 'false') return {type: 'value', value: token.text === 'true'};
			if (token.text === 'nil') return {type: 'value', value: null};
			if (!functions.has(token.text)) fail(`function "${token.text}" not defined`);
			return {type: 'function', name: token.text};
		}

		if (token.type === 'open') {
			const inner = pipe();
			if (tokens[at]?.type !== 'close') fail('unclosed left paren');
			at++;
			return {type: 'fields', of: 'pipe', pipe: inner, ...fields(start)};
		}

		return fail(`unexpected "${token.text}" in operand`);
	};

	const {commands} = pipe();
	return {variables, assigns, commands};
}

function unquoteGo(text: string): string {
	return text.slice(1, -1).replace(/\\(n|t|r|"|\\|'|a|b|f|v|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/g, (_, code: string) => {
		const simple: Record<string, string> = {
			n: '\n',
			t: '\t',
			r: '\r',
			'"': '"',
			'\\': '\\',
			"'": "'",
			a: '\x07',
			b: '\b',
			f: '\f',
			v: '\v',
		};
		return simple[code] ?? String.fromCharCode(Number.parseInt(code.slice(1), 16));
	});
}
