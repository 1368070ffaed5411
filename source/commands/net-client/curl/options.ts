import {otherOptions} from './other-options.js';

/** What curl was told. */
export interface CurlOptions {
	readonly urls: readonly string[];
	/** `-o` and `-O`, one for each URL in order: a path, or `'remote'`. */
	readonly outputs: ReadonlyArray<{readonly path?: string; readonly remote?: boolean}>;
	readonly headers: readonly string[];
	/** `-d` and its kin, joined with `&`; undefined: no body. */
	readonly data: ReadonlyArray<{readonly kind: string; readonly value: string}>;
	readonly resolve: readonly string[];
	readonly connectTo: readonly string[];
	readonly flags: ReadonlySet<string>;
	/** The last value of each option that takes one, by long name. */
	readonly values: ReadonlyMap<string, string>;
	/** Where a file name leads from the working folder. */
	path?(name: string): string;
}

/** `short`, whether it takes a value, and whether we have it. */
interface Row {
	readonly short?: string;
	readonly value?: boolean;
	readonly lacking?: boolean;
	/** What its value must be: a number, or one that is not below this. */
	readonly least?: number;
}

/** All options that we have, and those of the real one that people know. */
const rows: Readonly<Record<string, Row>> = {
	append: {short: 'a', lacking: true},
	'user-agent': {short: 'A', value: true},
	cookie: {short: 'b', value: true},
	'cookie-jar': {short: 'c', value: true},
	'continue-at': {short: 'C', value: true, lacking: true},
	data: {short: 'd', value: true},
	'data-ascii': {value: true},
	'data-binary': {value: true},
	'data-raw': {value: true},
	'data-urlencode': {value: true},
	json: {value: true},
	'dump-header': {short: 'D', value: true},
	referer: {short: 'e', value: true},
	cert: {short: 'E', value: true},
	fail: {short: 'f'},
	'fail-with-body': {},
	form: {short: 'F', value: true, lacking: true},
	globoff: {short: 'g'},
	get: {short: 'G'},
	header: {short: 'H', value: true},
	help: {short: 'h'},
	include: {short: 'i'},
	head: {short: 'I'},
	'junk-session-cookies': {short: 'j', lacking: true},
	insecure: {short: 'k'},
	config: {short: 'K', value: true, lacking: true},
	location: {short: 'L'},
	'location-trusted': {},
	'max-time': {short: 'm', value: true, least: 0},
	manual: {short: 'M', lacking: true},
	next: {short: ':', lacking: true},
	netrc: {short: 'n', lacking: true},
	'no-buffer': {short: 'N'},
	output: {short: 'o', value: true},
	'remote-name': {short: 'O'},
	proxytunnel: {short: 'p', lacking: true},
	disable: {short: 'q'},
	range: {short: 'r', value: true, lacking: true},
	'remote-time': {short: 'R'},
	silent: {short: 's'},
	'show-error': {short: 'S'},
	'telnet-option': {short: 't', value: true, lacking: true},
	'upload-file': {short: 'T', value: true},
	user: {short: 'u', value: true},
	verbose: {short: 'v'},
	quote: {short: 'Q', value: true, lacking: true},
	'time-cond': {short: 'z', value: true, lacking: true},
	version: {short: 'V'},
	'write-out': {short: 'w', value: true},
	proxy: {short: 'x', value: true, lacking: true},
	request: {short: 'X', value: true},
	parallel: {short: 'Z', lacking: true},
	'http1.0': {short: '0'},
	'http1.1': {},
	http2: {},
	'http2-prior-knowledge': {lacking: true},
	http3: {lacking: true},
	tlsv1: {short: '1'},
	'tlsv1.2': {},
	'tlsv1.3': {},
	ipv4: {short: '4'},
	ipv6: {short: '6', lacking: true},
	'progress-bar': {short: '#', lacking: true},
	'no-progress-meter': {},
	'connect-timeout': {value: true, least: 0},
	resolve: {value: true},
	'connect-to': {value: true},
	cacert: {value: true},
	capath: {value: true},
	key: {value: true},
	'cert-type': {value: true, lacking: true},
	'key-type': {value: true, lacking: true},
	pass: {value: true, lacking: true},
	'tls-max': {value: true},
	'tlsv1.0': {},
	'tlsv1.1': {},
	ciphers: {value: true, lacking: true},
	'tls13-ciphers': {value: true, lacking: true},
	alpn: {},
	'no-alpn': {lacking: true},
	'no-sessionid': {},
	'ssl-reqd': {},
	'ssl-no-revoke': {},
	crlfile: {value: true, lacking: true},
	pinnedpubkey: {value: true, lacking: true},
	'cert-status': {lacking: true},
	retry: {value: true, least: 0},
	'retry-delay': {value: true, least: 0},
	'retry-max-time': {value: true, lacking: true},
	'retry-connrefused': {},
	'retry-all-errors': {},
	url: {value: true},
	interface: {value: true},
	'local-port': {value: true, lacking: true},
	'max-redirs': {value: true, least: -1},
	compressed: {},
	noproxy: {value: true},
	basic: {},
	digest: {lacking: true},
	'create-dirs': {},
	'limit-rate': {value: true, lacking: true},
	'keepalive-time': {value: true, least: 0},
	'no-keepalive': {},
	'haproxy-protocol': {lacking: true},
	'oauth2-bearer': {value: true},
	trace: {value: true, lacking: true},
	'trace-ascii': {value: true, lacking: true},
	'unix-socket': {value: true, lacking: true},
	'dns-servers': {value: true, lacking: true},
	'path-as-is': {},
	raw: {lacking: true},
	'tr-encoding': {lacking: true},
	stderr: {value: true, lacking: true},
	rate: {value: true, lacking: true},
	proto: {value: true, lacking: true},
	'proto-default': {value: true, lacking: true},
	'output-dir': {value: true},
	'max-filesize': {value: true, lacking: true},
	'remote-header-name': {short: 'J', lacking: true},
	'remote-name-all': {lacking: true},
	'no-clobber': {lacking: true},
	'tcp-nodelay': {},
	...otherOptions,
};

