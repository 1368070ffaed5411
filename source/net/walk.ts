import {isLoopback, isMulticast} from './address.js';
import {walkTable} from './iptables/chain-walk.js';
import type {Flow, HookName} from './flow.js';
import {sendError, sendReset} from './icmp.js';
import type {ConnectionRow} from './ipvs/connection.js';
import {balanceInput, balanceOutput, unbalance} from './ipvs/walk.js';
import type {Arrival, Kernel, Rest, SendFailure} from './kernel.js';
import {manipOf, markAsked, mustAsk, translate} from './nat.js';
import type {IcmpUnreachable} from './outcome.js';
import type {Packet} from './packet.js';
import {type Route, sourceFor} from './route.js';
import {deliver} from './delivery.js';
import {transmit} from './transmit.js';

/** What runs at each hook, in the kernel's order of priority. */
const stages = {
	PREROUTING: ['raw', 'track', 'mangle', 'nat'],
	INPUT: ['mangle', 'filter', 'security', 'ipvs', 'nat', 'confirm'],
	FORWARD: ['mangle', 'filter', 'security', 'ipvs'],
	OUTPUT: ['raw', 'track', 'mangle', 'nat', 'ipvs', 'filter', 'security'],
	POSTROUTING: ['mangle', 'nat', 'confirm'],
} as const;

/** A packet comes in on a device. */
export function receive(kernel: Kernel, {packet, link, carry, ...rest}: Arrival): void {
	kernel.wire.recorder?.({where: kernel.name, hook: 'LINK', link: link.name, direction: 'in', verdict: 'received', before: packet});
	const flow: Flow = {
		packet,
		hook: 'PREROUTING',
		inLink: link.name,
		outLink: '',
		ctState: carry?.ctState ?? 'INVALID',
		balanced: carry?.balanced ?? false,
		local: false,
		kernel,
		tracked: carry?.tracked,
	};
	if (link.type !== 'loopback' && refusedAtDoor(kernel, packet, link.name)) return;
	if (!runHook(kernel, flow, 'PREROUTING', rest)) return;
	const route = kernel.routes.lookup(flow.packet.destination, flow.packet, link.name);
	if (isMulticast(flow.packet.destination))
		kernel.wire.dropped(`${kernel.name}: nobody listens to multicast address ${flow.packet.destination}`);
	else if (route?.type === 'local') arrive(kernel, flow, route, rest);
	else forward(kernel, flow, route, rest);
}

/** Martians and the reverse path filter. */
function refusedAtDoor(kernel: Kernel, packet: Packet, device: string): boolean {
	const {wire, sysctls} = kernel;
	if (isLoopback(packet.source) || (isLoopback(packet.destination) && sysctls.conf(device, 'route_localnet') === 0)) {
		wire.dropped(`${kernel.name}: martian ${packet.source} > ${packet.destination} on ${device}`);
		return true;
	}
	const filter = sysctls.conf(device, 'rp_filter');
	if (filter === 0) return false;
	const back = kernel.routes.lookup(packet.source, {...packet, source: packet.destination, mark: 0});
	if (back && back.type !== 'local' && (filter === 2 || back.dev === device)) return false;
	wire.dropped(`${kernel.name}: rp_filter on ${device}: the way back to ${packet.source} does not leave there`);
	return true;
}

function arrive(kernel: Kernel, flow: Flow, route: Route, rest: Rest): void {
	kernel.wire.recorder?.({where: kernel.name, hook: 'ROUTE', verdict: 'local', link: route.dev, before: flow.packet});
	if (runHook(kernel, flow, 'INPUT', rest)) deliver(kernel, flow, rest);
}

function forward(kernel: Kernel, flow: Flow, route: Route | undefined, rest: Rest): void {
	const {wire} = kernel;
	if (kernel.sysctls.number('net.ipv4.ip_forward') === 0) {
		wire.dropped(`${kernel.name}: ${flow.packet.destination} is not local and net.ipv4.ip_forward is 0`);
		return;
	}
	if (!usable(kernel, flow, route)) return;
	if (flow.packet.ttl <= 1) {
		sendError(kernel, flow, 'time-exceeded', 'net', `${kernel.name}: ttl exceeded`);
		return;
	}
	flow.packet = {...flow.packet, ttl: flow.packet.ttl - 1};
	flow.outLink = route!.dev!;
	wire.recorder?.({where: kernel.name, hook: 'ROUTE', verdict: 'forward', link: route!.dev, note: describe(route!), before: flow.packet});
	if (runHook(kernel, flow, 'FORWARD', rest)) leave(kernel, flow, route!, rest);
}

