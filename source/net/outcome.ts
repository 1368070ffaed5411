/** What came of sending something: never an exception, always a value that a tool can print and a check can quote. */
export type Outcome =
	| {readonly kind: 'connected'}
	/** A RST answered, or a REJECT with tcp-reset. */
	| {readonly kind: 'refused'; readonly by: string}
	/** Nothing answered: dropped somewhere, or nobody there. `by` names the hop that swallowed it. */
	| {readonly kind: 'timeout'; readonly by: string}
	/** An ICMP error came back, or there is no route (then `from` is the sender itself). `by` names the rule or route behind it. */
	| {readonly kind: 'unreachable'; readonly code: IcmpUnreachable; readonly from: string; readonly by?: string}
	| {readonly kind: 'ttl-exceeded'; readonly from: string}
	| {readonly kind: 'reset'};

export type IcmpUnreachable = 'net' | 'host' | 'port' | 'protocol' | 'prohibited' | 'no-route' | 'frag-needed';
