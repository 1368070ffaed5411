import type {ConntrackEntry, Tuple} from './conntrack.js';

const numbers: Readonly<Record<ConntrackEntry['protocol'], number>> = {icmp: 1, tcp: 6, udp: 17, sctp: 132};

const tuple = (
	protocol: ConntrackEntry['protocol'],
	{source, destination, sourcePort, destinationPort}: Tuple,
	isReply: boolean,
): string =>
	protocol === 'icmp'
		? `src=${source} dst=${destination} type=${isReply ? 0 : 8} code=0 id=${sourcePort}`
		: `src=${source} dst=${destination} sport=${sourcePort} dport=${destinationPort}`;

/** What conntrack and /proc/net/nf_conntrack both say of an entry: from its protocol to its mark. */
export function entryText(entry: ConntrackEntry, nowMs: number): string {
	const {protocol, state, expiresMs, original, reply, unreplied, assured, mark} = entry;
	const seconds = Math.max(0, Math.floor((expiresMs - nowMs) / 1000));
	return [
		`${protocol.padEnd(8)} ${numbers[protocol]} ${seconds}`,
		...(state === '' ? [] : [state]),
		tuple(protocol, original, false),
		...(unreplied ? ['[UNREPLIED]'] : []),
		tuple(protocol, reply, true),
		...(assured ? ['[ASSURED]'] : []),
		`mark=${mark}`,
	].join(' ');
}
