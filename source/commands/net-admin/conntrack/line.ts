import type {ConntrackEntry, Tuple} from '../../../net/conntrack.js';

const numbers: Readonly<Record<ConntrackEntry['protocol'], number>> = {icmp: 1, tcp: 6, udp: 17, sctp: 132};

const tuple = (
	protocol: ConntrackEntry['protocol'],
	{source, destination, sourcePort, destinationPort}: Tuple,
	isReply: boolean,
): string =>
	protocol === 'icmp'
		? `src=${source} dst=${destination} type=${isReply ? 0 : 8} code=0 id=${sourcePort}`
		: `src=${source} dst=${destination} sport=${sourcePort} dport=${destinationPort}`;

/** An entry as `conntrack -L` prints it, `extended` with its layer 3 protocol in front. */
export function entryLine(entry: ConntrackEntry, nowMs: number, extended: boolean, id?: number): string {
	const {protocol, state, expiresMs, original, reply, unreplied, assured, mark} = entry;
	const seconds = Math.max(0, Math.floor((expiresMs - nowMs) / 1000));
	return [
		`${extended ? 'ipv4     2 ' : ''}${protocol.padEnd(8)} ${numbers[protocol]} ${seconds}`,
		...(state === '' ? [] : [state]),
		tuple(protocol, original, false),
		...(unreplied ? ['[UNREPLIED]'] : []),
		tuple(protocol, reply, true),
		...(assured ? ['[ASSURED]'] : []),
		`mark=${mark} use=1`,
		...(id === undefined ? [] : [`id=${id}`]),
	].join(' ');
}

const zeroes = (names: string) =>
	names
		.split(' ')
		.map(name => `${name}=0 `)
		.join('');

/** A line for each of the machine's processors; what the kernel never fails at stays zero. */
export const statistics = (table: string, processors: number): string =>
	Array.from({length: processors}, (_, cpu) =>
		table === 'expect'
			? `cpu=${cpu}   \t${zeroes('expect_new expect_create expect_delete')}\n`
			: `cpu=${cpu}   \t${zeroes('found invalid insert insert_failed drop early_drop error search_restart clash_resolve chaintoolong')}\n`,
	).join('');
