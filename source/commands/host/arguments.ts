import type {Io} from '../../shell/command.js';

export interface ArgumentSpec {
	/** Letters without a value: `'la'`. */
	readonly flags?: string;
	/** Letters that take one: `'n:'` is `'n'` here. */
	readonly values?: string;
	/** Long names, each with its kind or the letter that it stands for. */
	readonly long?: Readonly<Record<string, 'flag' | 'value' | `=${string}`>>;
	/** Options end at the first operand, as for commands that run others. */
	readonly stopAtOperand?: boolean;
}

export interface Arguments {
	has(name: string): boolean;
	/** The last value given. */
	value(name: string): string | undefined;
	all(name: string): readonly string[];
	readonly operands: readonly string[];
	/** What is wrong, in getopt's words. */
	readonly problem?: string;
}

/** getopt_long: bundled letters, `--name=value`, `--`. */
export function parseArguments(words: readonly string[], spec: ArgumentSpec): Arguments {
	const found: Array<[string, string]> = [];
	const operands: string[] = [];
	let problem: string | undefined;
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		if (word === '--') {
			operands.push(...words.slice(at + 1));
			break;
		}

		if (word === '-' || !word.startsWith('-')) {
			if (spec.stopAtOperand) {
				operands.push(...words.slice(at));
				break;
			}

			operands.push(word);
		} else if (word.startsWith('--')) {
			const [name = '', inline] = split(word.slice(2));
			const kind = spec.long && Object.hasOwn(spec.long, name) ? spec.long[name] : undefined;
			const letter = kind?.startsWith('=') ? kind.slice(1) : undefined;
			const takes = letter ? spec.values?.includes(letter) : kind === 'value';
			if (kind === undefined) problem ??= `unrecognized option '--${name}'`;
			else if (takes && inline === undefined && at + 1 >= words.length) problem ??= `option '--${name}' requires an argument`;
			else found.push([letter ?? name, takes ? (inline ?? words[++at]!) : (inline ?? '')]);
		} else {
			for (let index = 1; index < word.length; index++) {
				const letter = word[index]!;
				if (spec.values?.includes(letter)) {
					const value = word.slice(index + 1) || words[++at];
					if (value === undefined) problem ??= `option requires an argument -- '${letter}'`;
					found.push([letter, value ?? '']);
					break;
				}

				if (!spec.flags?.includes(letter)) problem ??= `invalid option -- '${letter}'`;
				found.push([letter, '']);
			}
		}
	}

	const all = (name: string) => found.filter(([each]) => each === name).map(([, value]) => value);
	return {has: name => found.some(([each]) => each === name), value: name => all(name).at(-1), all, operands, problem};
}

function split(text: string): [string, string?] {
	const equals = text.indexOf('=');
	return equals < 0 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** What the coreutils say about a wrong option. */
export function refuse(io: Io, problem: string, status = 1): number {
	const name = io.argv[0]!;
	io.err(`${name}: ${problem}\nTry '${name} --help' for more information.\n`);
	return status;
}

/** Loud: the real tool has it, we have not. */
export function notSimulated(io: Io, what: string): number {
	io.err(`kubelab: not simulated: ${what}\n`);
	return 125;
}
