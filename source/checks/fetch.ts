import {plainChannel, tlsChannel} from '../commands/net-client/http/channel.js';
import {headerOf, parseHttpResponse, toText} from '../commands/net-client/http/message.js';
import type {Outcome} from '../net/outcome.js';
import type {Machine} from '../node/host/machine.js';

export interface Fetched {
	readonly outcome: Outcome;
	readonly status?: number;
	readonly body?: string;
	/** Why TLS failed, in a word: `self-signed`, `wrong-version` ... */
	readonly tls?: string;
	/** Subject of the server's certificate. */
	readonly subject?: string;
	header(name: string): string | undefined;
}

export interface Fetch {
	readonly address: string;
	readonly port: number;
	readonly path: string;
	/** Host header, and the name asked for in TLS. */
	readonly host: string;
	/** Others that are sent. */
	readonly headers?: Readonly<Record<string, string>>;
	/** False: only the connection counts. */
	readonly http?: boolean;
	/** Any certificate will do: a check that cares looks at the subject. */
	readonly tls?: boolean;
}

const noHeaders = () => undefined;

/** One HTTP request over a connection of the machine's own network. */
export function fetchFrom(machine: Machine, {address, port, path, host, headers = {}, http = true, tls = false}: Fetch): Fetched {
	const connection = machine.stack.connect(address, port);
	if (connection.outcome.kind !== 'connected' || !http) return {outcome: connection.outcome, header: noHeaders};
	const trust = {serverName: host, insecure: true, trusted: '', nowMs: machine.sim.clock.now()};
	const channel = tls ? tlsChannel(connection, trust) : plainChannel(connection);
	if ('failure' in channel) return {outcome: connection.outcome, tls: channel.failure, header: noHeaders};
	const sent = Object.entries({Host: host, 'User-Agent': 'curl/7.76.1', Accept: '*/*', ...headers, Connection: 'close'});
	const answer = channel.exchange(`GET ${path} HTTP/1.1\r\n${sent.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
	channel.close();
	if (answer.end === 'timeout') return {outcome: {kind: 'timeout', by: `${address}:${port}`}, header: noHeaders};
	if (!answer.bytes) return {outcome: {kind: 'reset'}, header: noHeaders};
	const response = parseHttpResponse(answer.bytes);
	return {
		outcome: connection.outcome,
		...(response && {status: response.status}),
		body: toText(response?.body ?? answer.bytes),
		...(channel.hello && {subject: channel.hello.subject}),
		header: name => response && headerOf(response, name),
	};
}

/** A closed port answers with a reset, a rule's REJECT with an ICMP message: curl says "Connection refused" to both. */
export const isRefused = (outcome: Outcome): boolean =>
	outcome.kind === 'refused' || (outcome.kind === 'unreachable' && outcome.code === 'port');

/** What came of it, as a learner would say it. */
export function describeOutcome(outcome: Outcome): string {
	switch (outcome.kind) {
		case 'connected':
			return 'connected';
		case 'refused':
			return 'connection refused';
		case 'timeout':
			// The rule's text is for the trace: here the machine says enough.
			return `no answer (timeout, lost at ${outcome.by.replace(/: iptables .*$/, '')})`;
		case 'unreachable':
			return isRefused(outcome) ? 'connection refused' : `${outcome.code} unreachable (from ${outcome.from})`;
		case 'ttl-exceeded':
			return `time to live exceeded (at ${outcome.from})`;
		case 'reset':
			return 'connection reset';
	}
}
