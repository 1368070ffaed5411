import {configWords} from './config-file.js';
import {type CurlOptions, formMethod, headMethod, rows, type Row} from './options.js';
import {twoMethods, warning} from './warning.js';

export type Parsed =
	/** One for each `--next`. */
	| {readonly operations: readonly CurlOptions[]; readonly warnings: readonly string[]}
	/** Text after `curl: `, with the hint. `before`: what can be done all the same, for nothing is wrong with it. */
	| {readonly mistake: string; readonly status?: number; readonly before?: readonly CurlOptions[]; readonly first?: string}
	| {readonly lacking: string};

type Mutable<T> = {-readonly [K in keyof T]: T[K] extends ReadonlyArray<infer E> ? E[] : T[K]};

interface Draft extends Omit<Mutable<CurlOptions>, 'flags' | 'values'> {
	readonly flags: Set<string>;
	readonly values: Map<string, string>;
}

class Fault extends Error {
	readonly parsed: Exclude<Parsed, {operations: unknown}>;

	constructor(parsed: Exclude<Parsed, {operations: unknown}>) {
		super('curl');
		this.parsed = parsed;
	}
}

/** What holds for the whole command line, wherever it stands. */
const everywhere = new Set(
	'silent show-error verbose no-progress-meter progress-bar fail-early styled-output trace trace-ascii stderr'.split(' '),
);
const traces = ['trace', 'trace-ascii'];
const notBuiltIn = "the installed libcurl version doesn't support this";
const dataOptions = ['data', 'data-ascii', 'data-binary', 'data-raw', 'data-urlencode', 'json'];
const byShort = new Map(Object.entries(rows).flatMap(([name, row]) => (row.short ? [[row.short, name] as const] : [])));

/** `read`: the text of a file of `-K`, undefined when it cannot be read. */
export function parseOptions(words: readonly string[], read: (name: string) => string | undefined = () => undefined): Parsed {
	const reader = new OptionReader(read);
	try {
		reader.walk(words);
	} catch (error) {
		if (error instanceof Fault) return error.parsed;
		throw error;
	}

	const operations = reader.finished();
	if (operations.length > 1 && operations.at(-1)!.urls.length === 0) return {mistake: 'no URL specified!', before: operations.slice(0, -1)};
	return {operations, warnings: reader.warnings};
}

class OptionReader {
	readonly warnings: string[] = [];
	readonly #read: (name: string) => string | undefined;
	readonly #operations: Draft[] = [draft()];
	readonly #allFlags = new Set<string>();
	readonly #allValues = new Map<string, string>();

	constructor(read: (name: string) => string | undefined) {
		this.#read = read;
	}

