import type {Outcome} from '../net/outcome.js';
import type {Origin} from './walk/origin.js';
import type {Step} from './walk/step.js';

/** The way of one request, as data. The schema of `--json` (docs/trace.md). */
export interface Trace {
	readonly request: string;
	/** `k8s-master`, `pod default/web-1`. */
	readonly from: string;
	readonly verdict: Verdict;
	readonly conversations: readonly Conversation[];
	/** What the command itself printed and how it ended. */
	readonly result: {readonly exitCode: number; readonly stdout: string; readonly stderr: string};
}

/** A question and its answer: a TCP connection, a datagram, an echo. */
export interface Conversation {
	/** `k8s-master`, `pod default/web-1`. */
	readonly from: string;
	readonly protocol: 'tcp' | 'udp' | 'icmp';
	/** As the asker sees it, before any NAT. */
	readonly source: string;
	readonly destination: string;
	/** Of a DNS question: the name and type. */
	readonly asks?: string;
	readonly verdict: Verdict;
	/** Where else the Service might have led, if asked for. */
	readonly draws?: readonly Draw[];
	readonly hops: readonly Step[];
	/** The way back of the first answer: of a SYN+ACK, a RST, an ICMP error, a datagram. */
	readonly reply: readonly Step[];
	/** What the server asked others before it answered. */
	readonly nested: readonly Conversation[];
}

/** What another throw of the dice would have met: an endpoint, and how it takes a connection. */
export interface Draw {
	readonly endpoint: string;
	readonly pod?: string;
	readonly fate: Outcome['kind'];
}

export type VerdictKind = 'answered' | 'refused' | 'dropped' | 'unreachable' | 'timeout' | 'reset' | 'no-name' | 'not-sent';

export interface Verdict {
	readonly kind: VerdictKind;
	/** One sentence that says what decided. */
	readonly sentence: string;
	/** The rule that decided, if one did. */
	readonly rule?: {readonly where: string; readonly table: string; readonly chain: string; readonly rule?: number; readonly text?: string};
	readonly object?: Origin;
}
