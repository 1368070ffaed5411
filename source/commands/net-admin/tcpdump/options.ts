/** What the command line asks for. */
export interface Options {
	device: string;
	count: number;
	/** How often: -v. */
	verbose: number;
	quiet: boolean;
	/** How often: -t. */
	stamps: number;
	numeric: boolean;
	/** -e: the head of the frame. */
	link: boolean;
	/** -S. */
	absolute: boolean;
	direction: 'in' | 'out' | 'inout';
	dump?: {kind: 'hex' | 'both' | 'text'; linkToo: boolean};
	read?: string;
	write?: string;
	/** -D. */
	devices: boolean;
	version: boolean;
	words: string[];
	lacking?: string;
	/** Ends it: what getopt says. */
	problem?: string;
}

const dumps = {x: 'hex', X: 'both', A: 'text'} as const;

const switches: Readonly<Record<string, (options: Options) => void>> = {
	v: options => void options.verbose++,
	q: options => void (options.quiet = true),
	t: options => void options.stamps++,
	n: options => void (options.numeric = true),
	f: () => undefined,
	e: options => void (options.link = true),
	S: options => void (options.absolute = true),
	D: options => void (options.devices = true),
	h: options => void (options.version = true),
	...Object.fromEntries(
		Object.entries(dumps).map(([letter, kind]) => [
			letter,
			(options: Options) => void (options.dump = {kind, linkToo: options.dump?.kind === kind}),
		]),
	),
};
/** Of no consequence here: what is seen is printed at once, and nothing is promiscuous on a switch. */
const idle = 'lpUKNOb';

const withValue: Readonly<Record<string, (options: Options, value: string) => void>> = {
	i: (options, value) => void (options.device = value),
	c(options, value) {
		options.count = Number(value);
		if (!/^\d+$/.test(value) || options.count === 0) options.problem = `tcpdump: invalid packet count ${value}\n`;
	},
	s(options, value) {
		if (!/^\d+$/.test(value)) options.problem = `tcpdump: invalid snaplen ${value}\n`;
	},
	Q(options, value) {
		if (value === 'in' || value === 'out' || value === 'inout') options.direction = value;
		else options.problem = `tcpdump: unknown capture direction \`${value}'\n`;
	},
	r: (options, value) => void (options.read = value),
	w: (options, value) => void (options.write = value),
	B: () => undefined,
};
const longs: Readonly<Record<string, string>> = {
	interface: 'i',
	direction: 'Q',
	'list-interfaces': 'D',
	'absolute-tcp-sequence-numbers': 'S',
	'no-promiscuous-mode': 'p',
	'packet-buffered': 'U',
	snapshot: 's',
	'snapshot-length': 's',
	version: 'h',
	help: 'h',
};
const unsimulatedWithValue = 'CEFGjMTVWyzZ';

export function readOptions(args: readonly string[]): Options {
	const options: Options = {
		device: '',
		count: Number.POSITIVE_INFINITY,
		verbose: 0,
		quiet: false,
		stamps: 0,
		numeric: false,
		link: false,
		absolute: false,
		direction: 'inout',
		devices: false,
		version: false,
		words: [],
	};
	for (let i = 0; i < args.length && options.problem === undefined; i++) {
		const arg = args[i]!;
		if (arg === '--') {
			options.words.push(...args.slice(i + 1));
			break;
		}
		if (arg.startsWith('--')) i += takeLong(options, arg, args[i + 1]);
		else if (/^-\w/.test(arg)) i += takeLetters(options, arg, args[i + 1]);
		else options.words.push(arg);
	}
	return options;
}

/** How many of the next words were taken, too. */
function takeLetters(options: Options, arg: string, next: string | undefined): number {
	for (let at = 1; at < arg.length; at++) {
		const letter = arg[at]!;
		const rest = arg.slice(at + 1);
		if (withValue[letter] || unsimulatedWithValue.includes(letter)) {
			const value = rest || next;
			if (value === undefined) options.problem = `tcpdump: option requires an argument -- '${letter}'\n`;
			else if (withValue[letter]) withValue[letter](options, value);
			else options.lacking ??= `-${letter}`;
			return rest ? 0 : 1;
		}
		if (switches[letter]) switches[letter](options);
		else if ('dHIJLu#'.includes(letter)) options.lacking ??= `-${letter}`;
		else if (!idle.includes(letter)) {
			options.problem = `tcpdump: invalid option -- '${letter}'\n`;
			return 0;
		}
	}
	return 0;
}

function takeLong(options: Options, arg: string, next: string | undefined): number {
	const [name = '', value] = arg.slice(2).split('=', 2);
	const letter = Object.hasOwn(longs, name) ? longs[name]! : undefined;
	if (letter === undefined) {
		options.lacking ??= arg;
		return 0;
	}

	return takeLetters(options, `-${letter}${value ?? ''}`, next);
}
