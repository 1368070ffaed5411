import {lookup} from '../lookup.js';
import {parseIpv4} from '../../../net/address.js';
import {readPort} from '../../../net/iptables/text.js';
import type {RealServerSpec, VirtualServerId} from '../../../net/ipvs/ipvs.js';

/** Ends the tool with a message and an exit status. */
export class IpvsadmExit extends Error {
	readonly exitCode: number;

	constructor(exitCode: number, message: string) {
		super(message);
		this.exitCode = exitCode;
	}
}

export type CommandName =
	| 'add-service'
	| 'edit-service'
	| 'delete-service'
	| 'flush'
	| 'list'
	| 'add-server'
	| 'delete-server'
	| 'edit-server'
	| 'set'
	| 'start-daemon'
	| 'stop-daemon'
	| 'restore'
	| 'save'
	| 'zero'
	| 'help'
	| 'version';

export interface Words {
	readonly command: CommandName;
	readonly service?: VirtualServerId;
	readonly server?: {readonly address: string; readonly port: number};
	readonly scheduler?: string;
	readonly persistentSeconds?: number;
	readonly netmask?: string;
	readonly forward?: RealServerSpec['forward'];
	readonly weight?: number;
	readonly upperThreshold?: number;
	readonly lowerThreshold?: number;
	readonly schedulerFlags?: readonly string[];
	readonly onePacket: boolean;
	/** Names of the options given, as messages call them. */
	readonly given: ReadonlySet<string>;
	readonly timeouts?: readonly [number, number, number];
}

const commandNames: Readonly<Record<string, CommandName>> = {
	'-A': 'add-service',
	'--add-service': 'add-service',
	'-E': 'edit-service',
	'--edit-service': 'edit-service',
	'-D': 'delete-service',
	'--delete-service': 'delete-service',
	'-C': 'flush',
	'--clear': 'flush',
	'-L': 'list',
	'-l': 'list',
	'--list': 'list',
	'-a': 'add-server',
	'--add-server': 'add-server',
	'-e': 'edit-server',
	'--edit-server': 'edit-server',
	'-d': 'delete-server',
	'--delete-server': 'delete-server',
	'-Z': 'zero',
	'--zero': 'zero',
	'-R': 'restore',
	'--restore': 'restore',
	'-S': 'save',
	'--save': 'save',
	'--set': 'set',
	'--start-daemon': 'start-daemon',
	'--stop-daemon': 'stop-daemon',
	'-h': 'help',
	'--help': 'help',
	'-v': 'version',
	'--version': 'version',
};

interface OptionSpec {
	/** What messages call it. */
	readonly name: string;
	readonly argument?: 'needed' | 'optional';
}

const option = (name: string, argument?: OptionSpec['argument']): OptionSpec => ({name, ...(argument && {argument})});
const service = option('service-address', 'needed');
const forwarding = option('forwarding-method');
const options: Readonly<Record<string, OptionSpec>> = {
	'-t': service,
	'--tcp-service': service,
	'-u': service,
	'--udp-service': service,
	'--sctp-service': service,
	'-f': service,
	'--fwmark-service': service,
	'-s': option('scheduler', 'needed'),
	'--scheduler': option('scheduler', 'needed'),
	'-p': option('persistent', 'optional'),
	'--persistent': option('persistent', 'optional'),
	'-M': option('netmask', 'needed'),
	'--netmask': option('netmask', 'needed'),
	'-r': option('real-server', 'needed'),
	'--real-server': option('real-server', 'needed'),
	'-g': forwarding,
	'--gatewaying': forwarding,
	'-i': forwarding,
	'--ipip': forwarding,
	'-m': forwarding,
	'--masquerading': forwarding,
	'-w': option('weight', 'needed'),
	'--weight': option('weight', 'needed'),
	'-x': option('u-threshold', 'needed'),
	'--u-threshold': option('u-threshold', 'needed'),
	'-y': option('l-threshold', 'needed'),
	'--l-threshold': option('l-threshold', 'needed'),
	'-c': option('connection'),
	'--connection': option('connection'),
	'--timeout': option('timeout'),
	'--daemon': option('daemon'),
	'--stats': option('stats'),
	'--rate': option('rate'),
	'--exact': option('exact'),
	'--thresholds': option('thresholds'),
	'--persistent-conn': option('persistent-conn'),
	'--nosort': option('nosort'),
	'--sort': option('sort'),
	'-o': option('ops'),
	'--ops': option('ops'),
	'-n': option('numeric'),
	'--numeric': option('numeric'),
	'-b': option('sched-flags', 'needed'),
	'--sched-flags': option('sched-flags', 'needed'),
	'--pe': option('pe', 'needed'),
	'-6': option('ipv6'),
	'--ipv6': option('ipv6'),
	'--tun-info': option('tun-info'),
};

