export interface WgetOptions {
	readonly urls: readonly string[];
	readonly headers: readonly string[];
	readonly flags: ReadonlySet<string>;
	readonly values: ReadonlyMap<string, string>;
}

export type ParsedWget = {readonly options: WgetOptions} | {readonly mistake: string} | {readonly lacking: string};

interface Row {
	readonly name: string;
	readonly short?: string;
	readonly takes?: 'text' | 'number' | 'time';
	/** Another name of the same. */
	readonly as?: string;
}

/** The real thing has them, this one does not. */
const lacking =
	'recursive mirror background page-requisites convert-links level accept reject limit-rate load-cookies save-cookies ca-certificate no-parent adjust-extension debug version bind-address no-directories no-host-directories force-directories span-hosts relative quota input-metalink warc-file certificate private-key'.split(
		' ',
	);
const lackingShort = 'rmbklARpEKHLVdQ';
/** Of `-n`. */
const afterN: Readonly<Record<string, string>> = {v: 'no-verbose', c: 'no-clobber'};
const lackingAfterN = 'dHp';

const rows: readonly Row[] = [
	{name: 'quiet', short: 'q'},
	{name: 'verbose', short: 'v'},
	{name: 'no-verbose'},
	{name: 'output-document', short: 'O', takes: 'text'},
	{name: 'directory-prefix', short: 'P', takes: 'text'},
	{name: 'output-file', short: 'o', takes: 'text'},
	{name: 'append-output', short: 'a', takes: 'text'},
	{name: 'input-file', short: 'i', takes: 'text'},
	{name: 'tries', short: 't', takes: 'number'},
	{name: 'timeout', short: 'T', takes: 'time'},
	{name: 'connect-timeout', takes: 'time', as: 'timeout'},
	{name: 'read-timeout', takes: 'time', as: 'timeout'},
	{name: 'dns-timeout', takes: 'time', as: 'timeout'},
	{name: 'wait', short: 'w', takes: 'time'},
	{name: 'waitretry', takes: 'time'},
	{name: 'retry-connrefused'},
	{name: 'max-redirect', takes: 'number'},
	{name: 'server-response', short: 'S'},
	{name: 'spider'},
	{name: 'continue', short: 'c'},
	{name: 'timestamping', short: 'N'},
	{name: 'no-clobber'},
	{name: 'no-use-server-timestamps'},
	{name: 'content-on-error'},
	{name: 'header', takes: 'text'},
	{name: 'user-agent', short: 'U', takes: 'text'},
	{name: 'referer', takes: 'text'},
	{name: 'user', takes: 'text'},
	{name: 'password', takes: 'text'},
	{name: 'http-user', takes: 'text', as: 'user'},
	{name: 'http-password', takes: 'text', as: 'password'},
	{name: 'auth-no-challenge'},
	{name: 'method', takes: 'text'},
	{name: 'post-data', takes: 'text'},
	{name: 'post-file', takes: 'text'},
	{name: 'body-data', takes: 'text'},
	{name: 'body-file', takes: 'text'},
	{name: 'no-check-certificate'},
	{name: 'no-cache'},
	{name: 'no-proxy'},
	{name: 'no-cookies'},
	{name: 'no-hsts'},
	{name: 'no-dns-cache'},
	{name: 'no-netrc'},
	{name: 'no-http-keep-alive'},
	{name: 'inet4-only', short: '4'},
	{name: 'progress', takes: 'text'},
	{name: 'show-progress'},
];

interface Reading {
	readonly urls: string[];
	readonly headers: string[];
	readonly flags: Set<string>;
	readonly values: Map<string, string>;
}

type Problem = {readonly mistake: string} | {readonly lacking: string};

export function parseWgetOptions(words: readonly string[]): ParsedWget {
	const reading: Reading = {urls: [], headers: [], flags: new Set(), values: new Map()};
	const rest = [...words];
	while (rest.length > 0) {
		const word = rest.shift()!;
		let problem: Problem | undefined;
		if (!word.startsWith('-') || word === '-') reading.urls.push(word);
		else problem = word.startsWith('--') ? readLong(reading, word, rest) : readShort(reading, word, rest);
		if (problem) return problem;
	}
	return reading.urls.length === 0 && !reading.values.has('input-file') ? {mistake: 'missing URL'} : {options: reading};
}

function readLong(reading: Reading, word: string, rest: string[]): Problem | undefined {
	const [, name = '', value] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(word) ?? [];
	const row = rows.find(each => each.name === name);
	if (!row) return lacking.includes(name) ? {lacking: word} : {mistake: `unrecognized option '${word}'`};
	if (!row.takes) return void reading.flags.add(name);
	const given = value ?? rest.shift();
	return given === undefined ? {mistake: `option '--${name}' requires an argument`} : take(reading, row, given);
}

function readShort(reading: Reading, word: string, rest: string[]): Problem | undefined {
	for (let at = 1; at < word.length; at++) {
		const letter = word[at]!;
		if (letter === 'n' && at + 1 < word.length) {
			const next = word[++at]!;
			if (lackingAfterN.includes(next)) return {lacking: `-n${next}`};
			if (!afterN[next]) return {mistake: `invalid option -- '${next}'`};
			reading.flags.add(afterN[next]);
			continue;
		}
		const row = rows.find(each => each.short === letter);
		if (!row) return lackingShort.includes(letter) ? {lacking: `-${letter}`} : {mistake: `invalid option -- '${letter}'`};
		if (!row.takes) {
			reading.flags.add(row.name);
			continue;
		}
		const given = word.slice(at + 1) || rest.shift();
		return given === undefined ? {mistake: `option requires an argument -- '${letter}'`} : take(reading, row, given);
	}
	return undefined;
}

function take({headers, values}: Reading, {name, takes, as}: Row, value: string): Problem | undefined {
	if (takes === 'time' && !/^\d+(\.\d+)?[smhd]?$/.test(value)) return {mistake: `--${name}: Invalid time period ‘${value}’`};
	if (takes === 'number' && !/^(\d|inf$)/.test(value)) return {mistake: `--${name}: Invalid number ‘${value}’.`};
	if (name === 'header') headers.push(value);
	else values.set(as ?? name, value === 'inf' ? '0' : value);
	return undefined;
}
