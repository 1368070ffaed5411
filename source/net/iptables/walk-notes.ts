import {placeOf} from '../../sim/sorted-names.js';
import type {Flow} from '../flow.js';
import {tcpFlags} from '../packet.js';
import type {Asked} from './match-kind.js';
import type {ChainRow, RuleBase} from './table.js';
import {keepWalk, type Ports, type Seen, seenNow} from './walk-memory.js';

/** What one walk asks of a packet and counts, noted so that the next such packet need not be asked. */
export interface WalkNotes {
	/** `ports`: of a long chain only the rules were looked at that ask for this packet's destination port, or for none; others ask for these. */
	enter(chain: ChainRow, ports?: readonly number[]): void;
	/** A rule was held against the packet; `undefined`: it asks for more than can be remembered. */
	ask(asked: Asked | undefined, sets: readonly string[] | undefined): void;
	/** It held. `plain`: it does nothing but decide, or mark. */
	count(rule: string, plain: boolean): void;
	/** The packet has passed. */
	keep(): void;
}

export function takeNotes(base: RuleBase, flow: Flow): WalkNotes {
	const {packet, inLink, outLink, ctState, tracked, local, kernel} = flow;
	const {protocol, mark} = packet;
	const met = {inLink, outLink, ctState, local, protocol, mark, reply: tracked?.reply, nat: tracked?.row.nat ?? 0};
	const sourcePorts = {low: 0, high: 65_535};
	const destinationPorts = {low: 0, high: 65_535};
	const counted: string[] = [];
	const chains: ChainRow[] = [];
	const sets: Seen[] = [];
	let flags: number | undefined;
	let spoilt = false;
	return {
		enter(chain, ports = []) {
			chains.push(chain);
			const at = placeOf(ports, packet.destinationPort);
			for (const port of ports.slice(Math.max(0, at - 1), at + 2)) narrow(destinationPorts, packet.destinationPort, port, port);
		},
		ask(asked, names) {
			if (!asked) spoilt = true;
			if (!asked || spoilt) return;
			if (asked.flags) flags = tcpFlags(packet);
			for (const each of asked.ports ?? []) {
				const [ports, port] = each.side === 'source' ? [sourcePorts, packet.sourcePort] : [destinationPorts, packet.destinationPort];
				if ('low' in each) narrow(ports, port, each.low, each.high);
				else if (kernel.ipsets.asksPort(each.set.name, each.set.at)) narrow(ports, port, port, port);
			}
			for (const name of names ?? []) {
				const table = kernel.ipsets.membersOf(name);
				if (table && !sets.some(seen => seen.table === table)) sets.push(seenNow(table));
			}
		},
		count(rule, plain) {
			counted.push(rule);
			if (!plain) spoilt = true;
		},
		keep() {
			if (spoilt) return;
			const found = {sourcePorts, destinationPorts, flags, chains, sets, counted, marked: flow.packet.mark};
			keepWalk(base, flow, {...met, ...found, rulesVersion: base.rows().version});
		},
	};
}

/** Keeps of `ports` the part around `port` for which "is it between `low` and `high`?" has the same answer. */
function narrow(ports: Ports, port: number, low: number, high: number): void {
	if (port < low) ports.high = Math.min(ports.high, low - 1);
	else if (port > high) ports.low = Math.max(ports.low, high + 1);
	else {
		ports.low = Math.max(ports.low, low);
		ports.high = Math.min(ports.high, high);
	}
}