/** Per command: the options it must have, and those it may have. Any other is illegal with it. */
const rules: Readonly<Record<string, readonly [must: readonly string[], may: readonly string[]]>> = {
	'add-service': [['service-address'], ['scheduler', 'persistent', 'netmask', 'ops', 'pe', 'sched-flags']],
	'edit-service': [['service-address'], ['scheduler', 'persistent', 'netmask', 'ops', 'pe', 'sched-flags']],
	'delete-service': [['service-address'], []],
	flush: [[], []],
	list: [
		[],
		[
			'numeric',
			'connection',
			'service-address',
			'timeout',
			'daemon',
			'stats',
			'rate',
			'thresholds',
			'persistent-conn',
			'nosort',
			'exact',
			'tun-info',
		],
	],
	'add-server': [
		['service-address', 'real-server'],
		['forwarding-method', 'weight', 'u-threshold', 'l-threshold'],
	],
	'edit-server': [
		['service-address', 'real-server'],
		['forwarding-method', 'weight', 'u-threshold', 'l-threshold'],
	],
	'delete-server': [['service-address', 'real-server'], []],
	set: [[], []],
	'start-daemon': [[], []],
	'stop-daemon': [[], []],
	restore: [[], []],
	save: [[], ['numeric']],
	zero: [[], ['service-address']],
};

/** The order in which ipvsadm checks its options (optnames in ipvsadm.c). */
const checkOrder = [
	'numeric',
	'connection',
	'service-address',
	'scheduler',
	'persistent',
	'netmask',
	'real-server',
	'forwarding-method',
	'weight',
	'u-threshold',
	'l-threshold',
	'timeout',
	'daemon',
	'stats',
	'rate',
	'thresholds',
	'persistent-conn',
	'nosort',
	'exact',
	'ops',
	'pe',
	'sched-flags',
	'tun-info',
];

const tryHelp = () => new IpvsadmExit(255, "Try `ipvsadm -h' or 'ipvsadm --help' for more information.");
const wrong = (message: string) => new IpvsadmExit(2, message);

type Draft = {-readonly [K in keyof Words]: Words[K]} & {given: Set<string>};

/** Reads a command line the way ipvsadm 1.31 and popt do. */
export function readWords(args: readonly string[]): Words {
	const words = split(args);
	const first = words.shift();
	if (first === undefined) return {command: 'list', given: new Set(), onePacket: false};
	const command = lookup(commandNames, first.text);
	if (!command) throw tryHelp();
	const draft: Draft = {command, given: new Set(), onePacket: false};
	if (['help', 'version', 'start-daemon', 'stop-daemon'].includes(command)) return draft;
	if (command === 'set') return {...draft, timeouts: readTimeouts(words.map(word => word.text))};
	while (words.length > 0) readOption(draft, words);
	check(draft);
	return draft;
}

interface Word {
	readonly text: string;
	/** As typed, for messages about a letter inside a cluster. */
	readonly isOption: boolean;
}

/** `-Lnc` is three options; `--opt=value` two words. */
function split(args: readonly string[]): Word[] {
	return args.flatMap((arg): Word[] => {
		const long = /^(--[a-z-]+)=(.*)$/.exec(arg);
		if (long)
			return [
				{text: long[1]!, isOption: true},
				{text: long[2]!, isOption: false},
			];
		if (/^-[A-Za-z0-9]{2,}$/.test(arg)) return cluster(arg.slice(1));
		return [{text: arg, isOption: arg.startsWith('-') && arg !== '-'}];
	});
}

function cluster(letters: string): Word[] {
	const words: Word[] = [];
	for (let i = 0; i < letters.length; i++) {
		const text = `-${letters[i]}`;
		words.push({text, isOption: true});
		const rest = letters.slice(i + 1);
		if (lookup(options, text)?.argument && rest !== '') return [...words, {text: rest, isOption: false}];
	}
	return words;
}

function readOption(draft: Draft, words: Word[]): void {
	const {text, isOption} = words.shift()!;
	if (!isOption) throw wrong(`unexpected argument ${text}`);
	if (commandNames[text]) throw wrong(`invalid option \`${text}'`);
	const spec = lookup(options, text);
	if (!spec) throw new IpvsadmExit(255, `${text}: unknown option`);
	let value: string | undefined;
	if (spec.argument === 'needed') {
		value = words.shift()?.text;
		if (value === undefined) throw new IpvsadmExit(255, `${text}: missing argument`);
	} else if (spec.argument === 'optional' && words[0] && !words[0].isOption) value = words.shift()!.text;
	if (draft.given.has(spec.name) && spec.name !== 'numeric') throw wrong(`multiple '${spec.name}' options specified`);
	draft.given.add(spec.name);
	take(draft, text, spec.name, value ?? '');
}

