import type {Kernel, Rest} from './kernel.js';
import type {Packet} from './packet.js';

/** An answer that cannot leave is lost for whoever waits for it. */
export function sendBack(kernel: Kernel, packet: Packet, rest?: Rest): void {
	const failure = kernel.send(packet, rest);
	if (failure) kernel.wire.dropped(failure.by);
}
