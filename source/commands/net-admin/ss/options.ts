import {lookup} from '../lookup.js';
import {FilterError, statesOf} from './filter.js';

export interface Options {
	/** Kinds of socket that were named; none: all of them. */
	readonly kinds: Set<string>;
	readonly rest: string[];
	listening: boolean;
	all: boolean;
	processes: boolean;
	numeric: boolean;
	timers: boolean;
	details: boolean;
	memory: boolean;
	kill: boolean;
	oneLine: boolean;
	version: boolean;
	header: boolean;
	summary: boolean;
	family?: 'inet' | 'inet6';
	states?: readonly string[];
	unknown?: string;
	lacking?: string;
	/** `-N`: where everything else is to be looked at. */
	namespace?: string;
}

const kind = (name: string) => (options: Options) => void options.kinds.add(name);

const letters: Readonly<Record<string, (options: Options) => void>> = {
	t: kind('tcp'),
	u: kind('udp'),
	w: kind('raw'),
	x: kind('unix'),
	0: kind('packet'),
	M: kind('mptcp'),
	S: kind('sctp'),
	d: kind('dccp'),
	l: options => void (options.listening = true),
	a: options => void (options.all = true),
	p: options => void (options.processes = true),
	n: options => void (options.numeric = true),
	H: options => void (options.header = false),
	O: options => void (options.oneLine = true),
	s: options => void (options.summary = true),
	4: options => void (options.family = 'inet'),
	6: options => void (options.family = 'inet6'),
	r: options => void (options.numeric = false),
	o: options => void (options.timers = true),
	e: options => {
		options.details = true;
		options.timers = true;
	},
	m: options => void (options.memory = true),
	K: options => void (options.kill = true),
	V: options => void (options.version = true),
	v: options => void (options.version = true),
};

const longNames: Readonly<Record<string, string>> = {
	tcp: 't',
	udp: 'u',
	raw: 'w',
	unix: 'x',
	packet: '0',
	mptcp: 'M',
	sctp: 'S',
	dccp: 'd',
	listening: 'l',
	all: 'a',
	processes: 'p',
	numeric: 'n',
	'no-header': 'H',
	oneline: 'O',
	summary: 's',
	ipv4: '4',
	ipv6: '6',
	resolve: 'r',
	options: 'o',
	extended: 'e',
	memory: 'm',
	kill: 'K',
	version: 'V',
	family: 'f',
	query: 'A',
	socket: 'A',
	net: 'N',
	info: 'i',
	threads: 'T',
	bpf: 'b',
	events: 'E',
	context: 'Z',
	contexts: 'z',
	diag: 'D',
	filter: 'F',
	tipcinfo: '-tipcinfo',
	tos: '-tos',
	cgroup: '-cgroup',
	tipc: '-tipc',
	vsock: '-vsock',
	xdp: '-xdp',
	'inet-sockopt': '-inet-sockopt',
};

/** `-f`, and what it makes of the kinds. */
const families: Readonly<Record<string, (options: Options) => void>> = {
	inet: options => void (options.family = 'inet'),
	inet6: options => void (options.family = 'inet6'),
	unix: kind('unix'),
	link: kind('packet'),
	netlink: kind('netlink'),
	vsock: kind('vsock'),
	tipc: kind('tipc'),
	xdp: kind('xdp'),
};

/** `-A`, beside the names that stand for themselves. */
const queries: Readonly<Record<string, readonly string[]>> = {
	all: ['tcp', 'udp', 'raw', 'unix', 'packet', 'netlink'],
	inet: ['tcp', 'udp', 'raw'],
	unix: ['unix'],
	u: ['unix'],
	p: ['packet'],
};
const ownNames =
	/^(?:tcp|udp|raw|mptcp|sctp|dccp|netlink|packet(?:_raw|_dgram)?|unix_(?:stream|dgram|seqpacket)|vsock_(?:stream|dgram)|tipc|xdp)$/;

/** Those that take a value. */
const valued: Readonly<Record<string, (options: Options, value: string) => void>> = {
	f(options, value) {
		const chosen = lookup(families, value);
		if (!chosen) throw new FilterError(`ss: "${value}" is invalid family`);
		chosen(options);
	},
	A(options, value) {
		for (const name of value.split(',')) {
			const kinds = lookup(queries, name) ?? (ownNames.test(name) ? [name] : undefined);
			if (!kinds) throw new FilterError(`ss: "${name}" is illegal socket table id`);
			for (const each of kinds) options.kinds.add(each);
		}
	},
	N: (options, value) => void (options.namespace = value),
	D: options => void (options.lacking = '-D'),
	F: options => void (options.lacking = '-F'),
};

export function readOptions(args: readonly string[]): Options {
	const options: Options = {
		kinds: new Set(),
		rest: [],
		listening: false,
		all: false,
		processes: false,
		numeric: false,
		timers: false,
		details: false,
		memory: false,
		kill: false,
		oneLine: false,
		version: false,
		header: true,
		summary: false,
	};
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		const next = () => args[++i];
		if (arg === 'state') {
			options.states = [...(options.states ?? []), ...stateList(next())];
		} else if (arg === 'exclude') {
			const left = stateList(next());
			options.states = (options.states ?? stateList('all')).filter(state => !left.includes(state));
		} else if (arg.startsWith('--')) readLong(options, arg, next);
		else if (/^-\w+$/.test(arg)) readShort(options, arg, next);
		else options.rest.push(arg);
	}
	return options;
}

function readLong(options: Options, arg: string, next: () => string | undefined): void {
	const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
	const letter = lookup(longNames, name);
	if (letter === undefined) options.unknown ??= arg;
	else if (valued[letter]) give(options, letter, value ?? next(), `'--${name}'`);
	else if (letters[letter]) letters[letter](options);
	else options.lacking ??= `-${letter}`;
}

function readShort(options: Options, arg: string, next: () => string | undefined): void {
	for (let at = 1; at < arg.length; at++) {
		const letter = arg[at]!;
		if (valued[letter]) {
			give(options, letter, arg.slice(at + 1) || next(), `-- '${letter}'`);
			return;
		}
		if (letters[letter]) letters[letter](options);
		else if ('ibEzZT'.includes(letter)) options.lacking ??= `-${letter}`;
		else options.unknown ??= letter;
	}
}

function give(options: Options, letter: string, value: string | undefined, name: string): void {
	if (value === undefined)
		throw new FilterError(`ss: option ${name.startsWith('--') ? `requires an argument ${name}` : `${name} requires an argument`}`);
	valued[letter]!(options, value);
}

function stateList(name: string | undefined): readonly string[] {
	if (name === undefined) throw new FilterError('Command line is not complete. Try option "help"');
	const states = statesOf(name);
	if (!states) throw new FilterError(`ss: wrong state name: ${name}`);
	return states;
}
