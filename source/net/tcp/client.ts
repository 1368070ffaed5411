import {isMulticast} from '../address.js';
import type {Answer, Kernel, SendFailure} from '../kernel.js';
import type {Connection, ConnectOptions} from '../netstack.js';
import type {Outcome} from '../outcome.js';
import {type Packet, tcpSegment} from '../packet.js';
import {sourceFor} from '../route.js';
import type {Endpoint} from '../socket.js';

const timeWaitMs = 60_000;
const segmentMax = 65_483;

/** The TCP handshake, packet by packet. */
export function connect(kernel: Kernel, destination: string, port: number, options: ConnectOptions = {}): Connection {
	const remote = {address: destination, port};
	const local = localEnd(kernel, remote, options);
	const call = openCall(kernel, local, remote, options.ttl ?? 64);
	const outcome = toMany(kernel, destination, local.address) ?? handshake(call);
	const connected = outcome.kind === 'connected';
	if (connected) kernel.sockets.putConnection({state: 'ESTAB', local, peer: remote});
	let open = connected;
	return {
		outcome,
		local,
		remote,
		exchange(bytes) {
			if (!open) return {bytes: '', delayMs: 0, end: 'reset'};
			const result = exchange(call, bytes);
			if (result.end === 'reset') {
				open = false;
				kernel.sockets.dropConnection(local, remote);
			} else if (result.end === 'closed') kernel.sockets.putConnection({state: 'CLOSE-WAIT', local, peer: remote});
			return result;
		},
		close() {
			if (!open) return;
			open = false;
			close(call);
		},
	};
}

/** TCP has one peer: a multicast or broadcast address is refused before anything is sent (net/ipv4/tcp_ipv4.c, tcp_v4_connect). */
function toMany(kernel: Kernel, destination: string, from: string): Outcome | undefined {
	const kind = isMulticast(destination)
		? 'multicast'
		: destination === '255.255.255.255' || kernel.routes.isBroadcast(destination)
			? 'broadcast'
			: undefined;
	return kind && {kind: 'unreachable', code: 'no-route', from, by: `${kernel.name}: TCP connects to no ${kind} address`};
}

/**
 * What a component that keeps its connection open (a watch) learns when it looks at it: the one that stands is probed, and only when
 * that fails a new one is opened. It stays open.
 */
export function reach(kernel: Kernel, destination: string, port: number): Outcome {
	const remote = {address: destination, port};
	const standing = kernel.standing().get(`${destination}:${port}`);
	if (standing && kernel.sockets.connection(standing, remote)) {
		const {answers} = openCall(kernel, standing, remote, 64).segment({ack: true}, '', true);
		const [answer] = answers;
		if (answer?.kind === 'packet' && !answer.packet.flags?.rst) return {kind: 'connected'};
		kernel.sockets.dropConnection(standing, remote);
	}
	const connection = connect(kernel, destination, port);
	if (connection.outcome.kind === 'connected') kernel.standing().set(`${destination}:${port}`, connection.local);
	return connection.outcome;
}

/** Source address by route, port from the ephemeral range: even ones, as Linux prefers them for connect. */
export function localEnd(kernel: Kernel, remote: Endpoint, options: ConnectOptions): Endpoint {
	const route = kernel.routes.lookup(remote.address);
	const address = options.source ?? (route && sourceFor(route, kernel.links)) ?? '0.0.0.0';
	if (options.sourcePort !== undefined) return {address, port: options.sourcePort};
	const [low = 32_768, high = 60_999] = numbersIn(kernel.sysctls.get('net.ipv4.ip_local_port_range') ?? '');
	for (let tries = 0; ; tries++) {
		const port = low + 2 * kernel.drawSmall(Math.max(1, (high - low + 1) >> 1));
		if (tries > 100 || !kernel.sockets.portInUse(address, port, remote)) return {address, port};
	}
}

let read: {text: string; numbers: readonly number[]} = {text: '', numbers: []};

/** The same setting is read at each connection. */
function numbersIn(text: string): readonly number[] {
	if (read.text !== text) read = {text, numbers: text.split(/\s+/).map(Number)};
	return read.numbers;
}

interface Call {
	readonly kernel: Kernel;
	readonly local: Endpoint;
	readonly remote: Endpoint;
	/** Sends one segment and gives all that came back until the wire was quiet. */
	segment(flags: NonNullable<Packet['flags']>, bytes?: string, probe?: boolean): {answers: Answer[]; failure?: SendFailure};
}

function openCall(kernel: Kernel, local: Endpoint, remote: Endpoint, ttl: number): Call {
	const tuple = {
		protocol: 'tcp' as const,
		source: local.address,
		destination: remote.address,
		sourcePort: local.port,
		destinationPort: remote.port,
	};
	return {
		kernel,
		local,
		remote,
		segment(flags, bytes = '', probe = false) {
			const answers: Answer[] = [];
			kernel.waiting.push({sent: tuple, take: answer => answers.push(answer)});
			try {
				kernel.wire.clearDrop();
				const failure = kernel.send(tcpSegment(local, remote, flags, {ttl, bytes, probe}));
				kernel.wire.run();
				return {answers, failure};
			} finally {
				kernel.waiting.pop();
			}
		},
	};
}

function handshake(call: Call): Outcome {
	const {answers, failure} = call.segment({syn: true});
	if (failure) return {kind: 'unreachable', code: failure.code, from: call.local.address, by: failure.by};
	const [answer] = answers;
	if (!answer) return {kind: 'timeout', by: call.kernel.wire.lastDrop || 'nothing answered'};
	if (answer.kind === 'error') return errorOutcome(answer);
	if (answer.packet.flags?.rst) return {kind: 'refused', by: call.kernel.wire.lastDrop};
	call.segment({ack: true});
	return {kind: 'connected'};
}

export const errorOutcome = (answer: Answer & {kind: 'error'}): Outcome =>
	answer.type === 'time-exceeded'
		? {kind: 'ttl-exceeded', from: answer.from}
		: {kind: 'unreachable', code: answer.code, from: answer.from, by: answer.by};

function exchange(call: Call, bytes: string): ReturnType<Connection['exchange']> {
	const answers: Answer[] = [];
	for (let at = 0; at < Math.max(1, bytes.length); at += segmentMax)
		answers.push(...call.segment({ack: true}, bytes.slice(at, at + segmentMax)).answers);
	let text = '';
	let delayMs = 0;
	let end: 'open' | 'closed' | 'reset' | undefined;
	for (const answer of answers) {
		if (answer.kind === 'error') continue;
		delayMs = Math.max(delayMs, answer.delayMs);
		text += answer.packet.payload ?? '';
		if (answer.packet.flags?.rst) end = 'reset';
		else if (answer.packet.flags?.fin) end = 'closed';
		else if (answer.packet.payload) end ??= 'open';
	}
	if (text !== '' && end !== 'reset') call.segment({ack: true});
	return {bytes: text, delayMs, end: end ?? 'timeout'};
}

function close(call: Call): void {
	const {kernel, local, remote} = call;
	const state = kernel.sockets.connection(local, remote)?.state;
	const {answers} = call.segment({fin: true, ack: true});
	if (state === 'CLOSE-WAIT') {
		kernel.sockets.dropConnection(local, remote);
		return;
	}
	const ended = answers.some(answer => answer.kind === 'packet' && answer.packet.flags?.fin);
	if (ended) {
		call.segment({ack: true});
		kernel.sockets.putConnection({state: 'TIME-WAIT', local, peer: remote, expiresMs: kernel.now() + timeWaitMs});
	} else kernel.sockets.dropConnection(local, remote);
}
