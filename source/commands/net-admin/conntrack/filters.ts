import {lookup} from '../lookup.js';
import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {ConntrackEntry, ConntrackRow} from '../../../net/conntrack.js';
import {dnatDone, snatDone} from '../../../net/nat-bits.js';
import {type Given, protocolOf, UsageError} from './options.js';

export type Test = (entry: ConntrackEntry) => boolean;
type Side = 'original' | 'reply';

function addressIn(value: string): (address: string) => boolean {
	const [address = '', length] = value.split('/');
	if (parseIpv4(address) === undefined && !address.includes(':')) throw new UsageError(`Invalid IP address \`${value}'`);
	if (length !== undefined && parseIpv4(length) === undefined && !(/^\d+$/.test(length) && Number(length) <= 32))
		throw new UsageError('Invalid netmask');
	const prefix = parsePrefix(value);
	return text => prefix !== undefined && inPrefix(parseIpv4(text) ?? 0, prefix);
}

const address = (side: Side, end: 'source' | 'destination') => (value: string) => {
	const fits = addressIn(value);
	return (entry: ConntrackEntry) => fits(entry[side][end]);
};
const port =
	(side: Side, end: 'sourcePort' | 'destinationPort') =>
	(value: string): Test =>
	entry =>
		entry[side][end] === (Number.parseInt(value, 10) || 0);

const states = ['NONE', 'SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT', 'CLOSE', 'LISTEN'];

function state(value: string): Test {
	if (!states.includes(value)) throw new UsageError(`unknown TCP state \`${value}'`);
	return entry => entry.state === value;
}

const statuses: Readonly<Record<string, Test>> = {
	ASSURED: entry => entry.assured,
	UNREPLIED: entry => entry.unreplied,
	SEEN_REPLY: entry => !entry.unreplied,
	SRC_NAT: entry => translated(snatDone)(entry),
	DST_NAT: entry => translated(dnatDone)(entry),
	CONFIRMED: () => true,
	FIXED_TIMEOUT: () => false,
	EXPECTED: () => false,
	OFFLOAD: () => false,
	HW_OFFLOAD: () => false,
};

function status(value: string): Test {
	const tests = value.split(',').map(name => {
		const test = lookup(statuses, name);
		if (!test) throw new UsageError(`Bad parameter \`${name}'`);
		return test;
	});
	return entry => tests.every(test => test(entry));
}

const translated = (bits: number) => (entry: ConntrackEntry) => ((entry as ConntrackRow).nat & bits) !== 0;

/** Rewritten, and to this address where one is given. */
function rewritten(bits: number): (value: string) => Test {
	return value => {
		if (value === '') return translated(bits);
		const fits = addressIn(value);
		return entry =>
			translated(bits)(entry) &&
			(((bits & snatDone) !== 0 && fits(entry.reply.destination)) || ((bits & dnatDone) !== 0 && fits(entry.reply.source)));
	};
}

function mark(value: string): Test {
	const [wanted = 0, mask = 0xff_ff_ff_ff] = value.split('/').map(part => Number.parseInt(part, part.startsWith('0x') ? 16 : 10) || 0);
	return entry => (entry.mark & mask) >>> 0 === wanted;
}

function family(value: string): Test {
	if (value !== 'ipv4' && value !== 'ipv6') throw new UsageError(`\`${value}' unsupported protocol`);
	return () => value === 'ipv4';
}

const any = (): Test => () => true;
/** Nothing here has a label, a secmark, or a zone but the first. */
const none = (value: string): Test => (Number(value) === 0 ? () => true : () => false);

const tests: Readonly<Record<string, (value: string) => Test>> = {
	protonum: value => entry => entry.protocol === protocolOf(value),
	src: address('original', 'source'),
	dst: address('original', 'destination'),
	'reply-src': address('reply', 'source'),
	'reply-dst': address('reply', 'destination'),
	sport: port('original', 'sourcePort'),
	dport: port('original', 'destinationPort'),
	'reply-port-src': port('reply', 'sourcePort'),
	'reply-port-dst': port('reply', 'destinationPort'),
	state,
	'icmp-type': value => () => Number(value) === 8,
	'icmp-code': value => () => Number(value) === 0,
	'icmp-id': port('original', 'sourcePort'),
	mark,
	status,
	'src-nat': rewritten(snatDone),
	'dst-nat': rewritten(dnatDone),
	'any-nat': rewritten(snatDone | dnatDone),
	zone: none,
	secmark: none,
	family,
};

/** All must hold; the last of the same option counts. */
export function testsOf(given: readonly Given[]): Test {
	const last = new Map(given.map(({option, value}) => [option.long, (tests[option.long] ?? any)(value)]));
	return entry => [...last.values()].every(test => test(entry));
}
