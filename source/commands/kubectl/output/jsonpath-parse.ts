/** The tree of a template. Models k8s.io/client-go/util/jsonpath/parser.go, whose oddities users see (which errors, which blanks). */
export type Node =
	| {readonly type: 'text' | 'field' | 'identifier'; readonly value: string}
	| {readonly type: 'value'; readonly value: number | boolean}
	| {readonly type: 'wildcard' | 'recursive'}
	| {readonly type: 'list'; readonly nodes: Node[]}
	| {readonly type: 'array'; readonly from: Bound; readonly to: Bound; readonly step: Bound}
	| {readonly type: 'union'; readonly lists: ListNode[]}
	| {readonly type: 'filter'; readonly left: ListNode; readonly operator: string; readonly right: ListNode};
export type ListNode = Extract<Node, {type: 'list'}>;

export interface Bound {
	readonly known: boolean;
	readonly value: number;
	readonly derived: boolean;
}

const end = '';
const terminators = ' \t\r\n.,[]$@{}';
const isTerminator = (char: string) => char === end || terminators.includes(char);
const isDigit = (char: string) => char >= '0' && char <= '9' && char !== end;
const isWord = (char: string) => /^[\p{L}\p{Nd}_]$/u.test(char);

export const parseJsonPath = (template: string): readonly Node[] => new Parser(template).parse();

/** `.a.b` as the inside of one `{...}`. */
const parseAction = (text: string): ListNode => new Parser(`{${text}}`).parse()[0] as ListNode;

class Parser {
	readonly #input: string;
	readonly #root: Node[] = [];
	#position = 0;
	#start = 0;

	constructor(input: string) {
		this.#input = input;
	}

	parse(): Node[] {
		this.#text();
		return this.#root;
	}

