import {parseIpv4} from '../../../net/address.js';
import type {DnsMessage} from '../../../net/dns-message.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Effect} from '../../../shell/command.js';
import {askServer} from './dns-client.js';
import {findInHosts, nameInHosts} from './hosts-file.js';
import {candidates, type ResolvConf, readResolvConf} from './resolv-conf.js';

/** What getaddrinfo gives: addresses, or why not. */
export type Resolution =
	| {readonly addresses: readonly string[]; readonly canonical: string}
	| {readonly addresses: readonly []; readonly error: 'unknown' | 'temporary'};

/** In glibc's words (gai_strerror). */
export const resolveErrors = {unknown: 'Name or service not known', temporary: 'Temporary failure in name resolution'} as const;

/** Models glibc: an address as it is, then /etc/hosts, then DNS with search list, servers and retries. */
export function* resolve(machine: Machine, name: string): Generator<Effect, Resolution, unknown> {
	if (parseIpv4(name) !== undefined) return {addresses: [name], canonical: name};
	const entry = findInHosts(machine.files, name);
	if (entry) return {addresses: [entry.address], canonical: entry.canonical};
	if (
		name === '' ||
		name.length > 253 ||
		name.split('.').some((label, i, all) => label.length > 63 || (label === '' && i < all.length - 1))
	) {
		return {addresses: [], error: 'unknown'};
	}

	const conf = readResolvConf(machine.files);
	let silent = false;
	for (const candidate of candidates(name, conf)) {
		const reply = yield* askInTurn(machine, conf, candidate, 'A');
		if (!reply) {
			// Without any server to answer, the other candidates would fare no better.
			return {addresses: [], error: 'temporary'};
		}

		if (reply.rcode !== 'NOERROR' && reply.rcode !== 'NXDOMAIN') silent = true;
		const addresses = reply.answers.filter(record => record.type === 'A').map(record => record.data);
		if (addresses.length > 0) return {addresses, canonical: canonicalOf(reply, candidate)};
	}

	return {addresses: [], error: silent ? 'temporary' : 'unknown'};
}

const canonicalOf = (reply: DnsMessage, asked: string): string =>
	(reply.answers.find(record => record.type === 'A')?.name ?? asked).replace(/\.$/, '');

/** One question to the servers in order, again and again as resolv.conf says; undefined when none answers. */
export function* askInTurn(
	machine: Machine,
	conf: ResolvConf,
	name: string,
	type: string,
): Generator<Effect, DnsMessage | undefined, unknown> {
	let last: DnsMessage | undefined;
	for (let attempt = 0; attempt < conf.attempts; attempt++) {
		for (const server of conf.servers) {
			const reply = yield* askServer(machine, server, {name, type}, conf.timeoutMs);
			if (reply.kind !== 'answer') continue;
			if (reply.message.rcode !== 'SERVFAIL' && reply.message.rcode !== 'REFUSED') return reply.message;
			last = reply.message;
		}
	}

	return last;
}

/** The name of an address, from /etc/hosts or by a PTR question. */
export function* nameOf(machine: Machine, address: string): Generator<Effect, string | undefined, unknown> {
	const known = nameInHosts(machine.files, address);
	if (known) return known;
	const reply = yield* askInTurn(machine, {...readResolvConf(machine.files), attempts: 1}, reverseName(address), 'PTR');
	return reply?.answers.find(record => record.type === 'PTR')?.data.replace(/\.$/, '');
}

export const isAddress = (text: string): boolean => parseIpv4(text) !== undefined || /^[\da-f]*:[\da-f:]*:[\da-f:]*$/i.test(text);

/** Of an IPv6 address digit by digit. */
export const reverseName = (address: string): string =>
	address.includes(':')
		? `${[...hexDigits(address)].reverse().join('.')}.ip6.arpa.`
		: `${address.split('.').reverse().join('.')}.in-addr.arpa.`;

function hexDigits(address: string): string {
	const [head = [], tail = []] = address.split('::').map(half => half.split(':').filter(Boolean));
	const groups = [...head, ...Array(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
	return groups.map(group => group.padStart(4, '0')).join('');
}
