import {numberOf, type Value} from './values.js';
import type {PlainFunction} from './runtime.js';

const unary =
	(name: string, act: (value: number) => number, domain: (value: number) => boolean = () => true): PlainFunction =>
	([value], {warn}) => {
		const number = numberOf(value);
		if (!domain(number)) warn(`${name}: received negative argument ${number}`);
		return act(number);
	};

const bits =
	(act: (left: bigint, right: bigint) => bigint): PlainFunction =>
	args =>
		Number(args.map(value => BigInt(Math.trunc(numberOf(value)))).reduce(act));

/** `0x1F`, `017`, or a plain number. */
function parsed(value: Value): number {
	const text = typeof value === 'string' ? value : typeof value === 'object' ? value.text : undefined;
	if (text === undefined) return numberOf(value);
	const hex = /^\s*([-+]?)0[xX]([\da-fA-F]+)/.exec(text);
	const octal = /^\s*([-+]?)0([0-7]+)(?![\d.])/.exec(text);
	const found = hex ?? octal;
	return found ? Number.parseInt(found[2]!, hex ? 16 : 8) * (found[1] === '-' ? -1 : 1) : numberOf(text);
}

export const numberFunctions: Readonly<Record<string, PlainFunction>> = {
	int: unary('int', Math.trunc),
	sqrt: unary('sqrt', Math.sqrt, value => value >= 0),
	exp: unary('exp', Math.exp),
	log: unary('log', Math.log, value => value >= 0),
	sin: unary('sin', Math.sin),
	cos: unary('cos', Math.cos),
	atan2: ([y, x]) => Math.atan2(numberOf(y), numberOf(x)),
	and: bits((left, right) => left & right),
	or: bits((left, right) => left | right),
	xor: bits((left, right) => left ^ right),
	lshift: bits((left, right) => left << right),
	rshift: bits((left, right) => left >> right),
	compl: ([value]) => 2 ** 53 - 1 - numberOf(value),
	strtonum: ([value]) => parsed(value),
	rand: (_, {random}) => random.fraction(),
	/** Answers the seed before; without one the clock gives it. */
	srand(args, {random, io}) {
		const before = random.previousSeed;
		const seed = args.length > 0 ? numberOf(args[0]) : Math.floor(io.machine.sim.clock.now() / 1000);
		random.previousSeed = seed;
		random.seed(Math.trunc(seed));
		return before;
	},
	systime: (_, {io}) => Math.floor(io.machine.sim.clock.now() / 1000),
};
