import {type GoValue, goValueOf, isZero, same} from './value.js';
import {ellipsis, layOut, list, type Mark, type TextNode, type TextRecord, wrap} from './layout.js';
import {formatValue, mapKey, typed, type Verbosity} from './format-value.js';

/** How two versions of a Go value differ, as go-cmp prints it. Models google/go-cmp's report_compare.go. */
export const goDifference = (type: string, before: unknown, after: unknown): string =>
	layOut(formatNode(compare(goValueOf(type, before), goValueOf(type, after)), 'unknown', 'auto'));

interface Node {
	readonly key: string;
	readonly x: GoValue | undefined;
	readonly y: GoValue | undefined;
	readonly children: readonly Node[];
	readonly isLeaf: boolean;
	readonly differs: boolean;
	/** Leaves that are equal, and that are not. */
	readonly equal: number;
	readonly unequal: number;
	readonly descendants: number;
	readonly depth: number;
}

function compare(x: GoValue | undefined, y: GoValue | undefined, key = ''): Node {
	const children = x && y ? childrenOf(x, y) : undefined;
	if (!children) {
		const differs = !same(x, y);
		return {key, x, y, children: [], isLeaf: true, differs, equal: differs ? 0 : 1, unequal: differs ? 1 : 0, descendants: 0, depth: 0};
	}

	const sum = (field: 'equal' | 'unequal' | 'descendants') => children.reduce((total, child) => total + child[field], 0);
	return {
		key,
		x,
		y,
		children,
		isLeaf: children.length === 0,
		differs: children.some(child => child.differs),
		equal: sum('equal'),
		unequal: sum('unequal'),
		descendants: sum('descendants') + children.length,
		depth: children.length === 0 ? 0 : 1 + Math.max(...children.map(child => child.depth)),
	};
}

/** Undefined for what is compared as a whole. */
function childrenOf(x: GoValue, y: GoValue): Node[] | undefined {
	if (x.kind === 'pointer' && y.kind === 'pointer') return x.to && y.to ? [compare(x.to, y.to)] : undefined;
	if (x.kind === 'struct' && y.kind === 'struct')
		return x.leaf ? undefined : x.fields.map(([name, field], index) => compare(field, y.fields[index]![1], name));
	if (x.kind === 'map' && y.kind === 'map' && x.entries && y.entries) {
		const all = new Map([...x.entries, ...y.entries].map(([key]) => [mapKey(key), key]));
		const at = (value: typeof x, text: string) => value.entries!.find(([key]) => mapKey(key) === text)?.[1];
		return [...all.keys()].sort().map(text => compare(at(x, text), at(y, text), text));
	}

	if (x.kind === 'slice' && y.kind === 'slice' && x.items && y.items) return elements(x.items, y.items);
	return undefined;
}

/** Elements that are alike face each other; the others are gone or new. */
function elements(before: readonly GoValue[], after: readonly GoValue[]): Node[] {
	const result: Node[] = [];
	let [i, j] = [0, 0];
	while (i < before.length || j < after.length) {
		const [x, y] = [before[i], after[j]];
		if (x && y) {
			const both = compare(x, y);
			const [left, right] = [before.length - i, after.length - j];
			if (!both.differs || (left === right && both.equal + 1 >= both.unequal)) {
				result.push(both);
				i++;
				j++;
				continue;
			}

			if (right > left || (right === left && after.slice(j + 1).some(later => same(later, x)))) {
				result.push(compare(undefined, y));
				j++;
				continue;
			}
		}

		result.push(x ? compare(x, undefined) : compare(undefined, y));
		if (x) i++;
		else j++;
	}

	return result;
}

type Mode = 'unknown' | 'identical' | 'removed' | 'inserted';
type TypeMode = 'auto' | 'elide';

const markOf = {unknown: ' ', identical: ' ', removed: '-', inserted: '+'} as const satisfies Record<Mode, Mark>;

function formatNode(node: Node, mode: Mode, typeMode: TypeMode): TextNode {
	const verbosity: Verbosity = mode === 'identical' ? 1 : 3;
	const value = (mode === 'inserted' ? node.y : node.x) ?? node.y!;
	if (node.isLeaf) return formatValue(value, {verbosity, typeMode, showTypes: mode !== 'identical'});
	if (value.kind === 'pointer') return wrap('&', formatNode(node.children[0]!, mode, typeMode));
	const body = formatRecords(node, value.kind as 'struct' | 'slice' | 'map', mode, verbosity);
	return typed(value, body, typeMode, mode !== 'identical');
}

const nouns = {struct: ['field', 'fields'], slice: ['element', 'elements'], map: ['entry', 'entries']} as const;
const contextMax = 2;

function formatRecords(node: Node, kind: 'struct' | 'slice' | 'map', mode: Mode, verbosity: number): TextNode {
	const typeMode: TypeMode = kind === 'struct' ? 'auto' : 'elide';
	const record = (child: Node, as: Mode, mark: Mark = ' '): TextRecord => ({mark, key: child.key, value: formatNode(child, as, typeMode)});
	if (mode !== 'unknown') {
		const max = mode === 'identical' ? ((1 << verbosity) >> 1) << 2 : (1 << verbosity) << 1;
		const records: TextRecord[] = [];
		const present = node.children.filter(child => (mode === 'inserted' ? child.y : child.x));
		for (const child of present) {
			// Full, it stops before it looks whether there is more to say.
			if (records.length === max) return list([...records, ellipsis()]);
			if (kind !== 'struct' || !isZeroNode(child, mode)) records.push(record(child, mode));
		}

		return list(records);
	}

	const records: TextRecord[] = [];
	const groups = grouped(node.children);
	for (const [index, group] of groups.entries()) {
		if (group[0]!.differs) {
			for (const child of group) records.push(...unequal(child, record));
			continue;
		}

		const lead = index === 0 ? 0 : Math.min(contextMax, group.length);
		let trail = index === groups.length - 1 ? 0 : Math.min(contextMax, group.length - lead);
		if (group.length - lead - trail === 1) trail++;
		for (const child of group.slice(0, lead)) records.push(record(child, 'identical'));
		const hidden = group.length - lead - trail;
		if (hidden > 0) records.push(ellipsis(`${hidden} identical ${nouns[kind][hidden === 1 ? 0 : 1]}`));
		for (const child of group.slice(group.length - trail)) records.push(record(child, 'identical'));
	}

	return list(records);
}

function unequal(child: Node, record: (child: Node, as: Mode, mark?: Mark) => TextRecord): TextRecord[] {
	if (child.descendants !== child.depth) return [record(child, 'unknown')];
	return [...(child.x ? [record(child, 'removed', markOf.removed)] : []), ...(child.y ? [record(child, 'inserted', markOf.inserted)] : [])];
}

function grouped(children: readonly Node[]): Node[][] {
	const groups: Node[][] = [];
	for (const child of children) {
		const last = groups.at(-1);
		if (last && last[0]!.differs === child.differs) last.push(child);
		else groups.push([child]);
	}

	return groups;
}

function isZeroNode(child: Node, mode: Mode): boolean {
	const value = mode === 'inserted' ? child.y : child.x;
	return value === undefined || isZero(value);
}
