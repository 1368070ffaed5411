/** Models text/template/parse/lex.go. */
export interface Token {
	readonly type: 'text' | 'open' | 'close' | TokenType;
	readonly text: string;
	readonly at: number;
}

type TokenType =
	| 'space'
	| 'field'
	| 'variable'
	| 'string'
	| 'raw'
	| 'char'
	| 'number'
	| 'word'
	| 'declare'
	| 'assign'
	| 'pipe'
	| 'left'
	| 'right'
	| 'comma'
	| 'dot'
	| 'other';

export class TemplateSyntaxError extends Error {
	readonly at: number;

	constructor(text: string, at: number) {
		super(text);
		this.at = at;
	}
}

const rows: ReadonlyArray<readonly [TokenType, RegExp]> = [
	['space', /[ \t\r\n]+/y],
	['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
	['variable', /\$[\p{L}\p{Nd}_]*/uy],
	['string', /"(?:[^"\\\n]|\\.)*"/y],
	['raw', /`[^`]*`/y],
	['char', /'(?:[^'\\\n]|\\.[^']*)'/uy],
	['number', /[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)/y],
	['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
	['declare', /:=/y],
	['assign', /=/y],
	['pipe', /\|/y],
	['left', /\(/y],
	['right', /\)/y],
	['comma', /,/y],
	['dot', /\./y],
	['other', /[#-&*+;-@[-_{}~!/^-]/y],
];
const endsWord = /[ \t\r\n.,|:)(]|\}\}|$/y;

export function lex(source: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	let trims = false;
	for (;;) {
		const open = source.indexOf('{{', at);
		const opensTrimming = open !== -1 && source[open + 2] === '-' && /[ \t\r\n]/.test(source[open + 3] ?? '');
		let from = at;
		let text = source.slice(at, open === -1 ? undefined : open);
		if (trims) {
			const rest = text.replace(/^[ \t\r\n]+/, '');
			from += text.length - rest.length;
			text = rest;
		}

		if (opensTrimming) text = text.replace(/[ \t\r\n]+$/, '');
		if (text !== '') tokens.push({type: 'text', text, at: from});
		if (open === -1) return tokens;
		const inside = open + 2 + (opensTrimming ? 2 : 0);
		const comment = source.startsWith('/*', opensTrimming ? inside + /^[ \t\r\n]*/.exec(source.slice(inside))![0].length : inside);
		const end = comment ? lexComment(source, inside) : lexAction(source, open, inside, tokens);
		trims = end.trims;
		at = end.at;
	}
}

interface End {
	readonly at: number;
	readonly trims: boolean;
}

function lexComment(source: string, inside: number): End {
	const close = source.indexOf('*/', inside + 2);
	if (close === -1) throw new TemplateSyntaxError('unclosed comment', inside);
	const end = /^([ \t\r\n]-)?\}\}/.exec(source.slice(close + 2, close + 6));
	if (!end) throw new TemplateSyntaxError('comment ends before closing delimiter', inside);
	return {at: close + 2 + end[0].length, trims: end[1] !== undefined};
}

function lexAction(source: string, open: number, inside: number, tokens: Token[]): End {
	tokens.push({type: 'open', text: '{{', at: open});
	let depth = 0;
	for (let at = inside; ; ) {
		const trims = /[ \t\r\n]/.test(source[at] ?? '') && source.startsWith('-}}', at + 1);
		if (trims || source.startsWith('}}', at)) {
			if (depth > 0) throw new TemplateSyntaxError('unclosed left paren', at);
			tokens.push({type: 'close', text: '}}', at});
			return {at: at + (trims ? 4 : 2), trims};
		}

		if (at >= source.length) throw new TemplateSyntaxError('unclosed action', at);
		const token = nextToken(source, at);
		if (token.type === 'left') depth++;
		if (token.type === 'right' && --depth < 0) throw new TemplateSyntaxError('unexpected right paren', at);
		tokens.push(token);
		at += token.text.length;
		// A space before the closing trim marker belongs to the marker.
		if (token.type === 'space' && source.startsWith('-}}', at)) {
			tokens.pop();
			at -= 1;
		}
	}
}

function nextToken(source: string, at: number): Token {
	for (const [type, pattern] of rows) {
		pattern.lastIndex = at;
		const text = pattern.exec(source)?.[0];
		if (text === undefined) continue;
		if (type === 'number' && /[\p{L}\p{Nd}_]/u.test(source[at + text.length] ?? ''))
			throw new TemplateSyntaxError(`bad number syntax: ${JSON.stringify(text + source[at + text.length])}`, at);
		if (type === 'word' || type === 'field' || type === 'variable' || type === 'dot') {
			endsWord.lastIndex = at + text.length;
			if (!endsWord.test(source)) throw badCharacter(source, at + text.length);
		}

		return {type, text, at};
	}

	const char = source[at]!;
	if (char === '"') throw new TemplateSyntaxError('unterminated quoted string', at);
	if (char === '`') throw new TemplateSyntaxError('unterminated raw quoted string', at);
	if (char === "'") throw new TemplateSyntaxError('unterminated character constant', at);
	if (char === ':') throw new TemplateSyntaxError('expected :=', at);
	throw new TemplateSyntaxError(`unrecognized character in action: ${unicodeName(source, at)}`, at);
}

const badCharacter = (source: string, at: number) => new TemplateSyntaxError(`bad character ${unicodeName(source, at)}`, at);

function unicodeName(source: string, at: number): string {
	const code = source.codePointAt(at) ?? 0;
	return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`;
}
