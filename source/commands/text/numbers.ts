import type {Machine} from '../../node/host/machine.js';
import type {Command, Io} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {linesOf, readInput, standardInput} from './input.js';

const factor: Command<Machine> = {
	name: 'factor',
	summary: 'print prime factors',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'h'});
		if (args.problem) return refuse(io, args.problem);
		const words = args.operands.length > 0 ? args.operands : (yield* standardInput(io)).split(/\s+/).filter(Boolean);
		let status = 0;
		for (const word of words) {
			if (/^\+?\d+$/.test(word) && Number(word) <= Number.MAX_SAFE_INTEGER)
				io.out(
					`${Number(word)}:${primes(Number(word))
						.map(each => ` ${each}`)
						.join('')}\n`,
				);
			else {
				io.err(`factor: ‘${word}’ is not a valid positive integer\n`);
				status = 1;
			}
		}

		return status;
	},
};

function primes(number: number): number[] {
	const found: number[] = [];
	let rest = number;
	for (let divisor = 2; divisor * divisor <= rest; divisor += divisor === 2 ? 1 : 2) {
		for (; rest % divisor === 0; rest /= divisor) found.push(divisor);
	}

	return rest > 1 ? [...found, rest] : found;
}

const shuf: Command<Machine> = {
	name: 'shuf',
	summary: 'shuffle lines',
	*run(io) {
		const long = {
			echo: '=e',
			'input-range': '=i',
			'head-count': '=n',
			output: '=o',
			repeat: '=r',
			'zero-terminated': '=z',
			'random-source': 'value',
		} as const;
		const args = parseArguments(io.argv.slice(1), {flags: 'erz', values: 'ino', long});
		if (args.problem) return refuse(io, args.problem);
		const lines: string[] | number = yield* choices(io, args);
		if (typeof lines === 'number') return lines;
		const wanted = args.value('n');
		if (wanted !== undefined && !/^\d+$/.test(wanted)) return complain(io, `invalid line count: ‘${wanted}’`);
		const random = io.machine.sim.random.fork('shuf');
		const end = args.has('z') ? '\0' : '\n';
		const shown: string[] = [];
		const count = wanted === undefined ? lines.length : args.has('r') ? Number(wanted) : Math.min(Number(wanted), lines.length);
		for (let taken = 0; taken < count && lines.length > 0; taken++) {
			const at = random.int(lines.length);
			shown.push(args.has('r') ? lines[at]! : lines.splice(at, 1)[0]!);
		}

		const text = shown.map(line => line + end).join('');
		const file = args.value('o');
		if (file === undefined) io.out(text);
		else io.machine.files.write(io.path(file), text);
		return 0;
	},
};

function complain(io: Io, text: string): number {
	io.err(`${io.argv[0]}: ${text}\n`);
	return 1;
}

const rangeMax = 1_000_000;

function* choices(io: Io<Machine>, args: ReturnType<typeof parseArguments>): Generator<any, string[] | number, any> {
	if (args.has('e')) return [...args.operands];
	const range = args.value('i');
	if (range !== undefined) {
		const [, from, to] = /^(\d+)-(\d+)$/.exec(range) ?? [];
		if (from === undefined || Number(from) > Number(to) + 1) return complain(io, `invalid input range: ‘${range}’`);
		return Array.from({length: Math.min(rangeMax, Number(to) - Number(from) + 1)}, (_, index) => String(Number(from) + index));
	}

	const [file = '-', more] = args.operands;
	if (more !== undefined) return refuse(io, `extra operand ‘${more}’`);
	const text: string | undefined = yield* readInput(io, file);
	return text === undefined ? 1 : linesOf(text, args.has('z') ? '\0' : '\n');
}

export default [factor, shuf];
