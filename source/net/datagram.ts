import type {Answer, Kernel, SendFailure} from './kernel.js';
import type {ConnectOptions, Datagram, Ping} from './netstack.js';
import {ipLength, type Packet, tupleOf} from './packet.js';
import {sourceFor} from './route.js';
import {errorOutcome, localEnd} from './tcp/client.js';

/** One UDP datagram and its answer. */
export function exchangeDatagram(
	kernel: Kernel,
	destination: string,
	port: number,
	payload: string,
	options: ConnectOptions = {},
): Datagram {
	const local = localEnd(kernel, {address: destination, port}, options);
	const packet: Packet = {
		protocol: 'udp',
		source: local.address,
		destination,
		sourcePort: local.port,
		destinationPort: port,
		ttl: options.ttl ?? 64,
		mark: 0,
		length: ipLength('udp', payload.length),
		payload,
	};
	const {answer, failure} = ask(kernel, packet);
	if (failure) return {outcome: {kind: 'unreachable', code: failure.code, from: local.address, by: failure.by}, delayMs: 0};
	if (!answer) return {outcome: {kind: 'timeout', by: kernel.wire.lastDrop || 'nothing answered'}, delayMs: 0};
	if (answer.kind === 'error') {
		const outcome = errorOutcome(answer);
		// A UDP socket is told of a closed port as "connection refused".
		return {
			outcome: outcome.kind === 'unreachable' && outcome.code === 'port' ? {kind: 'refused', by: outcome.by ?? ''} : outcome,
			delayMs: 0,
		};
	}
	const {source, sourcePort} = answer.packet;
	return {
		outcome: {kind: 'connected'},
		payload: answer.packet.payload ?? '',
		delayMs: answer.delayMs,
		from: {address: source, port: sourcePort},
	};
}

const defaultPingBytes = 56;

/** One ICMP echo. */
export function ping(kernel: Kernel, destination: string, options: Parameters<import('./netstack.js').Netstack['ping']>[1] = {}): Ping {
	const route = kernel.routes.lookup(destination);
	const source = options.source ?? (route && sourceFor(route, kernel.links)) ?? '0.0.0.0';
	const packet: Packet = {
		protocol: 'icmp',
		source,
		destination,
		sourcePort: 0,
		destinationPort: 0,
		ttl: options.ttl ?? 64,
		mark: 0,
		icmp: {type: 'echo-request', id: 1 + kernel.drawSmall(65_535), sequence: options.sequence ?? 1},
		length: 28 + (options.size ?? defaultPingBytes),
	};
	const timeUs = kernel.wire.roundTripUs(destination === source ? 0 : 2);
	const {answer, failure} = ask(kernel, packet);
	if (failure) return {outcome: {kind: 'unreachable', code: failure.code, from: source, by: failure.by}, timeUs};
	if (!answer) return {outcome: {kind: 'timeout', by: kernel.wire.lastDrop || 'nothing answered'}, timeUs};
	if (answer.kind === 'error') return {outcome: errorOutcome(answer), from: answer.from, timeUs};
	return {outcome: {kind: 'connected'}, ttl: answer.packet.ttl, from: answer.packet.source, timeUs};
}

function ask(kernel: Kernel, packet: Packet): {answer?: Answer; failure?: SendFailure} {
	let first: Answer | undefined;
	kernel.waiting.push({sent: tupleOf(packet), take: answer => (first ??= answer)});
	try {
		kernel.wire.clearDrop();
		const failure = kernel.send(packet);
		kernel.wire.run();
		return {...(first && {answer: first}), ...(failure && {failure})};
	} finally {
		kernel.waiting.pop();
	}
}
