import {type DnsMessage, decodeDns, encodeDns} from '../../../net/dns-message.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Effect} from '../../../shell/command.js';

/** What came of one question to one server. */
export type DnsReply =
	| {readonly kind: 'answer'; readonly message: DnsMessage; readonly bytes: number; readonly tookMs: number; readonly overTcp: boolean}
	| {readonly kind: 'refused' | 'timeout' | 'unreachable'};

export interface DnsQuestion {
	readonly name: string;
	readonly type: string;
	readonly port?: number;
	readonly udpSize?: number;
	readonly cookie?: string;
	readonly recursion?: boolean;
	readonly overTcp?: boolean;
	readonly class?: string;
	readonly authenticData?: boolean;
	readonly checkingDisabled?: boolean;
	/** Told of the query as it leaves, and of its length. */
	sent?(query: DnsMessage, bytes: number): void;
	/** An answer that did not fit will do. */
	readonly keepsTruncated?: boolean;
	/** Told that the answer did not fit, before the question is asked over TCP. */
	truncated?(): void;
}

/** One question, one try: a real datagram through the machine's network. Waits as long as the answer, or the silence, takes. */
export function* askServer(
	machine: Machine,
	server: string,
	question: DnsQuestion,
	timeoutMs: number,
): Generator<Effect, DnsReply, unknown> {
	const {name, type, port = 53} = question;
	const id = machine.sim.random.fork(`dns-client/${machine.name}`).int(65_536);
	const message: DnsMessage = {
		id,
		response: false,
		rcode: 'NOERROR',
		recursionDesired: question.recursion ?? true,
		authenticData: question.authenticData ?? false,
		checkingDisabled: question.checkingDisabled ?? false,
		question: {name, type, ...(question.class && {class: question.class})},
		answers: [],
		authorities: [],
		additionals: [],
		...(question.udpSize && {edns: {udpSize: question.udpSize, ...(question.cookie && {cookie: question.cookie})}}),
	};
	const query = encodeDns(message);
	question.sent?.(message, query.length);
	const reply = question.overTcp ? exchangeTcp(machine, server, port, query) : exchangeUdp(machine, server, port, query);
	if (reply.kind !== 'answer') {
		if (reply.kind === 'timeout') yield {sleepMs: timeoutMs};
		return reply;
	}

	if (reply.delayMs > timeoutMs) {
		yield {sleepMs: timeoutMs};
		return {kind: 'timeout'};
	}

	if (reply.delayMs > 0) yield {sleepMs: reply.delayMs};
	const answer = decodeDns(reply.bytes);
	if (!answer || answer.id !== id) return {kind: 'timeout'};
	if (answer.truncated && !question.overTcp && !question.keepsTruncated) {
		question.truncated?.();
		return yield* askServer(machine, server, {...question, overTcp: true}, timeoutMs);
	}
	const overTcp = question.overTcp === true;
	return {kind: 'answer', message: answer, bytes: reply.bytes.length, tookMs: reply.delayMs, overTcp};
}

type Raw =
	| {readonly kind: 'answer'; readonly bytes: string; readonly delayMs: number}
	| {readonly kind: 'refused' | 'timeout' | 'unreachable'};

function exchangeUdp(machine: Machine, server: string, port: number, query: string): Raw {
	const {outcome, payload, delayMs} = machine.stack.exchange(server, port, query);
	if (payload !== undefined && payload !== '') return {kind: 'answer', bytes: payload, delayMs};
	return {kind: failureOf(outcome)};
}

function exchangeTcp(machine: Machine, server: string, port: number, query: string): Raw {
	const connection = machine.stack.connect(server, port);
	if (connection.outcome.kind !== 'connected') return {kind: failureOf(connection.outcome)};
	const {bytes, delayMs} = connection.exchange(String.fromCharCode(query.length >> 8, query.length & 255) + query);
	connection.close();
	return bytes.length > 2 ? {kind: 'answer', bytes: bytes.slice(2), delayMs} : {kind: 'timeout'};
}

function failureOf(outcome: {readonly kind: string; readonly code?: string}): 'refused' | 'timeout' | 'unreachable' {
	if (outcome.kind === 'refused' || outcome.code === 'port') return 'refused';
	return outcome.kind === 'unreachable' ? 'unreachable' : 'timeout';
}