const describe = (route: Route) => `${route.destination}${route.via ? ` via ${route.via}` : ''} dev ${route.dev}`;

/** False when the route says no; the sender is told where Linux tells it. */
function usable(kernel: Kernel, flow: Flow, route: Route | undefined): boolean {
	if (route?.dev !== undefined && (route.type === undefined || route.type === 'unicast' || route.type === 'local')) return true;
	const {icmp, by} = refusal(kernel, flow.packet.destination, route);
	if (route?.type === 'blackhole') kernel.wire.dropped(by);
	else sendError(kernel, flow, 'unreachable', icmp, by);
	return false;
}

/** Why there is no way, and how it is told: of a rule that refuses, as if there were no route. */
function refusal(kernel: Kernel, destination: string, route: Route | undefined): {icmp: IcmpUnreachable; by: string} {
	const why =
		route?.rule !== undefined
			? `ip rule ${route.rule} says ${route.type}`
			: route
				? `route ${route.type} ${route.destination}`
				: `no route to ${destination}`;
	const icmp = route?.type === 'prohibit' ? 'prohibited' : !route || route.rule !== undefined ? 'net' : 'host';
	return {icmp, by: `${kernel.name}: ${why}`};
}

/** POSTROUTING and out. */
function leave(kernel: Kernel, flow: Flow, route: Route, rest: Rest): void {
	const device = route.dev!;
	flow.outLink = device;
	flow.inLink = '';
	if (!runHook(kernel, flow, 'POSTROUTING', rest)) return;
	const link = kernel.links.get(device);
	if (link?.type === 'loopback' || route.type === 'local') {
		const {packet, tracked, ctState, balanced} = flow;
		const lo = kernel.links.get('lo')!;
		if (!lo.up) {
			kernel.wire.dropped(`${kernel.name}: lo is down`);
			return;
		}

		kernel.traffic.sent(lo, packet.length);
		kernel.traffic.received(lo, packet.length);
		kernel.wire.later(() => receive(kernel, {packet, link: lo, carry: {tracked, ctState, balanced}, ...rest}));
		return;
	}
	const nextHop = route.via ?? flow.packet.destination;
	if (!transmit(kernel, device, nextHop, flow.packet, rest))
		sendError(kernel, flow, 'unreachable', 'host', `${kernel.name}: nobody answers ARP for ${nextHop} on ${device}`);
}

/** A packet made here. */
export function send(kernel: Kernel, packet: Packet, rest: Rest = {}, carry?: Pick<Flow, 'tracked' | 'ctState'>): SendFailure | undefined {
	const route = kernel.routes.lookup(packet.destination, packet);
	if (!route?.dev || (route.type !== undefined && route.type !== 'unicast' && route.type !== 'local')) {
		const {icmp, by} = refusal(kernel, packet.destination, route);
		return {code: icmp === 'net' ? 'no-route' : icmp, by};
	}
	const source = packet.source || sourceFor(route, kernel.links) || '0.0.0.0';
	const flow: Flow = {
		packet: packet.source ? packet : {...packet, source},
		hook: 'OUTPUT',
		inLink: '',
		outLink: route.dev,
		ctState: carry?.ctState ?? 'INVALID',
		balanced: false,
		local: true,
		kernel,
		tracked: carry?.tracked,
	};
	return output(kernel, flow, route, rest);
}

/** OUTPUT, and again the routing table when OUTPUT changed where the packet goes. */
function output(kernel: Kernel, flow: Flow, route: Route, rest: Rest): SendFailure | undefined {
	const before = flow.packet;
	if (!runHook(kernel, flow, 'OUTPUT', rest)) return undefined;
	let way: Route | undefined = route;
	if (flow.packet.destination !== before.destination || flow.packet.mark !== before.mark)
		way = kernel.routes.lookup(flow.packet.destination, flow.packet);
	if (!usable(kernel, flow, way)) return undefined;
	const leavesHost = way!.type !== 'local' && way!.dev !== 'lo';
	if (leavesHost && isLoopback(flow.packet.source) && kernel.sysctls.conf(way!.dev!, 'route_localnet') === 0) {
		kernel.wire.dropped(`${kernel.name}: source ${flow.packet.source} may not leave by ${way!.dev} (route_localnet is 0)`);
		return undefined;
	}
	kernel.wire.recorder?.({
		where: kernel.name,
		hook: 'ROUTE',
		verdict: way!.type === 'local' ? 'local' : 'out',
		link: way!.dev,
		note: describe(way!),
		before: flow.packet,
	});
	leave(kernel, flow, way!, rest);
	return undefined;
}

