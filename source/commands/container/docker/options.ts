import {failure, notSimulated} from './failure.js';

/**
 * One option: long name (may be empty), kind, short letter. `bool`, or a value: `string`, `int`, `list` (may be given again). A kind with
 * `!` before it is real but not simulated: it is refused aloud.
 */
export type Option = readonly [long: string, kind: Kind | `!${Kind}`, short?: string];
type Kind = 'bool' | 'string' | 'int' | 'list';

/** What was typed. */
export interface Values {
	bool(name: string): boolean;
	/** The last one given. */
	string(name: string): string | undefined;
	int(name: string): number | undefined;
	list(name: string): readonly string[];
	changed(name: string): boolean;
}

export interface Parsed {
	readonly values: Values;
	readonly args: readonly string[];
}

interface Command {
	/** `docker run` */
	readonly path: string;
	readonly usage: string;
	readonly options: readonly Option[];
	/** Options end at the first argument: what follows belongs to the command in the container. */
	readonly stopAtArgument?: boolean;
}

const truth: Readonly<Record<string, boolean>> = {
	true: true,
	false: false,
	'1': true,
	'0': false,
	t: true,
	f: false,
	T: true,
	F: false,
	TRUE: true,
	FALSE: false,
	True: true,
	False: false,
};

export const usageText = ({path, usage}: Pick<Command, 'path' | 'usage'>): string =>
	`\n\nUsage:  ${usage}\n\nRun '${path} --help' for more information`;

/** Models github.com/spf13/pflag as docker's commands use it. */
export function parseOptions(command: Command, words: readonly string[]): Parsed {
	const found = new Map<string, string[]>();
	const args: string[] = [];
	const wrong = (text: string) => failure(text + usageText(command), 125);
	const put = (option: Option, value: string, shown: string) => {
		const [long, rawKind, short = ''] = option;
		const kind = rawKind.replace('!', '') as Kind;
		if (rawKind.startsWith('!') && value !== 'false') throw notSimulated(`${command.path} ${shown}`);
		const named = long ? `${short ? `-${short}, ` : ''}--${long}` : `-${short}`;
		if (kind === 'bool' && truth[value] === undefined)
			throw wrong(
				`invalid argument ${JSON.stringify(value)} for "${named}" flag: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`,
			);
		if (kind === 'int' && !/^[-+]?\d+$/.test(value))
			throw wrong(
				`invalid argument ${JSON.stringify(value)} for "${named}" flag: strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`,
			);
		const key = long || short;
		found.set(key, [...(found.get(key) ?? []), value]);
	};

	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		if (word === '--') {
			args.push(...words.slice(at + 1));
			break;
		}

		if (word === '-' || !word.startsWith('-')) {
			if (command.stopAtArgument) {
				args.push(...words.slice(at));
				break;
			}

			args.push(word);
		} else if (word.startsWith('--')) {
			const equals = word.indexOf('=');
			const name = word.slice(2, equals < 0 ? undefined : equals);
			const option = command.options.find(each => each[0] === name && name !== '');
			if (!option) throw wrong(`unknown flag: --${name}`);
			if (equals >= 0) put(option, word.slice(equals + 1), `--${name}`);
			else if (option[1].endsWith('bool')) put(option, 'true', `--${name}`);
			else if (at + 1 >= words.length) throw wrong(`flag needs an argument: --${name}`);
			else put(option, words[++at]!, `--${name}`);
		} else at = short(command, words, at, put, wrong);
	}

	return {args, values: valuesOf(found)};
}

/** `-it`, `-p80:80`, `-p 80:80`, `-d=false`; gives the index of the last word used. */
function short(
	{options}: Command,
	words: readonly string[],
	at: number,
	put: (option: Option, value: string, shown: string) => void,
	wrong: (text: string) => Error,
): number {
	const word = words[at]!;
	for (let index = 1; index < word.length; index++) {
		const letter = word[index]!;
		const option = options.find(each => each[2] === letter);
		const rest = word.slice(index + 1);
		if (!option) throw wrong(`unknown shorthand flag: '${letter}' in ${word}`);
		if (option[1].endsWith('bool') && !rest.startsWith('=')) put(option, 'true', `-${letter}`);
		else if (rest !== '') {
			put(option, rest.replace(/^=/, ''), `-${letter}`);
			return at;
		} else if (at + 1 >= words.length) throw wrong(`flag needs an argument: '${letter}' in ${word}`);
		else {
			put(option, words[at + 1]!, `-${letter}`);
			return at + 1;
		}
	}

	return at;
}

function valuesOf(found: ReadonlyMap<string, readonly string[]>): Values {
	const last = (name: string) => found.get(name)?.at(-1);
	return {
		bool: name => truth[last(name) ?? 'false'] ?? false,
		string: last,
		int: name => (last(name) === undefined ? undefined : Number(last(name))),
		list: name => found.get(name) ?? [],
		changed: name => found.has(name),
	};
}