	#next(): string {
		return this.#input[this.#position++] ?? end;
	}

	#taken(): string {
		const text = this.#input.slice(this.#start, this.#position);
		this.#start = this.#position;
		return text;
	}

	#text(): void {
		for (;;) {
			const open = this.#input.indexOf('{', this.#position);
			this.#position = open === -1 ? this.#input.length : open;
			if (this.#position > this.#start) this.#root.push({type: 'text', value: this.#taken()});
			if (open === -1) return;
			this.#position++;
			this.#taken();
			const list: ListNode = {type: 'list', nodes: []};
			this.#root.push(list);
			this.#action(list.nodes);
		}
	}

	/** Up to and including the closing brace. */
	#action(nodes: Node[]): void {
		for (;;) {
			const rest = this.#input.slice(this.#position, this.#position + 3);
			if (rest[0] === '}') {
				this.#position++;
				this.#taken();
				return;
			}

			if (rest === '[?(') this.#filter(nodes);
			else if (rest.startsWith('..')) this.#recursive(nodes);
			else this.#item(nodes);
		}
	}

	#item(nodes: Node[]): void {
		const char = this.#next();
		if (char === end || char === '\n' || char === '\r') throw new Error('unclosed action');
		if (char === ' ' || char === '@' || char === '$') this.#taken();
		else if (char === '[') this.#array(nodes);
		else if (char === '"' || char === "'") this.#quote(nodes, char);
		else if (char === '.') this.#field(nodes);
		else if (char === '+' || char === '-' || isDigit(char)) this.#number(nodes);
		else if (isWord(char)) this.#identifier(nodes);
		else throw new Error(`unrecognized character in action: U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`);
	}

	#identifier(nodes: Node[]): void {
		while (!isTerminator(this.#input[this.#position] ?? end)) this.#position++;
		const value = this.#taken();
		nodes.push(value === 'true' || value === 'false' ? {type: 'value', value: value === 'true'} : {type: 'identifier', value});
	}

	#recursive(nodes: Node[]): void {
		if (nodes.at(-1)?.type === 'recursive') throw new Error('invalid multiple recursive descent');
		this.#position += 2;
		this.#taken();
		nodes.push({type: 'recursive'});
		if (isWord(this.#input[this.#position] ?? end)) this.#field(nodes);
	}

	#number(nodes: Node[]): void {
		while (/[\d.]/.test(this.#input[this.#position] ?? '')) this.#position++;
		const text = this.#taken();
		const value = Number(text);
		if (Number.isNaN(value) || text === '') throw new Error(`cannot parse number ${text}`);
		nodes.push({type: 'value', value});
	}

	#array(nodes: Node[]): void {
		for (;;) {
			const char = this.#next();
			if (char === end || char === '\n') throw new Error('unterminated array');
			if (char === ']') break;
		}

		const inside = this.#taken().slice(1, -1);
		const text = inside === '*' ? ':' : inside;
		const parts = text.split(',');
		if (parts.length > 1) {
			nodes.push({type: 'union', lists: parts.map(part => parseAction(`[${part.replace(/^ +| +$/g, '')}]`))});
			return;
		}

		const key = /^'([^']*)'$/.exec(text);
		if (key) nodes.push(...parseAction(`.${key[1]}`).nodes);
		else nodes.push(slice(text));
	}

	#filter(nodes: Node[]): void {
		this.#position += 3;
		this.#taken();
		let opened = '';
		let closed = false;
		for (;;) {
			const char = this.#next();
			if (char === end || char === '\n') throw new Error('unterminated filter');
			if (char === '"' || char === "'") {
				if (opened === '') opened = char;
				else if (this.#input[this.#position - 2] !== '\\' && char === opened) closed = true;
			} else if (char === ')' && (opened !== '') === closed) break;
		}

		if (this.#next() !== ']') throw new Error('unclosed array expect ]');
		const text = this.#taken().slice(0, -2);
		const match = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
		if (match) nodes.push({type: 'filter', left: parseAction(match[1]!), operator: match[2]!, right: parseAction(match[3]!)});
		else nodes.push({type: 'filter', left: parseAction(text), operator: 'exists', right: {type: 'list', nodes: []}});
	}

	#quote(nodes: Node[], quote: string): void {
		for (;;) {
			const char = this.#next();
			if (char === end || char === '\n') throw new Error('unterminated quoted string');
			if (char === quote && this.#input[this.#position - 2] !== '\\') break;
		}

		nodes.push({type: 'text', value: unquote(this.#taken())});
	}

	#field(nodes: Node[]): void {
		this.#taken();
		for (;;) {
			const char = this.#next();
			if (char === '\\') this.#position++;
			else if (isTerminator(char)) {
				this.#position--;
				break;
			}
		}

		const value = this.#taken();
		nodes.push(value === '*' ? {type: 'wildcard'} : {type: 'field', value: value.replaceAll('\\', '')});
	}
}

function slice(text: string): Node {
	const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
	if (!match) throw new Error(`invalid array index ${text}`);
	const number = (digits: string): number => {
		if (!/^-?\d+$/.test(digits)) throw new Error(`array index ${digits} is not a number`);
		return Number(digits);
	};
	const unknown: Bound = {known: false, value: 0, derived: false};
	const read = (part: string | undefined): Bound =>
		part === undefined || part === ':' ? unknown : {known: true, value: number(part.slice(1)), derived: false};
	const from: Bound = match[1] ? {known: true, value: number(match[1]), derived: false} : unknown;
	const to: Bound = match[2] === undefined ? {known: true, value: from.value + 1, derived: true} : read(match[2]);
	return {type: 'array', from, to, step: read(match[3])};
}

const escaped: Record<string, string> = {a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"'};

function unquote(quoted: string): string {
	return quoted.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/gs, (_, code: string) => {
		const simple = escaped[code];
		if (simple !== undefined) return simple;
		if (/^[xuU]/.test(code) && code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
		if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
		throw new Error(`unquote string ${quoted} error invalid syntax`);
	});
}