/** One netfilter hook. False: the packet goes no further (dropped, answered, or taken over by IPVS). */
function runHook(kernel: Kernel, flow: Flow, hook: HookName, rest: Rest): boolean {
	flow.hook = hook;
	if (kernel.rules.rows().size === 0 && kernel.ipvs.isEmpty()) return true;
	// Whoever records wants to see the empty tables, too.
	const busy = kernel.wire.recorder ? undefined : kernel.rules.busyAt(hook);
	for (const stage of stages[hook]) {
		if (stage === 'track') track(kernel, flow);
		else if (stage === 'confirm') {
			if (!confirm(kernel, flow)) return false;
		} else if (stage === 'nat') natStage(kernel, flow, hook);
		else if (stage === 'ipvs') {
			if (!ipvsStage(kernel, flow, hook, rest)) return false;
		} else if ((!busy || busy.has(stage)) && !tableStage(kernel, flow, stage)) return false;
	}
	return true;
}

function track(kernel: Kernel, flow: Flow): void {
	if (flow.tracked || flow.ctState === 'UNTRACKED') return;
	const found = kernel.conntrack.track(flow.packet);
	flow.ctState = found.state;
	flow.tracked = found.tracked;
}

function confirm(kernel: Kernel, flow: Flow): boolean {
	if (!flow.tracked || flow.tracked.confirmed || flow.tracked.reply) return true;
	kernel.nat.keepApart(flow);
	if (kernel.conntrack.confirm(flow.tracked)) return true;
	kernel.wire.dropped(`${kernel.name}: nf_conntrack: table full, dropping packet`);
	return false;
}

function natStage(kernel: Kernel, flow: Flow, hook: HookName): void {
	const manip = manipOf[hook];
	if (mustAsk(flow, manip) && kernel.rules.exists('nat')) {
		markAsked(flow, manip, kernel.conntrack);
		walkTable(kernel.rules, 'nat', flow, kernel.wire.recorder);
	}
	const before = flow.packet;
	translate(flow, manip);
	if (flow.packet !== before)
		kernel.wire.recorder?.({where: kernel.name, hook, verdict: 'translated', table: 'nat', before, after: flow.packet});
}

function ipvsStage(kernel: Kernel, flow: Flow, hook: HookName, rest: Rest): boolean {
	if (flow.balanced || (kernel.ipvs.isEmpty() && kernel.ipvs.connectionTable.isEmpty())) return true;
	if (hook === 'FORWARD') {
		unbalance(kernel, flow);
		return true;
	}
	const balanced = hook === 'INPUT' ? balanceInput(kernel, flow) : balanceOutput(kernel, flow);
	if (typeof balanced !== 'string') toRealServer(kernel, flow, balanced, rest);
	return balanced === 'pass';
}

/** From LOCAL_OUT on by a new route, as ip_vs_nat_xmit sends it. */
function toRealServer(kernel: Kernel, flow: Flow, row: ConnectionRow, rest: Rest): void {
	flow.balanced = true;
	const target = row.server.address;
	const route = kernel.routes.lookup(target);
	if (!route?.dev) {
		sendError(kernel, flow, 'unreachable', 'host', `${kernel.name}: IPVS: no route to ${target}`);
		return;
	}
	flow.outLink = route.dev;
	flow.inLink = '';
	if (row.forward === 'Masq') {
		output(kernel, flow, route, rest);
		return;
	}
	// Direct routing: the packet keeps its destination and only the frame goes to the server.
	if (route.type === 'local') {
		leave(kernel, flow, route, rest);
		return;
	}
	if (!runHook(kernel, flow, 'OUTPUT', rest) || !runHook(kernel, flow, 'POSTROUTING', rest)) return;
	if (!transmit(kernel, route.dev, route.via ?? target, flow.packet, rest))
		sendError(kernel, flow, 'unreachable', 'host', `${kernel.name}: nobody answers ARP for ${target}`);
}

function tableStage(kernel: Kernel, flow: Flow, table: 'raw' | 'mangle' | 'filter' | 'security'): boolean {
	const decision = walkTable(kernel.rules, table, flow, kernel.wire.recorder);
	if (decision.verdict === 'ACCEPT') return true;
	if (decision.verdict === 'DROP') kernel.wire.dropped(decision.by!);
	else if (flow.rejectWith === 'tcp-reset') sendReset(kernel, flow, decision.by!);
	else sendError(kernel, flow, 'unreachable', flow.rejectWith as IcmpUnreachable, decision.by!);
	return false;
}