	finished(): CurlOptions[] {
		return this.#operations.map(operation => ({
			...operation,
			flags: new Set([...operation.flags, ...this.#allFlags]),
			values: new Map([...operation.values, ...this.#allValues]),
		}));
	}

	walk(given: readonly string[]): void {
		for (let at = 0; at < given.length; at++) {
			const word = given[at]!;
			if (!word.startsWith('-') || word === '-') {
				this.#current.urls.push(word);
				continue;
			}

			for (const {name, shown, rest, close = 0, off} of split(word)) {
				const row = name === undefined || !Object.hasOwn(rows, name) ? undefined : rows[name];
				if (name === undefined || !row) throw mistaken(shown, `is ${close > 1 ? 'ambiguous' : 'unknown'}`);
				if (off && row.value) throw mistaken(shown, "used '--no-' for option that isn't a boolean");
				if (row.lacking && !off && !(row.value && !rest && given[at + 1] === undefined)) throw new Fault({lacking: `curl ${shown}`});
				if (!row.value) {
					if (row.unsupported) throw mistaken(shown, notBuiltIn);
					this.#flag(name, shown, !off);
					continue;
				}

				const value = rest || given[++at];
				if (value === undefined) throw mistaken(shown, 'requires parameter');
				const wrong = faultOf(name, row, value, this.#current);
				if (wrong)
					throw new Fault({
						mistake: `option ${shown}: ${wrong}`,
						status: name === 'proto-default' ? 1 : 2,
						first: this.#complaint(name, row, value),
					});
				this.#value(name, shown, value);
				if (rest) break;
			}
		}
	}

	get #current(): Draft {
		return this.#operations.at(-1)!;
	}

	#flag(name: string, shown: string, on: boolean): void {
		const {flags, outputs, urls} = this.#current;
		if (name === 'next') {
			if (urls.length > 0) this.#operations.push(draft());
			return;
		}

		const other = {fail: 'fail-with-body', 'fail-with-body': 'fail'}[name];
		if (on && other && flags.has(other)) throw mistaken(shown, 'is badly used here');
		if (on && name === 'head' && this.#current.form.length > 0)
			throw new Fault({
				mistake: `option ${shown}: is badly used here`,
				first: this.#allFlags.has('silent') ? '' : twoMethods([headMethod, formMethod]),
			});
		const set = everywhere.has(name) ? this.#allFlags : flags;
		if (on) set.add(name);
		else set.delete(name);
		if (on && name === 'verbose') for (const trace of traces) this.#allValues.delete(trace);
		if (on && name === 'remote-name') outputs.push({remote: true});
	}

	#value(name: string, shown: string, value: string): void {
		const {urls, outputs, headers, data, form, queries, resolve, connectTo, values} = this.#current;
		if (name === 'config') this.#config(value, shown);
		else if (name === 'url') urls.push(value);
		else if (name === 'output') outputs.push({path: value});
		else if (name === 'header') headers.push(value);
		else if (name === 'resolve') resolve.push(value);
		else if (name === 'connect-to') connectTo.push(value);
		else if (name === 'url-query') queries.push(value);
		else if (dataOptions.includes(name)) data.push({kind: name, value});
		else if (name === 'form' || name === 'form-string') form.push({kind: name, value});
		else if (name === 'range' && !value.includes('-')) {
			this.warnings.push('A specified range MUST include at least one dash (-). Appending one for you!');
			values.set(name, `${value}-`);
		} else if (traces.includes(name)) {
			// Of these and -v the last one holds.
			this.#allFlags.delete('verbose');
			for (const trace of traces) this.#allValues.delete(trace);
			this.#allValues.set(name, value);
		} else (everywhere.has(name) ? this.#allValues : values).set(name, value);
	}

	/** What is said before that an option is badly used. */
	#complaint(name: string, {size}: Row, value: string): string {
		const {flags} = this.#current;
		if (this.#allFlags.has('silent')) return '';
		if (size)
			return warning(
				/^\d/.test(value) ? 'unsupported rate unit. Use G, M, K or B!' : `invalid number specified for ${name.replace('limit-', '')}`,
			);
		if (name !== 'form') return '';
		return value.includes('=') && flags.has('head') ? twoMethods([formMethod, headMethod]) : warning('Illegally formatted input field!');
	}

	#config(name: string, shown: string): void {
		const text = this.#read(name);
		const first = `curl: cannot read config from '${name}'\n`;
		if (text === undefined) throw new Fault({mistake: `option ${shown}: error encountered when reading a file`, status: 26, first});
		for (const line of configWords(text)) this.walk(line);
	}
}

const mistaken = (shown: string, what: string) => new Fault({mistake: `option ${shown}: ${what}`});

const draft = (): Draft => ({
	...{urls: [], outputs: [], headers: [], data: [], form: [], queries: [], resolve: [], connectTo: []},
	flags: new Set(),
	values: new Map(),
});

/** Seconds may have a fraction; `--max-redirs -1` is without end; a size may have a unit. */
function faultOf(name: string, {least, size, unsupported}: Row, given: string, {flags}: CurlOptions): string | undefined {
	const badly = 'is badly used here';
	if (unsupported) return notBuiltIn;
	if (size && !/^\d+[kKmMgGbB]?$/.test(given)) return badly;
	if (name === 'form' && (!given.includes('=') || flags.has('head'))) return badly;
	if (name === 'local-port' && !/^\d+(?:-\d+)?$/.test(given)) return badly;
	if (name === 'continue-at' && given !== '-' && !/^\d+$/.test(given)) return 'expected a proper numerical parameter';
	if (
		name === 'proto-default' &&
		!/^(?:https?|ftps?|file|dict|gophers?|imaps?|ldaps?|mqtt|pop3s?|rtmp\w*|rtsp|scp|sftp|smbs?|smtps?|telnet|tftp)$/i.test(given)
	)
		return 'a specified protocol is unsupported by libcurl';
	if (least === undefined) return undefined;
	if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)$/.test(given)) return 'expected a proper numerical parameter';
	if (Number(given) >= least) return undefined;
	return `expected a ${least < 0 ? 'proper' : 'positive'} numerical parameter`;
}

interface Piece {
	readonly name: string | undefined;
	/** As the messages show it. */
	readonly shown: string;
	/** What of the word follows a short option: its value, if it takes one. */
	readonly rest: string;
	/** How many options begin so. */
	readonly close?: number;
	/** `--no-NAME` */
	readonly off?: boolean;
}

function split(word: string): Piece[] {
	if (!word.startsWith('--')) {
		const letters = [...word.slice(1)];
		return letters.map((letter, i) => ({name: byShort.get(letter), shown: `-${letter}`, rest: letters.slice(i + 1).join('')}));
	}

	const name = word.slice(2);
	if (Object.hasOwn(rows, name)) return [{name, shown: word, rest: ''}];
	if (name.startsWith('no-') && Object.hasOwn(rows, name.slice(3))) return [{name: name.slice(3), shown: word, rest: '', off: true}];
	const close = Object.keys(rows).filter(row => row.startsWith(name));
	return [{name: close.length === 1 ? close[0] : undefined, shown: word, rest: '', close: close.length}];
}
