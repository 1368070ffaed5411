import {FileError} from '../../../os/files.js';
import type {Call} from '../command.js';

export interface Options {
	/** Letters that were given. */
	readonly flags: ReadonlySet<string>;
	readonly values: Readonly<Record<string, string>>;
	readonly operands: readonly string[];
}

/** `getopt` with letters; those in `valued` take a value. An unknown one is refused aloud. */
export function options(call: Call, letters: string, valued = ''): Options | undefined {
	const flags = new Set<string>();
	const values: Record<string, string> = {};
	const operands: string[] = [];
	const words = call.argv.slice(1);
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (word === '--') {
			operands.push(...words.slice(i + 1));
			break;
		}

		if (!/^-[^-]/.test(word) || /^-\d+$/.test(word)) {
			if (/^-\d+$/.test(word) && valued.includes('n')) values['n'] = word.slice(1);
			else if (word.startsWith('--')) return refuse(call, word);
			else operands.push(word);
			continue;
		}

		for (let at = 1; at < word.length; at++) {
			const letter = word[at]!;
			if (valued.includes(letter)) {
				values[letter] = word.slice(at + 1) || words[++i] || '';
				break;
			}

			if (!letters.includes(letter)) return refuse(call, `-${letter}`);
			flags.add(letter);
		}
	}

	return {flags, values, operands};
}

function refuse(call: Call, option: string): undefined {
	call.run.machine.sim.notes.notSimulated(`${call.argv[0]} ${option} in a container script`);
	call.err(`kubelab: not simulated: ${call.argv[0]} ${option} in a container script\n`);
	return undefined;
}

export const notSimulatedStatus = 125;

/** The text of each named file, or of standard input; a message for those that cannot be read. */
export function inputs(call: Call, names: readonly string[]): {texts: ReadonlyArray<{name: string; text: string}>; status: number} {
	if (names.length === 0) return {texts: [{name: '', text: call.read().text}], status: 0};
	let status = 0;
	const texts: Array<{name: string; text: string}> = [];
	for (const name of names) {
		if (name === '-') texts.push({name, text: call.read().text});
		else {
			const text = attempt(call, name, () => call.run.machine.files.readText(call.path(name)));
			if (text === undefined) status = 1;
			else texts.push({name, text});
		}
	}

	return {texts, status};
}

/** Prints `cat: can't open '/x': No such file or directory` and gives undefined when it fails. */
export function attempt<T>(call: Call, name: string, work: () => T): T | undefined {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		const command = call.argv[0]!.replace(/^.*\//, '');
		const opens = ['cat', 'head', 'tail', 'wc', 'sort', 'uniq', 'cut', 'grep', 'sed', 'tac', 'nl'].includes(command);
		call.err(`${command}: ${opens && command !== 'grep' && command !== 'sed' ? `can't open '${name}'` : name}: ${error.message}\n`);
		return undefined;
	}
}

export const lines = (text: string): string[] => {
	const list = text.split('\n');
	if (list.at(-1) === '') list.pop();
	return list;
};
