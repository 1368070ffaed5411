import {Elements} from './elements.js';
import {ReadonlyAssignment} from './signals.js';
import {bounded} from './stream.js';

/** A shell variable. `list` holds the elements of an array (keys are numbers) or of a map (`declare -A`). */
export interface Variable {
	readonly kind: 'text' | 'array' | 'map';
	/** Undefined when declared but never set. */
	readonly value?: string;
	readonly list?: Elements;
	readonly exported?: boolean;
	readonly readonly?: boolean;
	readonly integer?: boolean;
	readonly letters?: 'lower' | 'upper';
	/** `declare -n`: the name of the variable that it stands for. */
	readonly reference?: boolean;
}

/** The variables of one shell process, with the layers that `local` makes. */
export class Variables {
	readonly #all: Map<string, Variable>;
	/** One layer a running function: what each of its local names hid. */
	readonly #hidden: Array<Map<string, Variable | undefined>> = [];
	/** Characters that all of them take, those that are hidden included. */
	#room = 0;
	/** Lists that no other process sees: they are written in place. */
	#own = new WeakSet<Elements>();

	constructor(all: Iterable<readonly [string, Variable]> = []) {
		this.#all = new Map(all);
		for (const variable of this.#all.values()) this.#room += roomOf(variable);
	}

	fork(): Variables {
		this.#own = new WeakSet();
		const copy = new Variables(this.#all);
		for (const layer of this.#hidden) copy.#hidden.push(new Map(layer));
		copy.#room = this.#room;
		return copy;
	}

	entries(): Array<[string, Variable]> {
		return [...this.#all];
	}

	names(prefix = ''): string[] {
		return [...this.#all.keys()].filter(name => name.startsWith(prefix)).sort();
	}

	get(name: string): Variable | undefined {
		return this.#all.get(this.resolve(name));
	}

	/** Follows name references, a few steps at most. */
	resolve(name: string): string {
		for (let steps = 0; steps < 10; steps++) {
			const variable = this.#all.get(name);
			if (!variable?.reference || !variable.value) return name;
			name = variable.value;
		}

		return name;
	}

	text(name: string): string | undefined {
		const variable = this.get(name);
		if (!variable) return undefined;
		return variable.kind === 'text' ? variable.value : variable.list?.get('0');
	}

	set(name: string, value: string): void {
		bounded(value.length, 'a variable');
		name = this.resolve(name);
		const variable = this.#writable(name);
		if (variable && variable.kind !== 'text') this.setElement(name, '0', value);
		else this.#put(name, {...variable, kind: 'text', value: withLetters(variable, value)});
	}

	setElement(name: string, key: string, value: string): void {
		name = this.resolve(name);
		const variable = this.#writable(name);
		const kind = variable?.kind === 'map' ? 'map' : 'array';
		const given = variable?.list ?? (variable?.value === undefined ? [] : ([['0', variable.value]] as const));
		const list = this.#owned(given, kind);
		const before = list.room;
		list.set(key, withLetters(variable, value));
		if (list !== variable?.list) this.#put(name, {...variable, kind, value: undefined, list});
		else this.#take(list.room - before);
	}

	setList(name: string, list: Iterable<readonly [string, string]>, kind: 'array' | 'map'): void {
		name = this.resolve(name);
		this.#put(name, {...this.#writable(name), kind, value: undefined, list: this.#owned(list, kind)});
	}

	/** Changes attributes; `declare`, `export`, `readonly`. */
	mark(name: string, marks: Partial<Variable>): void {
		this.#put(name, {kind: 'text', ...this.#all.get(name), ...marks});
	}

	unset(name: string): void {
		this.#writable(name);
		this.restore(name, undefined);
	}

	unsetElement(name: string, key: string): void {
		const variable = this.#writable(name);
		if (!variable?.list) return;
		const list = this.#owned(variable.list, variable.kind);
		const before = list.room;
		list.delete(key);
		if (list !== variable.list) this.#put(name, {...variable, list});
		else this.#take(list.room - before);
	}

	exported(): Record<string, string> {
		const env: Record<string, string> = Object.create(null);
		for (const [name, variable] of this.#all) {
			if (variable.exported && variable.kind === 'text' && variable.value !== undefined) env[name] = variable.value;
		}

		return env;
	}

	get inFunction(): boolean {
		return this.#hidden.length > 0;
	}

	/** From now on `local` hides; `leave` brings back. */
	enter(): void {
		this.#hidden.push(new Map());
	}

	leave(): void {
		for (const [name, variable] of this.#hidden.pop() ?? []) {
			this.#room -= roomOf(variable);
			this.restore(name, variable);
		}
	}

	restore(name: string, variable: Variable | undefined): void {
		if (variable) this.#put(name, variable);
		else {
			this.#room -= roomOf(this.#all.get(name));
			this.#all.delete(name);
		}
	}

	local(name: string): void {
		const layer = this.#hidden.at(-1);
		if (!layer || layer.has(name)) return;
		const hidden = this.#all.get(name);
		layer.set(name, hidden);
		this.#all.set(name, {kind: 'text', exported: hidden?.exported});
	}

	#put(name: string, variable: Variable): void {
		this.#take(roomOf(variable) - roomOf(this.#all.get(name)));
		this.#all.set(name, variable);
	}

	#take(room: number): void {
		if (room > 0) bounded(this.#room + room, 'what the variables hold', 256);
		this.#room += room;
	}

	/** The same list, or a copy of it when others see it too. */
	#owned(list: Iterable<readonly [string, string]>, kind: Variable['kind']): Elements {
		if (list instanceof Elements && this.#own.has(list)) return list;
		const copy = new Elements(list, kind !== 'map');
		this.#own.add(copy);
		return copy;
	}

	#writable(name: string): Variable | undefined {
		const variable = this.#all.get(name);
		if (variable?.readonly) throw new ReadonlyAssignment(`${name}: readonly variable`, 1, true);
		return variable;
	}
}

const roomOf = (variable: Variable | undefined): number => variable?.list?.room ?? variable?.value?.length ?? 0;

const withLetters = (variable: Variable | undefined, value: string) =>
	variable?.letters === 'upper' ? value.toUpperCase() : variable?.letters === 'lower' ? value.toLowerCase() : value;

/** Quotes a word so that a shell reads it back as it is, in the style of `declare -p` and `%q`. */
export function quoteWord(text: string): string {
	if (text === '') return "''";
	if (/^[\w@%+=:,./-]+$/.test(text)) return text;
	return /[\n\t\r\u001b]/.test(text)
		? `$'${text.replaceAll(/[\\'\n\t\r\u001b]/g, escapeAnsi)}'`
		: text.replaceAll(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&');
}

/** As `set -x` shows it. */
export function tracedWord(text: string): string {
	if (/^[^\n\t\r\u001b]*$/.test(text) && text !== '' && quoteWord(text) !== text) return singleQuoted(text);
	return quoteWord(text);
}

export const singleQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const escapeAnsi = (character: string) =>
	({'\n': String.raw`\n`, '\t': String.raw`\t`, '\r': String.raw`\r`, '\u001b': String.raw`\E`})[character] ?? `\\${character}`;

const doubleQuoted = (text: string) => (/[\n\t\r\u001b]/.test(text) ? quoteWord(text) : `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`);

/** One line of `declare -p`. */
export function declaration(name: string, variable: Variable): string {
	const kind = {text: '', array: 'a', map: 'A'}[variable.kind];
	const flags =
		`${kind}${variable.integer ? 'i' : ''}${variable.letters === 'lower' ? 'l' : ''}${variable.readonly ? 'r' : ''}${variable.letters === 'upper' ? 'u' : ''}${variable.exported ? 'x' : ''}` ||
		'-';
	if (variable.list) {
		const elements = [...variable.list].map(([key, value]) => `[${/^[\w-]+$/.test(key) ? key : doubleQuoted(key)}]=${doubleQuoted(value)}`);
		return `declare -${flags} ${name}=(${elements.join(' ')}${variable.kind === 'map' && elements.length > 0 ? ' ' : ''})`;
	}

	return `declare -${flags} ${name}${variable.value === undefined ? '' : `=${doubleQuoted(variable.value)}`}`;
}
