import {goQuote} from '../../api/field-error.js';
import {ellipsis, line, list, type TextNode, wrap} from './layout.js';
import {type GoValue, isZero} from './value.js';

export type Verbosity = number;

export interface ValueOptions {
	readonly verbosity: Verbosity;
	readonly typeMode: 'auto' | 'elide';
	/** False where both sides are the same: types are left out. */
	readonly showTypes: boolean;
}

/** One value without a counterpart, the deeper the shorter. Models google/go-cmp's report_reflect.go. */
export function formatValue(value: GoValue, options: ValueOptions): TextNode {
	const max = ((1 << Math.max(0, options.verbosity)) >> 1) << 2;
	const deeper = (typeMode: 'auto' | 'elide'): ValueOptions => ({...options, verbosity: options.verbosity - 1, typeMode});
	switch (value.kind) {
		case 'basic':
			return line(typeof value.value === 'string' ? goQuote(value.value) : String(value.value));
		case 'stringer':
			return line(`s${goQuote(value.value)}`);
		case 'time':
			return line('s"0001-01-01 00:00:00 +0000 UTC"');
		case 'pointer':
			if (value.type === '*v1.LabelSelector' && value.to) return line(`s${goQuote(selectorText(value.to))}`);
			return value.to ? wrap('&', formatValue(value.to, options)) : line('nil');
		case 'struct': {
			const shown = value.fields.filter(([, field]) => !isZero(field));
			return wrapped(value, shown, max, options, ([name, field]) => ({key: name, value: formatValue(field, deeper('auto'))}));
		}

		case 'slice':
			if (!value.items) return line('nil');
			return wrapped(value, value.items, max, options, item => ({key: '', value: formatValue(item, deeper('elide'))}));
		case 'map':
			if (!value.entries) return line('nil');
			return wrapped(value, value.entries, max, options, ([key, item]) => ({key: mapKey(key), value: formatValue(item, deeper('elide'))}));
	}
}

/** What the String method of a *metav1.LabelSelector says. */
function selectorText(selector: GoValue): string {
	const [labels, expressions] = (selector as Extract<GoValue, {kind: 'struct'}>).fields.map(([, value]) => value) as [
		Extract<GoValue, {kind: 'map'}>,
		Extract<GoValue, {kind: 'slice'}>,
	];
	const plain = (value: GoValue): string =>
		value.kind === 'slice' ? `[${(value.items ?? []).map(plain).join(' ')}]` : String((value as {value: unknown}).value);
	const pairs = (labels.entries ?? []).map(([key, value]) => `${plain(key)}: ${plain(value)},`).join('');
	const rows = (expressions.items ?? [])
		.map(item => (item as Extract<GoValue, {kind: 'struct'}>).fields.map(([name, value]) => `${name}:${plain(value)},`).join(''))
		.map(fields => `LabelSelectorRequirement{${fields}},`)
		.join('');
	return `&LabelSelector{MatchLabels:map[string]string{${pairs}},MatchExpressions:[]LabelSelectorRequirement{${rows}},}`;
}

function wrapped<T>(
	value: GoValue,
	shown: readonly T[],
	max: number,
	options: ValueOptions,
	record: (item: T) => {key: string; value: TextNode},
): TextNode {
	const records = shown.slice(0, max).map(item => ({mark: ' ' as const, ...record(item)}));
	return typed(value, list(shown.length > max ? [...records, ellipsis()] : records), options.typeMode, options.showTypes);
}

/** With its type before it, unless that is plain from where it stands. */
export const typed = (value: GoValue, body: TextNode, typeMode: 'auto' | 'elide', showTypes: boolean): TextNode =>
	typeMode === 'elide' || !showTypes ? body : wrap(value.type, body);

export const mapKey = (key: GoValue): string =>
	key.kind === 'stringer' ? `s${goQuote(key.value)}` : goQuote(String((key as {value: unknown}).value));
