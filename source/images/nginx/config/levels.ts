import type {Directive} from './configuration.js';

export type Block = readonly Directive[];

/** Where a setting is looked for, the innermost first: `if`, location, the location around it, server, http. */
export type Levels = readonly Block[];

/** Blocks are immutable: this is only a cache. */
const indexes = new WeakMap<Block, ReadonlyMap<string, readonly Directive[]>>();
const none: readonly Directive[] = [];

/** All directives of a name in a block. */
export function allOf(block: Block, name: string): readonly Directive[] {
	let index = indexes.get(block);
	if (!index) indexes.set(block, (index = byName(block)));
	return index.get(name) ?? none;
}

function byName(block: Block): ReadonlyMap<string, readonly Directive[]> {
	const index = new Map<string, Directive[]>();
	for (const each of block) {
		const list = index.get(each.name);
		if (list) list.push(each);
		else index.set(each.name, [each]);
	}

	return index;
}

/** All of a name at the innermost level that has one, as `add_header` and `error_page` are inherited. */
export function settings(name: string, levels: Levels): readonly Directive[] {
	for (const level of levels) {
		const found = allOf(level, name);
		if (found.length > 0) return found;
	}

	return none;
}

/** The innermost setting of a name. */
export const setting = (name: string, levels: Levels): Directive | undefined => settings(name, levels).at(-1);

/** Its first word. */
export const word = (name: string, levels: Levels): string | undefined => setting(name, levels)?.args[0];

export const isOn = (name: string, levels: Levels, byDefault = false): boolean =>
	(word(name, levels) ?? (byDefault ? 'on' : 'off')) === 'on';

const units: Readonly<Record<string, number>> = {k: 1024, m: 1024 ** 2, g: 1024 ** 3};

/** `8k`, `1m` */
export function sizeOf(text: string): number | undefined {
	const match = /^(\d+)([kKmMgG]?)$/.exec(text.trim());
	return match ? Number(match[1]) * (units[match[2]!.toLowerCase()] ?? 1) : undefined;
}

/** `60s`, `1m`, `500ms` */
export function milliseconds(text: string): number {
	const match = /^(\d+)(ms|s|m|h)?$/.exec(text);
	const unit = {ms: 1, s: 1000, m: 60_000, h: 3_600_000}[match?.[2] ?? 's'];
	return match ? Number(match[1]) * unit! : 60_000;
}