const byShort = new Map(Object.entries(rows).flatMap(([name, row]) => (row.short ? [[row.short, name] as const] : [])));
const dataOptions = ['data', 'data-ascii', 'data-binary', 'data-raw', 'data-urlencode', 'json'];

export type Parsed =
	| {readonly options: CurlOptions}
	/** Text after `curl: `, with the hint. */
	| {readonly mistake: string}
	| {readonly lacking: string};

export function parseOptions(words: readonly string[]): Parsed {
	const urls: string[] = [];
	const outputs: Array<{path?: string; remote?: boolean}> = [];
	const headers: string[] = [];
	const data: Array<{kind: string; value: string}> = [];
	const resolve: string[] = [];
	const connectTo: string[] = [];
	const flags = new Set<string>();
	const values = new Map<string, string>();
	const take = (name: string, value: string) => {
		if (name === 'url') urls.push(value);
		else if (name === 'output') outputs.push({path: value});
		else if (name === 'header') headers.push(value);
		else if (name === 'resolve') resolve.push(value);
		else if (name === 'connect-to') connectTo.push(value);
		else if (dataOptions.includes(name)) data.push({kind: name, value});
		else values.set(name, value);
	};

	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (!word.startsWith('-') || word === '-') {
			urls.push(word);
			continue;
		}

		for (const {name, shown, value, rest, close = 0} of split(word)) {
			const row = name === undefined || !Object.hasOwn(rows, name) ? undefined : rows[name];
			if (name === undefined || !row) return {mistake: `option ${shown}: is ${close > 1 ? 'ambiguous' : 'unknown'}`};
			if (row.lacking && !(row.value && !value && !rest && words[i + 1] === undefined)) return {lacking: `curl ${shown}`};
			if (!row.value) {
				const other = {fail: 'fail-with-body', 'fail-with-body': 'fail'}[name];
				if (other && flags.has(other)) return {mistake: `option ${shown}: is badly used here`};
				flags.add(name);
				if (name === 'remote-name') outputs.push({remote: true});
				continue;
			}

			const given = value ?? (rest || words[++i]);
			if (given === undefined) return {mistake: `option ${shown}: requires parameter`};
			const wrong = numberFault(row, given);
			if (wrong) return {mistake: `option ${shown}: ${wrong}`};
			take(name, given);
			if (rest) break;
		}
	}

	return {options: {urls, outputs, headers, data, resolve, connectTo, flags, values}};
}

/** Seconds may have a fraction; `--max-redirs -1` is without end. */
function numberFault({least}: Row, given: string): string | undefined {
	if (least === undefined) return undefined;
	if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)$/.test(given)) return 'expected a proper numerical parameter';
	if (Number(given) >= least) return undefined;
	return `expected a ${least < 0 ? 'proper' : 'positive'} numerical parameter`;
}

interface Piece {
	readonly name: string | undefined;
	/** As the messages show it. */
	readonly shown: string;
	readonly value?: string;
	/** What of the word follows a short option: its value, if it takes one. */
	readonly rest: string;
	/** How many options begin so. */
	readonly close?: number;
}

function split(word: string): Piece[] {
	if (!word.startsWith('--')) {
		const letters = [...word.slice(1)];
		return letters.map((letter, i) => ({name: byShort.get(letter), shown: `-${letter}`, rest: letters.slice(i + 1).join('')}));
	}

	const name = word.slice(2);
	if (Object.hasOwn(rows, name)) return [{name, shown: word, rest: ''}];
	if (name.startsWith('no-') && rows[name.slice(3)]) return [];
	const close = Object.keys(rows).filter(row => row.startsWith(name));
	return [{name: close.length === 1 ? close[0] : undefined, shown: word, rest: '', close: close.length}];
}
