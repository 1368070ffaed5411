import {isMap, setKey} from '../../go-template/go-value.js';
import {helmError} from '../failure.js';
import type {ValueMap} from './chart.js';

type Kind = 'typed' | 'string' | 'json' | 'file';

const indexMax = 65_536;

/** `a.b=1,c[0]=x,d={x,y}` onto values (helm/pkg/strvals). */
export function setValues(values: ValueMap, text: string, kind: Kind, readFile: (path: string) => string): void {
	new Reader(text, kind, readFile).into(values);
}

class Reader {
	readonly #text: string;
	readonly #kind: Kind;
	readonly #readFile: (path: string) => string;
	#at = 0;

	constructor(text: string, kind: Kind, readFile: (path: string) => string) {
		this.#text = text;
		this.#kind = kind;
		this.#readFile = readFile;
	}

	into(values: ValueMap): void {
		while (this.#at < this.#text.length) this.#key(values);
	}

	/** Up to one of `stops`, which is taken; a backslash hides one. */
	#until(stops: string): {text: string; stop: string} {
		let text = '';
		while (this.#at < this.#text.length) {
			const char = this.#text[this.#at++]!;
			if (char === '\\' && this.#at < this.#text.length) text += this.#text[this.#at++]!;
			else if (stops.includes(char)) return {text, stop: char};
			else text += char;
		}

		return {text, stop: ''};
	}

	#key(map: ValueMap): void {
		const {text: name, stop} = this.#until('=[,.');
		if (stop === '' || stop === ',') {
			if (name === '' && stop === '') return;
			setKey(map, name, '');
			throw helmError(`key ${JSON.stringify(name)} has no value${stop === ',' ? ' (cannot end with ,)' : ''}`);
		}

		if (stop === '=') setKey(map, name, this.#value());
		else if (stop === '.') {
			const inner = isMap(map[name]) ? (map[name] as ValueMap) : {};
			this.#key(inner);
			if (Object.keys(inner).length === 0) throw helmError(`key map ${JSON.stringify(name)} has no value`);
			setKey(map, name, inner);
		} else setKey(map, name, this.#list(Array.isArray(map[name]) ? [...(map[name] as unknown[])] : []));
	}

	#index(): number {
		const {text, stop} = this.#until(']');
		if (stop === '' || !/^-?\d+$/.test(text))
			throw helmError(`error parsing index: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
		const at = Number(text);
		if (at < 0) throw helmError(`error parsing index: negative ${at} index not allowed`);
		if (at > indexMax) throw helmError(`error parsing index: index of ${at} is greater than maximum supported index of ${indexMax}`);
		return at;
	}

	#list(list: unknown[]): unknown[] {
		const at = this.#index();
		while (list.length <= at) list.push(null);
		const next = this.#text[this.#at];
		if (next === undefined) throw helmError(`key ${JSON.stringify(`[${at}]`)} has no value`);
		this.#at++;
		if (next === '=') list[at] = this.#value();
		else if (next === '[') list[at] = this.#list(Array.isArray(list[at]) ? [...(list[at] as unknown[])] : []);
		else if (next === '.') {
			const inner = isMap(list[at]) ? (list[at] as ValueMap) : {};
			this.#key(inner);
			list[at] = inner;
		} else throw helmError(`unexpected data at end of array index: ${JSON.stringify(next)}`);
		return list;
	}

	#value(): unknown {
		if (this.#kind === 'json') return this.#json();
		if (this.#kind === 'file') return this.#readFile(this.#until(',').text);
		if (this.#text[this.#at] !== '{') return this.#typed(this.#until(',').text);
		this.#at++;
		const list: unknown[] = [];
		for (;;) {
			const {text, stop} = this.#until(',}');
			if (stop === '') throw helmError("list must terminate with '}'");
			if (text !== '' || stop === ',') list.push(this.#typed(text));
			if (stop === '}') break;
		}

		if (this.#text[this.#at] === ',') this.#at++;
		return list;
	}

	#json(): unknown {
		for (let end = this.#at + 1; end <= this.#text.length; end++) {
			if (end < this.#text.length && this.#text[end] !== ',') continue;
			try {
				const value: unknown = JSON.parse(this.#text.slice(this.#at, end));
				this.#at = end + 1;
				return value;
			} catch {}
		}

		throw helmError(`unexpected end of JSON input`);
	}

	#typed(text: string): unknown {
		if (this.#kind === 'string') return text;
		const lower = text.toLowerCase();
		if (lower === 'true' || lower === 'false') return lower === 'true';
		if (lower === 'null') return null;
		if (text === '0') return 0n;
		// A leading zero is no number: it may be part of a name. Ints stay ints, as strvals makes int64 of them.
		return /^[-+]?[1-9]\d*$/.test(text) && BigInt(text.replace('+', '')) < 2n ** 63n ? BigInt(text.replace('+', '')) : text;
	}
}
