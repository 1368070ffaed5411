import {failure} from '../failure.js';
import type {Flag} from './flag.js';
import {isBoolean, isTrue, Values} from './values.js';

/** The user asked for help: not an error. */
export class HelpAsked extends Error {}

export interface Parsed {
	readonly values: Values;
	readonly args: readonly string[];
	/** How many of `args` came before `--`; -1 without one. */
	readonly dash: number;
}

/** Parses as github.com/spf13/pflag does. `path` is the command as typed, for the hint below the error. */
export function parseFlags(words: readonly string[], flags: readonly Flag[], path: string, interspersed = true): Parsed {
	// A verb's own flag hides the global one of the same name, so the first row of a name counts.
	const inverse = [...flags].reverse();
	const names = new Map(inverse.map(flag => [flag[0], flag]));
	const shorthands = new Map(inverse.filter(flag => flag[3]).map(flag => [flag[3]!, flag]));
	const values = new Values(names);
	const args: string[] = [];
	let dash = -1;
	const wrong = (text: string): never => {
		throw failure(`${text}\nSee '${path} --help' for usage.`);
	};

	const set = (flag: Flag, value: string) => {
		const problem = values.set(flag, value);
		if (problem) wrong(`invalid argument ${JSON.stringify(value)} for "${flag[3] ? `-${flag[3]}, ` : ''}--${flag[0]}" flag: ${problem}`);
	};

	const askHelp = (value: string) => {
		if (!isBoolean(value))
			wrong(
				`invalid argument ${JSON.stringify(value)} for "-h, --help" flag: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`,
			);
		if (isTrue(value)) throw new HelpAsked();
	};

	let i = 0;
	const long = (word: string) => {
		const body = word.slice(2);
		if (body[0] === '-' || body[0] === '=') wrong(`bad flag syntax: ${word}`);
		const equals = body.indexOf('=');
		const name = equals === -1 ? body : body.slice(0, equals);
		const flag = names.get(name);
		if (!flag) {
			if (name !== 'help') return wrong(`unknown flag: --${name}`);
			return askHelp(equals === -1 ? 'true' : body.slice(equals + 1));
		}

		if (equals !== -1) set(flag, body.slice(equals + 1));
		else if (bareValue(flag) !== undefined) set(flag, bareValue(flag)!);
		else if (i < words.length) set(flag, words[i++]!);
		else wrong(`flag needs an argument: ${word}`);
	};

	const short = (cluster: string) => {
		let rest = cluster;
		while (rest !== '') {
			const flag = shorthands.get(rest[0]!);
			if (!flag) {
				if (rest[0] === 'h') {
					askHelp(rest[1] === '=' ? rest.slice(2) : 'true');
					return;
				}

				return wrong(`unknown shorthand flag: '${rest[0]}' in -${rest}`);
			}

			if (rest.length > 2 && rest[1] === '=') return set(flag, rest.slice(2));
			if (bareValue(flag) !== undefined) {
				set(flag, bareValue(flag)!);
				rest = rest.slice(1);
			} else if (rest.length > 1) return set(flag, rest.slice(1));
			else if (i < words.length) return set(flag, words[i++]!);
			else return wrong(`flag needs an argument: '${rest[0]}' in -${rest}`);
		}
	};

	while (i < words.length) {
		const word = words[i++]!;
		if (word.length < 2 || word[0] !== '-') {
			if (!interspersed) {
				args.push(word, ...words.slice(i));
				break;
			}

			args.push(word);
		} else if (word === '--') {
			dash = args.length;
			args.push(...words.slice(i));
			break;
		} else if (word[1] === '-') long(word);
		else short(word.slice(1));
	}

	return {values, args, dash};
}

const bareValue = (flag: Flag): string | undefined => flag[4] ?? (flag[1] === 'bool' ? 'true' : undefined);

/** How cobra looks for the subcommand: the first word that is neither a flag nor a flag's value. -1: none. */
export function commandWordAt(words: readonly string[], from: number, flags: readonly Flag[]): number {
	const takesValue = (word: string) => {
		if (word.includes('=')) return false;
		const flag = word.startsWith('--')
			? flags.find(row => row[0] === word.slice(2))
			: word.length === 2
				? flags.find(row => row[3] === word[1])
				: ([] as unknown as Flag);
		return word.startsWith('--') || word.length === 2 ? !flag || bareValue(flag) === undefined : false;
	};

	for (let i = from; i < words.length; i++) {
		const word = words[i]!;
		if (word === '--') return -1;
		if (word.length > 1 && word[0] === '-') {
			if (takesValue(word)) i++;
		} else if (word !== '') return i;
	}

	return -1;
}