const forwards: Readonly<Record<string, RealServerSpec['forward']>> = {
	'-g': 'Route',
	'--gatewaying': 'Route',
	'-i': 'Tunnel',
	'--ipip': 'Tunnel',
	'-m': 'Masq',
	'--masquerading': 'Masq',
};
const protocols: Readonly<Record<string, VirtualServerId['protocol']>> = {
	'-t': 'tcp',
	'--tcp-service': 'tcp',
	'-u': 'udp',
	'--udp-service': 'udp',
	'--sctp-service': 'sctp',
	'-f': 'fwmark',
	'--fwmark-service': 'fwmark',
};

function take(draft: Draft, text: string, name: string, value: string): void {
	if (name === 'service-address') draft.service = readService(protocols[text]!, value);
	else if (name === 'real-server') draft.server = endpoint(value, 'illegal real server address[:port] specified');
	else if (name === 'forwarding-method') draft.forward = forwards[text]!;
	else if (name === 'scheduler') draft.scheduler = value;
	else if (name === 'persistent')
		draft.persistentSeconds = value === '' ? 360 : number(value, 1, 31 * 24 * 3600, `invalid timeout value \`${value}' specified`);
	else if (name === 'weight') draft.weight = number(value, 0, 65_535, 'illegal weight specified');
	else if (name === 'u-threshold') draft.upperThreshold = number(value, 0, 2 ** 31 - 1, 'illegal u_threshold specified');
	else if (name === 'l-threshold') draft.lowerThreshold = number(value, 0, 2 ** 31 - 1, 'illegal l_threshold specified');
	else if (name === 'ops') draft.onePacket = true;
	else if (name === 'sched-flags') draft.schedulerFlags = value.split(',');
	else if (name === 'netmask') {
		if (parseIpv4(value) === undefined) throw wrong(`invalid netmask \`${value}' specified`);
		draft.netmask = value;
	}
}

function number(text: string, low: number, high: number, message: string): number {
	const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
	if (!(value >= low && value <= high)) throw wrong(message);
	return value;
}

function readService(protocol: VirtualServerId['protocol'], text: string): VirtualServerId {
	if (protocol !== 'fwmark') return {protocol, ...endpoint(text, 'illegal virtual server address[:port] specified')};
	return {protocol, address: '', port: number(text, 1, 0xff_ff_ff_ff, `invalid fwmark value \`${text}' specified`)};
}

function endpoint(text: string, message: string): {address: string; port: number} {
	const [address = '', port] = text.split(':');
	if (parseIpv4(address) === undefined) throw wrong(message);
	try {
		return {address, port: port === undefined ? 0 : readPort(port)};
	} catch {
		throw wrong(message);
	}
}

function readTimeouts(words: readonly string[]): [number, number, number] {
	if (words.length < 3) throw wrong('--set option requires 3 timeout values');
	if (words.length > 3) throw wrong(`unexpected argument ${words[3]}`);
	const [tcp = 0, tcpFin = 0, udp = 0] = words.map(text => number(text, 0, 31 * 24 * 3600, `illegal timeout value \`${text}' specified`));
	return [tcp, tcpFin, udp];
}

/** Which options go with which command, then what the values must fit. */
function check({command, given, service, persistentSeconds, onePacket}: Draft): void {
	const [must, may] = rules[command]!;
	for (const name of checkOrder) {
		if (must.includes(name) && !given.has(name)) throw wrong(`You need to supply the '${name}' option for the '${command}' command`);
		if (given.has(name) && !must.includes(name) && !may.includes(name))
			throw wrong(`Illegal '${name}' option with the '${command}' command`);
	}
	if (command === 'list') checkList(given);
	if (command !== 'add-service' && command !== 'edit-service') return;
	if (service!.port === 0 && persistentSeconds === undefined) throw wrong('Zero port specified for non-persistent service');
	if (onePacket && service!.protocol !== 'udp' && service!.protocol !== 'fwmark')
		throw wrong('One-Packet Scheduling is only for UDP virtual services');
}

/** -c, -t, --timeout and --daemon exclude each other; the layouts do not go with the connection table. */
function checkList(given: ReadonlySet<string>): void {
	const alone = ['connection', 'service-address', 'timeout', 'daemon'].filter(name => given.has(name));
	if (alone.length > 1) throw wrong(`The option '${alone[1]}' conflicts with the '${alone[0]}' option in the 'list' command`);
	const layouts = ['stats', 'rate', 'thresholds', 'persistent-conn'].filter(name => given.has(name));
	const special = given.has('connection') || given.has('timeout') || given.has('daemon');
	if (special && layouts.some(name => name !== 'persistent-conn')) throw wrong('options conflicts in the list command');
	if (layouts.length > 1) throw wrong('options conflicts in the list command');
}
