import type {Flow} from './flow.js';
import type {Kernel} from './kernel.js';
import type {IcmpUnreachable} from './outcome.js';
import {ipLength, isIcmpError, tupleOf} from './packet.js';
import {sourceFor} from './route.js';

/** Tells the sender that its packet went no further. Errors about errors and about RSTs are never sent. */
export function sendError(kernel: Kernel, flow: Flow, type: 'unreachable' | 'time-exceeded', code: IcmpUnreachable, by: string): void {
	const {packet} = flow;
	kernel.wire.dropped(by);
	if (isIcmpError(packet) || packet.flags?.rst || packet.source === '0.0.0.0') return;
	const source = errorSource(kernel, flow);
	if (source === undefined) return;
	kernel.wire.recorder?.({where: kernel.name, hook: 'ICMP', verdict: `${type} ${code}`, note: by, before: packet});
	// The error belongs to the flow it is about even when that was never entered (nf_ct_attach).
	const carry = flow.tracked && {
		tracked: {row: flow.tracked.row, reply: !flow.tracked.reply, confirmed: flow.tracked.confirmed},
		ctState: 'RELATED' as const,
	};
	const error = {
		protocol: 'icmp' as const,
		source,
		destination: packet.source,
		sourcePort: 0,
		destinationPort: 0,
		ttl: 64,
		mark: 0,
		icmp: {type, code, about: tupleOf(packet)},
		length: 28 + Math.min(packet.length, 548),
	};
	kernel.send(error, {by}, carry);
}

/** The address that was asked for when it is ours, else that of the device the error leaves by. */
function errorSource(kernel: Kernel, {packet}: Flow): string | undefined {
	if (kernel.routes.localDevice(packet.destination) !== undefined && !packet.destination.startsWith('127.')) return packet.destination;
	const back = kernel.routes.lookup(packet.source);
	return back && sourceFor(back, kernel.links);
}

/** `REJECT --reject-with tcp-reset`: a RST as if the destination had sent it. */
export function sendReset(kernel: Kernel, flow: Flow, by: string): void {
	const {packet} = flow;
	kernel.wire.dropped(by);
	if (packet.protocol !== 'tcp' || packet.flags?.rst) return;
	const carry = flow.tracked && {
		tracked: {row: flow.tracked.row, reply: !flow.tracked.reply, confirmed: flow.tracked.confirmed},
		ctState: 'ESTABLISHED' as const,
	};
	const reset = {
		protocol: 'tcp' as const,
		source: packet.destination,
		destination: packet.source,
		sourcePort: packet.destinationPort,
		destinationPort: packet.sourcePort,
		ttl: 64,
		mark: 0,
		flags: {rst: true, ack: true},
		length: ipLength('tcp', 0) - 12,
	};
	kernel.send(reset, {by}, carry);
}
