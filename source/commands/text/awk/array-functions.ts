import {AwkArray} from './array.js';
import {AwkFatal} from './errors.js';
import {splitRegex, splitText} from './record.js';
import type {Expression} from './syntax.js';
import {compare, fromOutside, NumericText, type Value} from './values.js';
import type {SpecialFunction} from './runtime.js';

/** Numbers come before texts, as gawk sorts values. */
const byValue =
	(text: (value: Value) => string) =>
	(left: Value, right: Value): number => {
		const [one, two] = [left, right].map(value => (typeof value === 'string' ? 1 : 0)) as [number, number];
		return one - two || compare(left, right, value => text(value));
	};

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

const sorter = (values: (array: AwkArray, text: (value: Value) => string) => Value[]): SpecialFunction =>
	function* (args, runtime) {
		const sorted = values(runtime.array(args[0]!), runtime.text);
		const into = runtime.array(args[1] ?? args[0]!);
		into.elements.clear();
		for (const [index, value] of sorted.entries()) into.elements.set(String(index + 1), value);
		return sorted.length;
	};

function typeOf(value: Value): string {
	if (value === undefined) return 'untyped';
	if (value instanceof NumericText) return 'strnum';
	return typeof value;
}

export const arrayFunctions: Readonly<Record<string, SpecialFunction>> = {
	/** Characters of a text, elements of an array; alone, of the record. */
	*length(args, runtime) {
		const [of] = args;
		if (!of) return [...runtime.record.text].length;
		if (runtime.isArray(of)) return runtime.array(of).elements.size;
		return [...runtime.text(yield* runtime.evaluate(of))].length;
	},
	*split(args, runtime) {
		if (args.length < 2) throw new AwkFatal(`${args.length} is invalid as number of arguments for split`);
		const text = runtime.text(yield* runtime.evaluate(args[0]!));
		const separator = yield* runtime.separator(args[2]);
		const array = runtime.array(args[1]!);
		array.elements.clear();
		const parts = splitText(text, separator);
		for (const [index, part] of parts.entries()) array.elements.set(String(index + 1), fromOutside(part));
		if (args[3]) {
			const between = runtime.array(args[3]);
			between.elements.clear();
			const regex = separator instanceof RegExp ? separator : separator === ' ' ? /[ \t\n]+/g : undefined;
			const found = regex
				? splitRegex(text, regex).separators
				: parts.slice(1).map(() => ('character' in (separator as object) ? (separator as {character: string}).character : ''));
			for (const [index, part] of found.entries()) between.elements.set(String(index + 1), part);
		}

		return parts.length;
	},
	*patsplit(args, runtime) {
		const text = runtime.text(yield* runtime.evaluate(args[0]!));
		const parts = text.match(yield* runtime.regex(args[2]!)) ?? [];
		const array = runtime.array(args[1]!);
		array.elements.clear();
		for (const [index, part] of parts.entries()) array.elements.set(String(index + 1), fromOutside(part));
		return parts.length;
	},
	asort: sorter((array, text) =>
		[...array.elements.values()].flatMap(value => (value instanceof AwkArray ? [] : [value])).sort(byValue(text)),
	),
	asorti: sorter(array => [...array.elements.keys()].sort(byText)),
	*isarray(args, runtime) {
		return runtime.isArray(args[0]!) ? 1 : 0;
	},
	*typeof(args: readonly Expression[], runtime) {
		const [of] = args;
		if (runtime.isArray(of!)) return 'array';
		const value = yield* runtime.evaluate(of!);
		return value === undefined && of!.type !== 'variable' ? 'unassigned' : typeOf(value);
	},
	*close(args, runtime) {
		return yield* runtime.streams.close(runtime.text(yield* runtime.evaluate(args[0]!)));
	},
	*fflush(_, runtime) {
		runtime.streams.flush();
		return 0;
	},
	*system(args, runtime) {
		return yield* runtime.streams.system(runtime.text(yield* runtime.evaluate(args[0]!)));
	},
};
