import {logLine} from './log.js';
import type {Member, SpeakerContext} from './memory.js';

export const memberPort = 7946;
const probeMs = 1000;
/** How long a member may be silent before it is taken for dead (memberlist's LAN suspicion for a few nodes). */
const suspicionMs = 4000;

type Message = 'join' | 'ping' | 'leave' | 'dead';
/** Each round asks one other in turn, as memberlist does (state.go, probe), besides those under suspicion. */
const probesARound = 1;

/** Finds the other speakers by their pods, and greets them. */
export function joinMembers(context: SpeakerContext): void {
	const {client, env, machine, memory} = context;
	const members: Record<string, Member> = {};
	const pods = client!.list<any>('pods', {namespace: memory.namespace, labelSelector: env['METALLB_ML_LABELS'] ?? ''});
	for (const {spec, status} of pods) {
		if (!status?.podIP || spec.nodeName === memory.node) continue;
		const alive = say(context, status.podIP, 'join');
		members[spec.nodeName] = {address: status.podIP, state: alive ? 'alive' : 'dead', sinceMs: machine.sim.clock.now()};
	}

	context.memory = {...context.memory, members: {...context.memory.members, ...members}};
	logLine(context, 'speakerlist.go:271', 'info', {
		op: 'memberDiscovery',
		msg: 'member list joined',
		nb: Object.values(members).filter(({state}) => state === 'alive').length,
	});
	context.wake(probeMs, 'probe', {periodic: true});
}

/** One datagram to another speaker; true when it answers. */
function say(
	{machine, memory}: SpeakerContext,
	address: string,
	message: Message,
	{node, address: about}: {readonly node: string; readonly address: string} = memory,
): boolean {
	const {payload} = machine.stack.exchange(address, memberPort, `${message} ${node} ${about}`);
	return payload === 'ack';
}

/** A datagram came: who greets or leaves changes the list. Returns what to answer, and whether the list changed. */
export function hear(context: SpeakerContext, bytes: string): boolean {
	const [message, node = '', address = ''] = bytes.split(' ');
	const known = context.memory.members[node];
	if (message === 'dead') {
		if (known?.state === 'alive') mark(context, node, {...known, state: 'suspect'}, -suspicionMs);
		return false;
	}

	if (message === 'leave') return known !== undefined && mark(context, node, {...known, state: 'dead'});
	return known?.state !== 'alive' && node !== '' && mark(context, node, {address, state: 'alive'});
}

export function leaveMembers(context: SpeakerContext): void {
	for (const {address, state} of Object.values(context.memory.members)) if (state !== 'dead') say(context, address, 'leave');
}

/** Asks some of the others, and all who are suspected; true when the list changed. */
export function probeMembers(context: SpeakerContext): boolean {
	context.wake(probeMs, 'probe', {periodic: true});
	const now = context.machine.sim.clock.now();
	let changed = false;
	for (const [node, member] of dueMembers(context, Math.floor(now / probeMs))) {
		const answers = say(context, member.address, 'ping');
		if (answers && member.state !== 'alive') changed = mark(context, node, {...member, state: 'alive'});
		else if (!answers && member.state === 'alive') mark(context, node, {...member, state: 'suspect'});
		else if (!answers && member.state === 'suspect' && now - member.sinceMs >= suspicionMs) {
			changed = mark(context, node, {...member, state: 'dead'});
			for (const other of Object.values(context.memory.members))
				if (other.state === 'alive') say(context, other.address, 'dead', {node, address: member.address});
		}
	}

	return changed;
}

function dueMembers({memory: {members}}: SpeakerContext, round: number): Array<[string, Member]> {
	const all = Object.entries(members);
	const turn = (index: number) => (index + all.length - ((round * probesARound) % all.length)) % all.length < probesARound;
	return all.filter(([, {state}], index) => state === 'suspect' || turn(index));
}

function mark(context: SpeakerContext, node: string, member: Omit<Member, 'sinceMs'>, shiftMs = 0): true {
	const before = context.memory.members[node];
	const sinceMs = context.machine.sim.clock.now() + shiftMs;
	context.memory = {...context.memory, members: {...context.memory.members, [node]: {...member, sinceMs}}};
	// Suspicion, and that it was unfounded, are not worth a line.
	if (member.state === 'suspect' || (member.state === 'alive' && before?.state === 'suspect')) return true;
	const type = member.state === 'alive' ? 'NodeJoin' : 'NodeLeave';
	logLine(context, 'speakerlist.go:310', 'info', {
		'node addr': member.address,
		'node event': type,
		'node name': node,
		msg: 'node event - forcing sync',
	});
	return true;
}

/** Nodes that may speak: this one, and those not known to be dead. */
export const liveNodes = ({memory: {members, node}}: SpeakerContext): string[] => [
	node,
	...Object.entries(members).flatMap(([name, {state}]) => (state === 'dead' ? [] : [name])),
];
