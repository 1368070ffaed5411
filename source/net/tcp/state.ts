/** How conntrack follows a TCP connection (net/netfilter/nf_conntrack_proto_tcp.c), for packets in the usual order. */
export interface TcpFlags {
	readonly syn?: boolean;
	readonly ack?: boolean;
	readonly fin?: boolean;
	readonly rst?: boolean;
}

export type TcpState = 'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'FIN_WAIT' | 'CLOSE_WAIT' | 'LAST_ACK' | 'TIME_WAIT' | 'CLOSE';

/** State of a first packet; undefined: INVALID. `loose` picks up connections that were there before. */
export function tcpStart(flags: TcpFlags, loose: boolean): TcpState | undefined {
	if (flags.rst) return undefined;
	if (flags.syn) return flags.ack ? undefined : 'SYN_SENT';
	if (flags.fin) return undefined;
	return loose ? 'ESTABLISHED' : undefined;
}

const original: Readonly<Record<string, Readonly<Record<string, TcpState>>>> = {
	syn: {SYN_SENT: 'SYN_SENT', SYN_RECV: 'SYN_RECV'},
	fin: {
		SYN_RECV: 'FIN_WAIT',
		ESTABLISHED: 'FIN_WAIT',
		FIN_WAIT: 'LAST_ACK',
		CLOSE_WAIT: 'LAST_ACK',
		LAST_ACK: 'LAST_ACK',
		TIME_WAIT: 'TIME_WAIT',
		CLOSE: 'CLOSE',
	},
	ack: {SYN_RECV: 'ESTABLISHED', FIN_WAIT: 'CLOSE_WAIT', LAST_ACK: 'TIME_WAIT'},
};
const reply: typeof original = {
	syn: {SYN_SENT: 'SYN_RECV', SYN_RECV: 'SYN_RECV'},
	fin: original['fin']!,
	ack: {FIN_WAIT: 'CLOSE_WAIT', LAST_ACK: 'TIME_WAIT'},
};

/** The next state, or undefined when the packet does not fit: INVALID. */
export function nextTcpState(state: string, flags: TcpFlags, isReply: boolean): TcpState | undefined {
	if (flags.rst) return 'CLOSE';
	const kind = flags.syn ? 'syn' : flags.fin ? 'fin' : 'ack';
	const next = (isReply ? reply : original)[kind]![state];
	if (next) return next;
	if (kind === 'syn') return state === 'SYN_SENT' ? undefined : (state as TcpState);
	if (kind === 'fin') return undefined;
	return state === 'SYN_SENT' ? undefined : (state as TcpState);
}
