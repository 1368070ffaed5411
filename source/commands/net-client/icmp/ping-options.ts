import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {pingUsage} from './ping-usage.js';

export interface PingOptions {
	readonly count: number;
	readonly intervalMs: number;
	readonly deadlineMs?: number;
	readonly waitMs: number;
	readonly size: number;
	readonly ttl?: number;
	readonly source?: string;
	readonly quiet: boolean;
	readonly numeric: boolean;
	/** `-M do`: the packet may not be cut up. */
	readonly whole: boolean;
	readonly broadcast: boolean;
}

const valued = 'ceIilmMpQsStwW';
const ours = 'cIiMstwW';
const switches = '4AnqUvbD';
const real = 'aABCdDfhLnOqRUvVb46rN';

/** The command line of iputils ping; a number is the exit status of what was said already. */
export function readOptions(io: Io<Machine>): {options: PingOptions; target: string | undefined} | number {
	const values = new Map<string, string>();
	const targets: string[] = [];
	const words = io.argv.slice(1);
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (!word.startsWith('-') || word === '-') {
			targets.push(word);
			continue;
		}

		const read = readWord(io, word, words[i + 1], values);
		if (typeof read === 'number') return read;
		if (read === 'took-next') i++;
	}

	const wrong = complaint(values);
	if (wrong) {
		io.err(`ping: ${wrong[1]}\n`);
		return wrong[0];
	}
	for (const letter of ['i', 'W']) if (Number.isNaN(Number(values.get(letter) ?? 0))) io.err(garbage(values.get(letter)!));

	return {options: optionsOf(values), target: targets[0]};
}

/** One word of letters: a status when the run is over, and whether the next word was a value. */
function readWord(io: Io<Machine>, word: string, next: string | undefined, values: Map<string, string>): number | 'took-next' | undefined {
	for (let at = 1; at < word.length; at++) {
		const letter = word[at]!;
		if (valued.includes(letter)) {
			const value = word.slice(at + 1) || next;
			if (value === undefined) {
				io.err(`ping: option requires an argument -- '${letter}'\n${pingUsage}`);
				return 2;
			}

			if (!ours.includes(letter)) return refuse(io, `ping -${letter}`);
			values.set(letter, value);
			return word.length > at + 1 ? undefined : 'took-next';
		}

		if (letter === 'V') {
			io.out('ping from iputils 20210202\n');
			return 0;
		}

		if (!real.includes(letter)) {
			io.err(`ping: invalid option -- '${letter}'\n${pingUsage}`);
			return 2;
		}

		if (!switches.includes(letter)) return refuse(io, `ping -${letter}`);
		values.set(letter, '');
	}

	return undefined;
}

/** Least and most of what takes a whole number. */
const ranges: Readonly<Record<string, readonly [number, bigint]>> = {
	c: [1, 9_223_372_036_854_775_807n],
	s: [0, 2_147_483_647n],
	t: [0, 255n],
	w: [0, 2_147_483_647n],
};

const garbage = (value: string) => `ping: option argument contains garbage: ${value}\nping: this will become fatal error in the future\n`;

/** The exit status and the words of a value that ping does not take. */
function complaint(values: ReadonlyMap<string, string>): readonly [status: number, text: string] | undefined {
	for (const [letter, [least, most]] of Object.entries(ranges)) {
		const value = values.get(letter);
		if (value === undefined) continue;
		if (!/^-?\d+$/.test(value)) return [1, `invalid argument: '${value}'`];
		if (BigInt(value) < BigInt(least) || BigInt(value) > most)
			return [1, `invalid argument: '${value}': out of range: ${least} <= value <= ${most}`];
	}
	if (values.get('t') === '0') return [2, 'cannot set unicast time-to-live: Invalid argument'];
	if (Number(values.get('W') ?? 0) < 0) return [2, `bad linger time: ${values.get('W')}`];
	const discovery = values.get('M');
	if (discovery !== undefined && !['do', 'dont', 'want', 'probe'].includes(discovery)) return [2, `invalid -M argument: ${discovery}`];
	return undefined;
}

function optionsOf(values: ReadonlyMap<string, string>): PingOptions {
	const number = (letter: string, other: number) => (values.has(letter) ? Math.max(0, Number(values.get(letter)) || 0) : other);
	const source = values.get('I');
	return {
		count: number('c', Number.POSITIVE_INFINITY),
		intervalMs: Math.round(1000 * number('i', 1)),
		...(values.has('w') && {deadlineMs: 1000 * number('w', 0)}),
		waitMs: Math.round(1000 * number('W', 10)),
		size: number('s', 56),
		...(values.has('t') && {ttl: number('t', 64)}),
		...(source !== undefined && /^[\d.]+$/.test(source) && {source}),
		quiet: values.has('q'),
		numeric: values.has('n'),
		whole: values.get('M') === 'do',
		broadcast: values.has('b'),
	};
}
