import type {Machine} from '../node/machine.js';
import type {Outcome} from '../net/outcome.js';

export interface Fetched {
	readonly outcome: Outcome;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

/** One plain HTTP request over a connection of the machine's own network. */
export function fetchFrom(machine: Machine, address: string, port: number, path = '/', host = address): Fetched {
	const connection = machine.stack.connect(address, port);
	if (connection.outcome.kind !== 'connected') return {outcome: connection.outcome};
	const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: curl/7.76.1\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
	const answer = connection.exchange(request);
	connection.close();
	if (answer.end === 'timeout') return {outcome: {kind: 'timeout', by: `${address}:${port}`}};
	if (!answer.bytes) return {outcome: {kind: 'reset'}};
	return {outcome: connection.outcome, ...parseResponse(answer.bytes)};
}

function parseResponse(bytes: string): Pick<Fetched, 'status' | 'headers' | 'body'> {
	const end = bytes.indexOf('\r\n\r\n');
	const head = (end === -1 ? bytes : bytes.slice(0, end)).split('\r\n');
	const status = Number(/^HTTP\/\S+ (\d{3})/.exec(head[0] ?? '')?.[1]);
	if (!status) return {body: bytes};
	const headers = Object.fromEntries(
		head.slice(1).map(line => {
			const colon = line.indexOf(':');
			return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
		}),
	);
	return {status, headers, body: end === -1 ? '' : bytes.slice(end + 4)};
}

/** What came of it, as a learner would say it. */
export function describeOutcome(outcome: Outcome): string {
	switch (outcome.kind) {
		case 'connected':
			return 'connected';
		case 'refused':
			return 'connection refused';
		case 'timeout':
			return `no answer (timeout, lost at ${outcome.by})`;
		case 'unreachable':
			return `${outcome.code} unreachable (from ${outcome.from})`;
		case 'ttl-exceeded':
			return `time to live exceeded (at ${outcome.from})`;
		case 'reset':
			return 'connection reset';
	}
}
