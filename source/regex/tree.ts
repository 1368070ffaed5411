/** A JavaScript pattern as a tree: of what the translations here write, and of Perl what JavaScript knows. */
export type Tree =
	/** One character. */
	| {readonly type: 'character'; readonly source: string}
	/** What takes no room: `^`, `\b`, a look around. */
	| {readonly type: 'place'; readonly source: string}
	| {readonly type: 'again'; readonly group: number}
	| {readonly type: 'group'; readonly index: number | undefined; readonly body: Tree}
	| {readonly type: 'sequence'; readonly items: readonly Tree[]}
	| {readonly type: 'choice'; readonly items: readonly Tree[]}
	| {readonly type: 'repeat'; readonly of: Tree; readonly least: number; readonly most: number; readonly lazy: boolean};

const character = /\\[pP]\{[^}]*\}|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[A-Za-z]|\\.|\[(?:\\.|[^\]\\])*\]|[^\\[]/suy;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/y;
const look = /\(\?(?:<?[=!])/y;

/** Throws `SyntaxError` on what is no pattern. */
export function parseTree(source: string): {readonly tree: Tree; readonly groups: number} {
	let at = 0;
	let groups = 0;
	const take = (regex: RegExp): RegExpExecArray | null => {
		regex.lastIndex = at;
		const found = regex.exec(source);
		if (found) at += found[0].length;
		return found;
	};

	const choice = (): Tree => {
		const items = [sequence()];
		while (source[at] === '|') {
			at++;
			items.push(sequence());
		}

		return items.length === 1 ? items[0]! : {type: 'choice', items};
	};

	const sequence = (): Tree => {
		const items: Tree[] = [];
		while (at < source.length && source[at] !== '|' && source[at] !== ')') items.push(repeated(single()));
		return items.length === 1 ? items[0]! : {type: 'sequence', items};
	};

	const repeated = (of: Tree): Tree => {
		const found = take(quantifier);
		if (!found) return of;
		const [, mark, low, comma, high, lazy] = found;
		const least = mark ? (mark === '+' ? 1 : 0) : Number(low);
		const most = mark ? (mark === '?' ? 1 : Number.POSITIVE_INFINITY) : comma ? (high ? Number(high) : Number.POSITIVE_INFINITY) : least;
		return {type: 'repeat', of, least, most, lazy: lazy === '?'};
	};

	const single = (): Tree => {
		const start = at;
		if (take(look)) {
			choice();
			close();
			return {type: 'place', source: source.slice(start, at)};
		}

		if (source[at] === '(') return group();
		const [text = ''] = take(character) ?? [];
		if (text === '') throw new SyntaxError('not a pattern');
		if (/^\\[1-9]$/.test(text)) return {type: 'again', group: Number(text[1])};
		return {type: /^(?:[\^$]|\\[bB])$/.test(text) ? 'place' : 'character', source: text};
	};

	const group = (): Tree => {
		at++;
		const plain = source.startsWith('?:', at);
		const named = /^\?<\w+>/.exec(source.slice(at, at + 80))?.[0];
		at += plain ? 2 : (named?.length ?? 0);
		const index = plain ? undefined : ++groups;
		const body = choice();
		close();
		return {type: 'group', index, body};
	};

	const close = () => {
		if (source[at] !== ')') throw new SyntaxError('not a pattern');
		at++;
	};

	const tree = choice();
	if (at < source.length) throw new SyntaxError('not a pattern');
	return {tree, groups};
}

const parts = (tree: Tree): readonly Tree[] =>
	tree.type === 'group'
		? [tree.body]
		: tree.type === 'repeat'
			? [tree.of]
			: tree.type === 'sequence' || tree.type === 'choice'
				? tree.items
				: [];

export interface Nature {
	/** Open repetitions; trying them all takes time to the power of their number. */
	readonly open: number;
	/** A repetition of what can itself be read in several ways: trying them all takes for ever. */
	readonly nested: boolean;
	/** The first way that matches need not be the longest. */
	readonly ambiguous: boolean;
	readonly again: boolean;
}

export function natureOf(tree: Tree): Nature {
	const inner = parts(tree).map(natureOf);
	const open = inner.reduce((sum, each) => sum + each.open, 0);
	const varied = tree.type === 'repeat' && (open > 0 || inner[0]!.ambiguous || tree.of.type !== 'character');
	return {
		open: open + (tree.type === 'repeat' && tree.most > 20 ? 1 : 0),
		nested: inner.some(each => each.nested) || (varied && tree.most > 1 && manyWays(tree.of)),
		ambiguous: tree.type === 'choice' || varied || inner.some(each => each.ambiguous),
		again: tree.type === 'again' || inner.some(each => each.again),
	};
}

const manyWays = (tree: Tree): boolean =>
	tree.type === 'choice' || (tree.type === 'repeat' && tree.least !== tree.most) || parts(tree).some(manyWays);
