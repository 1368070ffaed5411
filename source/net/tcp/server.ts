import type {Kernel} from '../kernel.js';
import {type Packet, tcpSegment} from '../packet.js';
import type {ConnectionRecord, ServiceAnswer} from '../socket.js';
import {sendBack} from '../send-back.js';

const timeWaitMs = 60_000;

/** One segment of `bytes` with these flags, in answer to `packet`. */
export const answerTo = (packet: Packet, flags: NonNullable<Packet['flags']>, bytes = ''): Packet =>
	tcpSegment({address: packet.destination, port: packet.destinationPort}, {address: packet.source, port: packet.sourcePort}, flags, {
		bytes,
	});

/** The server's side of TCP, and RST for what belongs to nobody. */
export function receiveTcp(kernel: Kernel, packet: Packet): void {
	const local = {address: packet.destination, port: packet.destinationPort};
	const peer = {address: packet.source, port: packet.sourcePort};
	const {sockets, wire} = kernel;
	const flags = packet.flags ?? {};
	if (flags.syn && !flags.ack) {
		const listener = sockets.listenerFor('tcp', local.address, local.port);
		wire.recorder?.({
			where: kernel.name,
			hook: 'SOCKET',
			verdict: listener ? 'accepted' : 'refused',
			note: listener ? listener.process.name : `nothing listens on ${local.address}:${local.port}`,
			before: packet,
		});
		if (!listener) {
			refuse(kernel, packet);
			return;
		}
		sockets.putConnection({
			state: 'SYN-RECV',
			local,
			peer,
			handler: listener.handler,
			owner: listener.owner,
			expiresMs: kernel.now() + 63_000,
		});
		sendBack(kernel, answerTo(packet, {syn: true, ack: true}));
		return;
	}
	const record = sockets.connection(local, peer);
	if (flags.rst) {
		if (record) sockets.dropConnection(local, peer);
	} else if (!record || record.handler === undefined) refuse(kernel, packet);
	else if (record.state === 'SYN-RECV') establish(kernel, record, packet);
	else serve(kernel, record, packet);
}

function refuse(kernel: Kernel, packet: Packet): void {
	const by = `${kernel.name}: nothing listens on ${packet.destination}:${packet.destinationPort}`;
	kernel.wire.dropped(by);
	sendBack(kernel, answerTo(packet, {rst: true, ack: true}), {by});
}

function establish(kernel: Kernel, record: ConnectionRecord, packet: Packet): void {
	const {expiresMs: _, ...open} = record;
	kernel.sockets.putConnection({...open, state: 'ESTAB'});
	if (packet.payload) serve(kernel, {...open, state: 'ESTAB'}, packet);
}

function serve(kernel: Kernel, record: ConnectionRecord, packet: Packet): void {
	const {local, peer} = record;
	if (packet.flags?.fin) {
		if (record.state === 'TIME-WAIT') sendBack(kernel, answerTo(packet, {ack: true}));
		else {
			// The client closed first. Nothing is left to send, so acknowledgement and FIN go out as one segment.
			kernel.sockets.putConnection({...record, state: 'CLOSE-WAIT', expiresMs: kernel.now() + timeWaitMs});
			sendBack(kernel, answerTo(packet, {fin: true, ack: true}));
		}
		return;
	}
	if (packet.probe) sendBack(kernel, answerTo(packet, {ack: true}));
	if (record.state === 'CLOSE-WAIT') kernel.sockets.dropConnection(local, peer);
	if (!packet.payload || record.state !== 'ESTAB') return;
	const handler = kernel.wire.isTooDeep ? silence : kernel.wire.handler(record.handler!);
	const answer: ServiceAnswer = handler ? handler({owner: record.owner!, bytes: packet.payload, local, peer}) : {bytes: '', end: 'reset'};
	reply(kernel, record, packet, answer);
}

/** Of a server that waits for itself. */
const silence = (): ServiceAnswer => ({bytes: '', end: 'timeout'});

/** Bytes of one segment as the wire sees it after segmentation offload. */
const segmentMax = 65_483;

function reply(kernel: Kernel, record: ConnectionRecord, packet: Packet, {bytes, delayMs = 0, end = 'open'}: ServiceAnswer): void {
	const {local, peer} = record;
	sendBack(kernel, answerTo(packet, {ack: true}), {delayMs: 0});
	if (end === 'timeout') {
		kernel.wire.dropped(`${kernel.name}: the server on ${local.address}:${local.port} does not answer`);
		return;
	}
	if (end === 'reset') {
		kernel.sockets.dropConnection(local, peer);
		sendBack(kernel, answerTo(packet, {rst: true, ack: true}), {delayMs, end: 'reset'});
		return;
	}
	for (let at = 0; at < bytes.length; at += segmentMax)
		sendBack(kernel, answerTo(packet, {ack: true}, bytes.slice(at, at + segmentMax)), {delayMs});
	if (end !== 'closed') return;
	kernel.sockets.putConnection({...record, state: 'TIME-WAIT', expiresMs: kernel.now() + timeWaitMs});
	sendBack(kernel, answerTo(packet, {fin: true, ack: true}), {delayMs, end: 'closed'});
}
