import {SyntaxProblem, type Token, tokenize} from './tokens.js';
import type {Definition, Node, Pattern} from './tree.js';

const updates = ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='];
const comparisons = ['==', '!=', '<', '<=', '>', '>='];

export function parse(text: string): Node {
	const parser = createParser(tokenize(text, parse));
	return parser.program();
}

/** Definitions alone, as jq's own library is written. */
export function parseDefinitions(text: string): Definition[] {
	return createParser(tokenize(text, parse)).definitions();
}

function createParser(tokens: readonly Token[]) {
	let at = 0;
	const peek = () => tokens[at]!;
	const is = (text: string) => peek().text === text && (peek().kind === 'op' || peek().kind === 'word');
	const take = (text: string) => is(text) && ++at > 0;
	const unexpected = (): never => {
		const {kind, text} = peek();
		const named =
			kind === 'end'
				? '$end'
				: kind === 'op' && text.length === 1
					? `'${text}'`
					: kind === 'word'
						? 'IDENT'
						: kind === 'field'
							? 'FIELD'
							: kind === 'number'
								? 'LITERAL'
								: text;
		throw new SyntaxProblem(`syntax error, unexpected ${named}`);
	};
	const need = (text: string) => {
		if (!take(text)) unexpected();
	};

	const pipe = (): Node => {
		if (is('def')) {
			const definition = define();
			return {kind: 'def', definition, body: pipe()};
		}

		if (take('label')) {
			const name = variable();
			need('|');
			return {kind: 'label', name, body: pipe()};
		}

		const left = comma();
		if (take('as')) {
			const patterns = [pattern()];
			while (take('?//')) patterns.push(pattern());
			need('|');
			return {kind: 'as', source: left, patterns, body: pipe()};
		}

		return take('|') ? {kind: 'pipe', left, right: pipe()} : left;
	};
	const comma = (): Node => {
		let left = alternative();
		while (take(',')) left = {kind: 'comma', left, right: alternative()};
		return left;
	};
	const alternative = (): Node => {
		const left = update();
		return take('//') ? {kind: 'alternative', left, right: alternative()} : left;
	};
	const update = (): Node => {
		const left = or();
		const operator = updates.find(is);
		if (!operator) return left;
		at++;
		return {kind: 'update', operator, left, right: alternative()};
	};
	const or = (): Node => {
		let left = and();
		while (take('or')) left = {kind: 'or', left, right: and()};
		return left;
	};
	const and = (): Node => {
		let left = comparison();
		while (take('and')) left = {kind: 'and', left, right: comparison()};
		return left;
	};
	const comparison = (): Node => {
		const left = sum();
		const operator = comparisons.find(is);
		if (!operator) return left;
		at++;
		return {kind: 'binary', operator, left, right: sum()};
	};
	const chain = (operators: readonly string[], next: () => Node) => (): Node => {
		let left = next();
		for (let operator = operators.find(is); operator; operator = operators.find(is)) {
			at++;
			left = {kind: 'binary', operator, left, right: next()};
		}

		return left;
	};
	const postfixAs = (): Node => {
		const left = postfix();
		if (!take('as')) return left;
		const patterns = [pattern()];
		while (take('?//')) patterns.push(pattern());
		need('|');
		return {kind: 'as', source: left, patterns, body: pipe()};
	};
	const product = chain(['*', '/', '%'], () => postfixAs());
	const sum = chain(['+', '-'], product);

	const variable = (): string => {
		if (peek().kind !== 'variable') unexpected();
		return tokens[at++]!.text.slice(1);
	};
	const define = (): Definition => {
		need('def');
		const name = peek().kind === 'word' ? tokens[at++]!.text : unexpected();
		const params: string[] = [];
		if (take('(')) {
			do params.push(tokens[at++]!.text);
			while (take(';'));
			need(')');
		}

		need(':');
		const body = pipe();
		need(';');
		return {name: `${name}/${params.length}`, params, body};
	};
	const pattern = (): Pattern => {
		if (take('[')) {
			const items = [pattern()];
			while (take(',')) items.push(pattern());
			need(']');
			return {kind: 'items', items};
		}

		if (!take('{')) return {kind: 'name', name: variable()};
		const fields: Array<{key: Node; name?: string; value?: Pattern}> = [];
		do {
			if (peek().kind === 'variable') {
				const name = variable();
				fields.push({key: {kind: 'literal', value: name}, name, ...(take(':') && {value: pattern()})});
			} else {
				const key = objectKey();
				need(':');
				fields.push({key, value: pattern()});
			}
		} while (take(','));
		need('}');
		return {kind: 'fields', fields};
	};
	const objectKey = (): Node => {
		const token = peek();
		if (take('(')) {
			const key = pipe();
			need(')');
			return key;
		}

		at++;
		if (token.kind === 'string') return {kind: 'string', format: undefined, parts: token.parts};
		if (token.kind === 'word') return {kind: 'literal', value: token.text};
		if (token.kind === 'number') return {kind: 'literal', value: token.text};
		at--;
		return unexpected();
	};
	const entry = (): readonly [Node, Node] => {
		const token = peek();
		if (token.kind === 'variable') {
			at++;
			const name = token.text.slice(1);
			return [
				{kind: 'literal', value: name},
				{kind: 'variable', name},
			];
		}

		const format = token.kind === 'format' ? tokens[at++]!.text : undefined;
		const first = peek();
		const bare = objectKey();
		const key: Node = format && bare.kind === 'string' ? {...bare, format} : bare;
		if (!take(':')) {
			if (first.text === '(') unexpected();
			return [key, {kind: 'index', of: {kind: 'identity'}, key}];
		}

		let value = entryValue();
		while (take('|')) value = {kind: 'pipe', left: value, right: entryValue()};
		return [key, value];
	};
	const entryValue = (): Node => {
		const left = chain(['+', '-', '*', '/', '%', ...comparisons], () => postfix())();
		return take('//')
			? {kind: 'alternative', left, right: entryValue()}
			: take('or')
				? {kind: 'or', left, right: entryValue()}
				: take('and')
					? {kind: 'and', left, right: entryValue()}
					: left;
	};

	const postfix = (): Node => {
		let node = term();
		for (;;) {
			const token = peek();
			if (token.kind === 'field') {
				at++;
				node = {kind: 'index', of: node, key: {kind: 'literal', value: token.text.slice(1)}};
			} else if (is('.') && tokens[at + 1]!.kind === 'string') {
				at++;
				const string = tokens[at++] as Extract<Token, {kind: 'string'}>;
				node = {kind: 'index', of: node, key: {kind: 'string', format: undefined, parts: string.parts}};
			} else if (is('.') && tokens[at + 1]!.text === '[') {
				at++;
				node = bracket(node);
			} else if (is('[')) node = bracket(node);
			else if (take('?')) node = {kind: 'try', body: node, handler: undefined};
			else return node;
		}
	};
	const bracket = (of: Node): Node => {
		need('[');
		if (take(']')) return {kind: 'iterate', of};
		if (take(':')) {
			const to = pipe();
			need(']');
			return {kind: 'slice', of, from: undefined, to};
		}

		const key = pipe();
		if (take(':')) {
			const to = is(']') ? undefined : pipe();
			need(']');
			return {kind: 'slice', of, from: key, to};
		}

		need(']');
		return {kind: 'index', of, key};
	};

	const term = (): Node => {
		const token = peek();
		if (token.kind === 'number') {
			at++;
			return {kind: 'literal', value: Number(token.text)};
		}

		if (token.kind === 'string') {
			at++;
			return {kind: 'string', format: undefined, parts: token.parts};
		}

		if (token.kind === 'format') {
			at++;
			const next = peek();
			if (next.kind !== 'string') return {kind: 'format', name: token.text};
			at++;
			return {kind: 'string', format: token.text, parts: next.parts};
		}

		if (token.kind === 'variable') return {kind: 'variable', name: variable()};
		if (token.kind === 'field') {
			at++;
			return {kind: 'index', of: {kind: 'identity'}, key: {kind: 'literal', value: token.text.slice(1)}};
		}

		if (token.kind === 'op') return symbol();
		return token.kind === 'word' ? word() : unexpected();
	};
	const symbol = (): Node => {
		if (take('..')) return {kind: 'recurse'};
		if (take('.')) {
			const string = peek();
			if (string.kind !== 'string') return is('[') ? bracket({kind: 'identity'}) : {kind: 'identity'};
			at++;
			return {kind: 'index', of: {kind: 'identity'}, key: {kind: 'string', format: undefined, parts: string.parts}};
		}

		if (take('-')) return {kind: 'negate', body: postfix()};
		if (take('(')) {
			const body = pipe();
			need(')');
			return body;
		}

		if (take('[')) {
			const body = is(']') ? undefined : pipe();
			need(']');
			return {kind: 'list', body};
		}

		if (!take('{')) return unexpected();
		const entries: Array<readonly [Node, Node]> = [];
		while (!is('}')) {
			entries.push(entry());
			if (!take(',')) break;
		}

		need('}');
		return {kind: 'object', entries};
	};
	const word = (): Node => {
		if (take('if')) return condition();
		if (take('try')) {
			const body = postfix();
			return {kind: 'try', body, handler: take('catch') ? postfix() : {kind: 'empty'}};
		}

		if (is('reduce') || is('foreach')) return fold(tokens[at++]!.text as 'reduce' | 'foreach');
		if (is('def')) {
			const definition = define();
			return {kind: 'def', definition, body: pipe()};
		}

		if (is('then') || is('else') || is('elif') || is('end') || is('as') || is('and') || is('or') || is('catch')) return unexpected();
		const name = tokens[at++]!.text;
		if (name === 'null' || name === 'true' || name === 'false') return {kind: 'literal', value: name === 'null' ? null : name === 'true'};
		if (name === 'break') return {kind: 'break', name: variable()};
		const args: Node[] = [];
		if (take('(')) {
			do args.push(pipe());
			while (take(';'));
			need(')');
		}

		return {kind: 'call', name: `${name}/${args.length}`, args};
	};
	const condition = (): Node => {
		const test = pipe();
		need('then');
		const yes = pipe();
		if (take('elif')) return {kind: 'if', test, yes, no: condition()};
		const no = take('else') ? pipe() : undefined;
		need('end');
		return {kind: 'if', test, yes, no};
	};
	const fold = (kind: 'reduce' | 'foreach'): Node => {
		const source = postfix();
		need('as');
		const its = pattern();
		need('(');
		const start = pipe();
		need(';');
		const step = pipe();
		const show = kind === 'foreach' && take(';') ? pipe() : undefined;
		need(')');
		return kind === 'reduce' ? {kind, source, pattern: its, start, step} : {kind, source, pattern: its, start, step, show};
	};

	return {
		program(): Node {
			if (peek().kind === 'end') return {kind: 'identity'};
			const node = pipe();
			if (peek().kind !== 'end') unexpected();
			return node;
		},
		definitions(): Definition[] {
			const found: Definition[] = [];
			while (is('def')) found.push(define());
			return found;
		},
	};
}
