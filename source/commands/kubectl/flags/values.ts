import {goInteger} from './go-integer.js';
import {goDurationMs} from './go-duration.js';
import {type Flag, globalFlags, listTypes} from './flag.js';

/** The values of a verb's flags. Asking for a flag that the verb does not have is a mistake of ours. */
export class Values {
	readonly #flags: ReadonlyMap<string, Flag>;
	readonly #set = new Map<string, string[]>();
	readonly #typed: Array<readonly [name: string, value: string]> = [];

	constructor(flags: ReadonlyMap<string, Flag>) {
		this.#flags = flags;
	}

	/** Returns what Go's strconv says when `value` does not fit. */
	set(flag: Flag, value: string): string | undefined {
		const problem = problemOf(flag, value);
		if (problem) return problem;
		this.#typed.push([flag[0], value]);
		const items =
			flag[1] === 'strings' || (flag[1] === 'pairs' && value.split('=').length > 2)
				? splitCommas(value)
				: flag[1] === 'settings'
					? value.split(',').filter(Boolean)
					: [value];
		const isList = listTypes.has(flag[1]);
		this.#set.set(flag[0], isList ? [...(this.#set.get(flag[0]) ?? []), ...items] : items);
		return undefined;
	}

	/** Each flag as it was given, in order. */
	typed(): ReadonlyArray<readonly [name: string, value: string]> {
		return this.#typed;
	}

	has(name: string): boolean {
		return this.#flags.has(name);
	}

	changed(name: string): boolean {
		return this.#set.has(name);
	}

	string(name: string): string {
		return this.#set.get(name)?.at(-1) ?? this.#fallback(name);
	}

	/** A flag of every verb; a verb's own flag of that name hides it, as `--user` of `create rolebinding` does. */
	global(name: string): string {
		const row = globalFlags.find(flag => flag[0] === name)!;
		return this.#flags.get(name) === row ? this.string(name) : row[2];
	}

	bool(name: string): boolean {
		return this.#flags.has(name) && isTrue(this.string(name));
	}

	int(name: string): number {
		return goInteger(this.string(name)) ?? Number.NaN;
	}

	list(name: string): readonly string[] {
		if (!this.#flags.has(name)) return [];
		const fallback = this.#fallback(name);
		return this.#set.get(name) ?? (fallback ? fallback.split(',') : []);
	}

	durationMs(name: string): number {
		return goDurationMs(this.string(name)) ?? 0;
	}

	#fallback(name: string): string {
		const flag = this.#flags.get(name);
		if (!flag) throw new Error(`no such flag: ${name}`);
		return flag[2];
	}
}

const trueWords = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);
export const isTrue = (text: string) => trueWords.has(text);
export const isBoolean = (text: string) => trueWords.has(text) || falseWords.has(text);
const quote = (text: string) => JSON.stringify(text);

/** Models klog's moduleSpec. */
function vmoduleProblem(value: string): string | undefined {
	for (const term of value.split(',').filter(Boolean)) {
		const [name, level, ...more] = term.split('=');
		if (!name || !level || more.length > 0 || !/^[+-]?\d+$/.test(level)) return 'syntax error: expect comma-separated list of filename=N';
		if (Number(level) < 0) return 'negative value for vmodule level';
	}

	return undefined;
}

function problemOf(flag: Flag, value: string): string | undefined {
	if (flag[0] === 'vmodule') return vmoduleProblem(value);
	if (flag[1] === 'bool' && !isBoolean(value)) return `strconv.ParseBool: parsing ${quote(value)}: invalid syntax`;
	if (flag[1] === 'int' || flag[1] === 'int32') {
		const number = goInteger(value);
		if (number === undefined) return `strconv.ParseInt: parsing ${quote(value)}: invalid syntax`;
		const limit = 2 ** (flag[1] === 'int32' ? 31 : 63);
		if (number >= limit || number < -limit) return `strconv.ParseInt: parsing ${quote(value)}: value out of range`;
	}

	if (flag[1] === 'pairs' && !value.includes('=')) return `${value} must be formatted as key=value`;
	if (flag[1] === 'settings' && value.split(',').some(pair => pair !== '' && !pair.includes('=')))
		return 'malformed pair, expect string=string';
	if (flag[1] === 'duration' && goDurationMs(value) === undefined) return durationProblem(value);
	return undefined;
}

const durationProblem = (value: string) =>
	/^[-+]?\d+(\.\d*)?$/.test(value)
		? `time: missing unit in duration ${quote(value)}`
		: /^[-+]?[\d.]+[a-zA-Z]+/.test(value)
			? `time: unknown unit ${quote(/[a-zA-Z]+/.exec(value)![0])} in duration ${quote(value)}`
			: `time: invalid duration ${quote(value)}`;

/** pflag's StringSlice reads one CSV record: quotes keep a comma. */
export function splitCommas(text: string): string[] {
	if (text === '') return [];
	const fields: string[] = [];
	for (const match of text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
	return fields;
}
