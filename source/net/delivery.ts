import type {Flow} from './flow.js';
import {sendError} from './icmp.js';
import type {Answer, Kernel, Rest, Waiting} from './kernel.js';
import type {IcmpUnreachable} from './outcome.js';
import {describePacket, ipLength, isIcmpError, type Packet, type Tuple5, tupleOf} from './packet.js';
import {sendBack} from './send-back.js';
import {receiveTcp} from './tcp/server.js';

/** The call that sent this: the latest, of calls within calls. */
const callOf = (kernel: Kernel, {protocol, source, sourcePort, destination, destinationPort}: Tuple5): Waiting | undefined =>
	kernel.waiting.findLast(
		({sent}) =>
			sent.sourcePort === sourcePort &&
			sent.destinationPort === destinationPort &&
			sent.protocol === protocol &&
			sent.source === source &&
			sent.destination === destination,
	);

/** The call that a packet answers. */
const answeredBy = (kernel: Kernel, packet: Packet): Waiting | undefined => {
	// A machine that asks itself has sent what looks like its answer.
	if (kernel.waiting.length === 0 || packet.icmp?.type === 'echo-request') return undefined;
	const {protocol, source, sourcePort, destination, destinationPort} = tupleOf(packet);
	return callOf(kernel, {protocol, source: destination, sourcePort: destinationPort, destination: source, destinationPort: sourcePort});
};

/** The packet is for this machine: to a socket, to a caller that waits for it, or to the kernel itself. */
export function deliver(kernel: Kernel, flow: Flow, rest: Rest): void {
	const {packet} = flow;
	const {recorder} = kernel.wire;
	if (isIcmpError(packet)) {
		const about = packet.icmp!.about!;
		const error: Answer = {
			kind: 'error',
			from: packet.source,
			type: packet.icmp!.type as 'unreachable' | 'time-exceeded',
			code: packet.icmp!.code as IcmpUnreachable,
			by: rest.by ?? kernel.wire.lastDrop,
		};
		recorder?.({where: kernel.name, hook: 'SOCKET', verdict: `${error.type} ${error.code}`, before: packet});
		callOf(kernel, about)?.take(error);
		return;
	}
	const waiting = answeredBy(kernel, packet);
	if (waiting) {
		recorder?.({where: kernel.name, hook: 'SOCKET', verdict: 'answered', before: packet});
		waiting.take({kind: 'packet', packet, delayMs: rest.delayMs ?? 0, end: rest.end ?? 'open'});
	} else if (packet.protocol === 'icmp') echo(kernel, packet);
	else if (packet.protocol === 'tcp') receiveTcp(kernel, packet);
	else receiveUdp(kernel, flow);
}

function echo(kernel: Kernel, packet: Packet): void {
	if (packet.icmp?.type !== 'echo-request') {
		kernel.wire.dropped(`${kernel.name}: nobody there waits for the echo reply of ${packet.source}`);
		return;
	}
	if (kernel.sysctls.number('net.ipv4.icmp_echo_ignore_all') !== 0) {
		kernel.wire.dropped(`${kernel.name}: net.ipv4.icmp_echo_ignore_all is 1`);
		return;
	}
	kernel.wire.recorder?.({where: kernel.name, hook: 'SOCKET', verdict: 'echo', before: packet});
	sendBack(kernel, {
		...packet,
		source: packet.destination,
		destination: packet.source,
		ttl: 64,
		mark: 0,
		icmp: {...packet.icmp, type: 'echo-reply'},
	});
}

function receiveUdp(kernel: Kernel, flow: Flow): void {
	const {packet} = flow;
	const listener = packet.protocol === 'udp' ? kernel.sockets.listenerFor('udp', packet.destination, packet.destinationPort) : undefined;
	const handler = listener && kernel.wire.handler(listener.handler);
	if (!listener || !handler) {
		sendError(
			kernel,
			flow,
			'unreachable',
			packet.protocol === 'udp' ? 'port' : 'protocol',
			`${kernel.name}: nothing listens on ${packet.protocol} ${packet.destination}:${packet.destinationPort}`,
		);
		return;
	}
	kernel.wire.recorder?.({where: kernel.name, hook: 'SOCKET', verdict: 'accepted', note: listener.process.name, before: packet});
	if (kernel.wire.isTooDeep) return;
	const answer = handler({
		owner: listener.owner,
		bytes: packet.payload ?? '',
		local: {address: packet.destination, port: packet.destinationPort},
		peer: {address: packet.source, port: packet.sourcePort},
	});
	if (answer.end === 'timeout' || answer.end === 'reset') {
		kernel.wire.dropped(`${kernel.name}: ${listener.process.name} does not answer ${describePacket(packet)}`);
		return;
	}
	sendBack(
		kernel,
		{
			protocol: 'udp',
			source: packet.destination,
			destination: packet.source,
			sourcePort: packet.destinationPort,
			destinationPort: packet.sourcePort,
			ttl: 64,
			mark: 0,
			length: ipLength('udp', answer.bytes.length),
			payload: answer.bytes,
		},
		{delayMs: answer.delayMs ?? 0},
	);
}
