import type {Machine} from '../../node/host/machine.js';
import {type Io, notSimulatedStatus} from '../../shell/command.js';

/** What the real tool has and ours lacks: said aloud, counted, exit status 125. */
export function refuse(io: Io<Machine>, what: string): number {
	io.machine.sim.notes.notSimulated(what);
	io.err(`kubelab: not simulated: ${what}\n`);
	return notSimulatedStatus;
}

/** One sentence for all that would send IPv6: addresses are shown, packets are IPv4. */
export const refuseIpv6 = (io: Io<Machine>, what: string): number => refuse(io, `${what}: IPv6 traffic (this cluster is IPv4 only)`);

/** `http://[::1]/` */
export const hasIpv6Host = (url: string): boolean => /^(?:\w+:\/\/)?(?:[^/@]*@)?\[[\da-f:.%]*\]/i.test(url);
