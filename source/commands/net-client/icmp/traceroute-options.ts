import {tracerouteUsage} from './traceroute-usage.js';

export type Method = 'default' | 'icmp' | 'tcp' | 'udp';

export interface TraceOptions {
	method: Method;
	numeric: boolean;
	first: number;
	hops: number;
	probes: number;
	waitMs: number;
	port?: number;
	device?: string;
	source?: string;
	/** The words that are no options. */
	operands: Array<{word: string}>;
	packetLength?: number;
	version?: boolean;
	lacking?: string;
	problem?: {readonly text: string; readonly exitCode: number};
}

interface Option {
	/** How it is written, with the name of its value. */
	readonly usage: string;
	readonly long?: string;
	readonly kind?: 'number' | 'seconds' | 'text';
	take?(options: TraceOptions, value: string): void;
}

const table: Readonly<Record<string, Option>> = {
	4: {usage: '-4', take: () => undefined},
	6: {usage: '-6'},
	d: {usage: '-d', long: 'debug', take: () => undefined},
	F: {usage: '-F', long: 'dont-fragment', take: () => undefined},
	f: {usage: '-f first_ttl', long: 'first', kind: 'number', take: (options, value) => void (options.first = Number(value))},
	g: {usage: '-g gate,...', long: 'gateway', kind: 'text'},
	I: {usage: '-I', long: 'icmp', take: options => void (options.method = 'icmp')},
	T: {usage: '-T', long: 'tcp', take: options => void (options.method = 'tcp')},
	U: {usage: '-U', long: 'udp', take: options => void (options.method = 'udp')},
	D: {usage: '-D', long: 'dccp'},
	i: {usage: '-i device', long: 'interface', kind: 'text', take: (options, value) => void (options.device = value)},
	m: {usage: '-m max_ttl', long: 'max-hops', kind: 'number', take: (options, value) => void (options.hops = Number(value))},
	N: {usage: '-N squeries', long: 'sim-queries', kind: 'number', take: () => undefined},
	n: {usage: '-n', take: options => void (options.numeric = true)},
	p: {usage: '-p port', long: 'port', kind: 'number', take: (options, value) => void (options.port = Number(value))},
	t: {usage: '-t tos', long: 'tos', kind: 'number', take: () => undefined},
	l: {usage: '-l flow_label', long: 'flowlabel', kind: 'number', take: () => undefined},
	w: {
		usage: '-w MAX,HERE,NEAR',
		long: 'wait',
		kind: 'seconds',
		take: (options, value) => void (options.waitMs = 1000 * Number(value.split(',')[0])),
	},
	q: {usage: '-q nqueries', long: 'queries', kind: 'number', take: (options, value) => void (options.probes = Number(value))},
	r: {usage: '-r'},
	s: {usage: '-s src_addr', long: 'source', kind: 'text', take: (options, value) => void (options.source = value)},
	z: {usage: '-z sendwait', long: 'sendwait', kind: 'seconds', take: () => undefined},
	e: {usage: '-e', long: 'extensions', take: () => undefined},
	A: {usage: '-A', long: 'as-path-lookups'},
	M: {usage: '-M name', long: 'module', kind: 'text'},
	O: {usage: '-O OPTS,...', long: 'options', kind: 'text'},
	P: {usage: '-P prot', long: 'protocol', kind: 'text'},
	V: {usage: '-V', long: 'version', take: options => void (options.version = true)},
};
const unsimulatedLongs = ['sport', 'fwmark', 'mtu', 'back'];

const shapes = {number: /^(0x[\da-f]+|\d+)$/i, seconds: /^\d*\.?\d+(,\d*\.?\d+){0,2}$/, text: /^/};

/** The command line as traceroute's own reader takes it: each word has its number in what is said of it. */
export function readTraceOptions(words: readonly string[]): TraceOptions {
	const options: TraceOptions = {method: 'default', numeric: false, first: 1, hops: 30, probes: 3, waitMs: 5000, operands: []};
	let at = 0;
	const fails = (text: string, exitCode = 2) => void (options.problem ??= {text, exitCode});
	const take = (shown: string, option: Option, glued: string | undefined) => {
		if (option.kind === undefined) return option.take ? option.take(options, '') : void (options.lacking ??= shown);
		const value = glued ?? words[++at];
		if (value === undefined) return fails(`Option \`${shown}' (argc ${at}) requires an argument: \`${option.usage}'\n`);
		if (!shapes[option.kind].test(value)) return fails(`Cannot handle \`${shown}' option with arg \`${value}' (argc ${at + 1})\n`);
		return option.take ? option.take(options, value) : void (options.lacking ??= shown);
	};
	for (; at < words.length && !options.problem; at++) {
		const word = words[at]!;
		if (word.startsWith('--')) {
			const [name = '', value] = word.slice(2).split('=', 2);
			const option = Object.values(table).find(({long}) => long === name);
			if (option) take(`--${name}`, option, value);
			else if (name === 'help') fails(tracerouteUsage, 0);
			else if (unsimulatedLongs.includes(name)) options.lacking ??= word;
			else fails(`Bad option \`${word}' (argc ${at + 1})\n`);
		} else if (/^-./.test(word)) takeLetters(word, at, take, fails);
		else options.operands.push({word});
	}
	if (options.version || options.lacking !== undefined || options.problem) return options;
	if (options.operands.length === 0) fails(tracerouteUsage, 0);
	const problem = problemOf(options, words.length);
	if (problem !== undefined) fails(problem);
	const length = options.operands[1];
	if (length) options.packetLength = Math.max(28, Number(length.word));
	return options;
}

function takeLetters(
	word: string,
	at: number,
	take: (shown: string, option: Option, glued: string | undefined) => void,
	fails: (text: string) => void,
): void {
	for (let place = 1; place < word.length; place++) {
		const letter = word[place]!;
		const option = Object.hasOwn(table, letter) ? table[letter]! : undefined;
		if (!option) fails(`Bad option \`-${letter}' (argc ${at + 1})\n`);
		if (!option) return;
		take(`-${letter}`, option, option.kind && word.slice(place + 1) ? word.slice(place + 1) : undefined);
		if (option.kind) return;
	}
}

const packetMost = 65_000;

/** The first thing that is wrong with the whole of it. */
function problemOf(options: TraceOptions, count: number): string | undefined {
	const [, length, more] = options.operands;
	if (length && !shapes.number.test(length.word))
		return `Cannot handle "packetlen" cmdline arg \`${length.word}' on position 2 (argc ${count})\n`;
	if (more) return `Extra arg \`${more.word}' (position 3, argc ${count})\n`;
	if (options.first === 0 || options.first > options.hops) return 'first hop out of range\n';
	if (options.hops > 255) return 'max hops cannot be more than 255\n';
	if (options.probes === 0 || options.probes > 10) return 'no more than 10 probes per hop\n';
	return length && Number(length.word) > packetMost ? `too big packetlen ${length.word} specified\n` : undefined;
}
