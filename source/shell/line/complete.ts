import type {Command} from '../command.js';
import {isFolder, resolvePath} from '../machine.js';
import type {Shell} from '../shell.js';

export interface Completion {
	/** Where the word under the cursor begins. */
	readonly start: number;
	/** Whole words that could stand there, in byte order. */
	readonly candidates: readonly string[];
	/** The longest beginning that all share, quoted as needed; with a blank behind it when there is only one. */
	readonly insert: string;
}

/** What TAB offers: commands first, variables after `$`, what the command itself knows, else files. */
export function complete(shell: Shell, text: string, cursor: number, find: (name: string) => Command | undefined): Completion {
	const before = text.slice(0, cursor);
	const words = currentWords(before);
	const word = words.at(-1) ?? '';
	const start = cursor - word.length;
	const redirected = /[<>]\s*$/.test(before.slice(0, start));
	const candidates = redirected ? files(shell, word) : candidatesFor(shell, words, word, find);
	const matching = [...new Set(candidates)].filter(candidate => candidate.startsWith(word)).sort();
	if (matching.length === 0) return {start, candidates: [], insert: word};
	const shared = matching.reduce(commonStart);
	const ends = matching.length === 1 && !/[/=:]$/.test(shared);
	return {start, candidates: matching, insert: quote(shared, word) + (ends ? ' ' : '')};
}

function candidatesFor(
	shell: Shell,
	words: readonly string[],
	word: string,
	find: (name: string) => Command | undefined,
): readonly string[] {
	if (/^\$\{?\w*$/.test(word)) {
		const sign = word.startsWith('${') ? '${' : '$';
		return shell.variables.names(word.slice(sign.length)).map(name => sign + name + (sign === '${' ? '}' : ''));
	}

	const command = words.slice(0, -1).find(each => !/^\w+=/.test(each) && !['sudo', 'time', 'watch', 'nohup', 'xargs'].includes(each));
	if (command === undefined) return word.includes('/') ? files(shell, word) : [...commandNames(shell), ...folders(shell, word)];
	const alias = shell.aliases.get(command)?.split(/\s+/) ?? [command];
	const known = find(alias[0]!);
	const from = words.indexOf(command);
	const own = known?.complete?.([...alias, ...words.slice(from + 1)], {
		machine: shell.machine,
		cwd: shell.cwd,
		env: shell.variables.exported(),
	});
	return own && own.length > 0 ? own : files(shell, word);
}

/** The words of the simple command under the cursor; the last is the one being typed. */
function currentWords(before: string): string[] {
	let words: string[] = [''];
	let quoteMark = '';
	for (let at = 0; at < before.length; at++) {
		const character = before[at]!;
		const last = words.length - 1;
		if (quoteMark) {
			words[last] += character;
			if (character === quoteMark) quoteMark = '';
		} else if (character === '\\') words[last] += character + (before[++at] ?? '');
		else if (character === '"' || character === "'") {
			quoteMark = character;
			words[last] += character;
		} else if (/\s/.test(character)) words.push('');
		else if ('|;&('.includes(character) && !/[<>]$/.test(words[last]!)) words = [''];
		else words[last] += character;
	}

	const typed = words.pop()!;
	return [...words.filter(word => word !== ''), typed.replace(/^.*[<>]/, '')];
}

function commandNames(shell: Shell): string[] {
	const names = [...shell.aliases.keys(), ...shell.functions.keys()];
	for (const folder of new Set(shell.path.split(':'))) {
		try {
			names.push(...shell.machine.files.list(folder));
		} catch {}
	}

	return names;
}

function files(shell: Shell, word: string): string[] {
	const slash = word.lastIndexOf('/');
	const typed = word.slice(0, slash + 1);
	const folder = resolvePath(
		shell.cwd,
		typed.replace(/^~(?=\/|$)/, shell.variables.text('HOME') ?? '/root').replaceAll(/\\(.)/g, '$1') || '.',
	);
	const hidden = word.slice(slash + 1).startsWith('.');
	try {
		return shell.machine.files
			.list(folder)
			.filter(name => hidden || !name.startsWith('.'))
			.map(name => typed + name + (isFolder(shell.machine, resolvePath(folder, name)) ? '/' : ''));
	} catch {
		return [];
	}
}

const folders = (shell: Shell, word: string) => files(shell, word).filter(name => name.endsWith('/'));

function commonStart(first: string, second: string): string {
	let length = 0;
	while (length < first.length && first[length] === second[length]) length++;
	return first.slice(0, length);
}

const quote = (text: string, typed: string) =>
	/^["']/.test(typed) || /^\$/.test(text)
		? text
		: text.slice(0, typed.length) + text.slice(typed.length).replaceAll(/[ \t"'()&;|<>*?$`\\]/g, '\\$&');
