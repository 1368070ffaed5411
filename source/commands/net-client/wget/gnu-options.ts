export interface WgetOptions {
	readonly urls: readonly string[];
	readonly headers: readonly string[];
	readonly flags: ReadonlySet<string>;
	readonly values: ReadonlyMap<string, string>;
}

export type ParsedWget = {readonly options: WgetOptions} | {readonly mistake: string} | {readonly lacking: string};

/** Option to its short form and whether it takes a value. */
const rows: Readonly<Record<string, readonly [short: string, value: boolean]>> = {
	quiet: ['q', false],
	verbose: ['v', false],
	'no-verbose': ['', false],
	'output-document': ['O', true],
	'directory-prefix': ['P', true],
	tries: ['t', true],
	timeout: ['T', true],
	'connect-timeout': ['', true],
	'server-response': ['S', false],
	spider: ['', false],
	header: ['', true],
	'user-agent': ['U', true],
	user: ['', true],
	password: ['', true],
	'http-user': ['', true],
	'http-password': ['', true],
	'post-data': ['', true],
	'no-check-certificate': ['', false],
	'no-proxy': ['', false],
	'inet4-only': ['4', false],
	'show-progress': ['', false],
};

const lacking =
	'recursive mirror continue background input-file output-file no-clobber page-requisites convert-links level accept reject limit-rate wait load-cookies save-cookies method body-data ca-certificate no-parent progress timestamping'.split(
		' ',
	);
const lackingShort = 'rmcbioNklARwpnEHKLX';

export function parseWgetOptions(words: readonly string[]): ParsedWget {
	const urls: string[] = [];
	const headers: string[] = [];
	const flags = new Set<string>();
	const values = new Map<string, string>();
	const take = (name: string, value: string) =>
		name === 'header' ? headers.push(value) : values.set(name === 'connect-timeout' ? 'timeout' : name, value);
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (!word.startsWith('-') || word === '-') {
			urls.push(word);
			continue;
		}

		const long = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(word);
		if (long) {
			const row = rows[long[1]!];
			if (!row) return lacking.includes(long[1]!) ? {lacking: word} : {mistake: `unrecognized option '${word}'`};
			if (row[1]) take(long[1]!, long[2] ?? words[++i] ?? '');
			else flags.add(long[1]!);
			continue;
		}

		for (let at = 1; at < word.length; at++) {
			const letter = word[at]!;
			if (letter === 'n' && word[at + 1] === 'v') {
				flags.add('no-verbose');
				at++;
				continue;
			}

			const name = Object.keys(rows).find(row => rows[row]![0] === letter);
			if (!name) return lackingShort.includes(letter) ? {lacking: `-${letter}`} : {mistake: `invalid option -- '${letter}'`};
			if (rows[name]![1]) {
				take(name, word.slice(at + 1) || (words[++i] ?? ''));
				break;
			}

			flags.add(name);
		}
	}

	return urls.length === 0 ? {mistake: 'missing URL'} : {options: {urls, headers, flags, values}};
}
