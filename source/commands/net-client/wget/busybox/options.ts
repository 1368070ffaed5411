import {busyboxBanner} from '../../flavour.js';

const usage = `\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...\n\nRetrieve files via HTTP or FTP\n\n\t--spider\tOnly check URL existence: $? is 0 if exists\n\t--header STR\tAdd STR (of form 'header: value') to headers\n\t--post-data STR\tSend STR using POST method\n\t--post-file FILE\tSend FILE using POST method\n\t--no-check-certificate\tDon't validate the server's certificate\n\t-c\t\tContinue retrieval of aborted transfer\n\t-q\t\tQuiet\n\t-P DIR\t\tSave to DIR (default .)\n\t-S    \t\tShow server response\n\t-T SEC\t\tNetwork read timeout is SEC seconds\n\t-O FILE\t\tSave to FILE ('-' for stdout)\n\t-o LOGFILE\tLog messages to FILE\n\t-U STR\t\tUse STR for User-Agent header\n\t-Y on/off\tUse proxy\n`;
const longs: Readonly<Record<string, string>> = {
	header: 'header',
	'post-data': 'post-data',
	'post-file': 'post-file',
	'user-agent': 'U',
	timeout: 'T',
	'output-document': 'O',
	'output-file': 'o',
	'directory-prefix': 'P',
	spider: 'spider',
	'no-check-certificate': 'no-check-certificate',
	quiet: 'q',
	continue: 'c',
	'server-response': 'S',
};
const valued = ['header', 'post-data', 'post-file', 'U', 'T', 'O', 'o', 'P', 'Y', 't'];
const switches = 'cqSs';

export interface Options {
	readonly values: ReadonlyMap<string, string>;
	readonly flags: ReadonlySet<string>;
	readonly headers: readonly string[];
	readonly urls: readonly string[];
}

/** A text is why not. */
export function readOptions(words: readonly string[]): Options | string {
	const [values, flags, headers, urls] = [new Map<string, string>(), new Set<string>(), [] as string[], [] as string[]];
	const rest = [...words];
	const take = (name: string, value: string | undefined) => {
		if (!valued.includes(name)) flags.add(name === 's' ? 'spider' : name);
		else if (name === 'header') headers.push(value ?? '');
		else values.set(name, value ?? '');
	};
	while (rest.length > 0) {
		const word = rest.shift()!;
		if (word.startsWith('--')) {
			const [, long = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
			const name = longs[long];
			if (name === undefined) return `wget: unrecognized option '${word}'\n${busyboxBanner}\n${usage}`;
			take(name, valued.includes(name) ? (value ?? rest.shift()) : undefined);
		} else if (!word.startsWith('-') || word === '-') urls.push(word);
		else {
			for (let at = 1; at < word.length; at++) {
				const letter = word[at]!;
				if (!switches.includes(letter) && !valued.includes(letter))
					return `wget: invalid option -- '${letter}'\n${busyboxBanner}\n${usage}`;
				if (!valued.includes(letter)) {
					take(letter, undefined);
					continue;
				}
				take(letter, word.slice(at + 1) || rest.shift());
				break;
			}
		}
	}
	for (const name of ['T', 't']) {
		const value = values.get(name);
		if (value !== undefined && !/^\d+$/.test(value)) return `wget: invalid number '${value}'\n`;
	}
	return urls.length === 0 ? `${busyboxBanner}\n${usage}` : {values, flags, headers, urls};
}
