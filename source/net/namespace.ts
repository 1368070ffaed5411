import {createConntrack} from './conntrack.js';
import {exchangeDatagram, ping} from './datagram.js';
import {createIpSets, type IpSetTable} from './ipset/ipset.js';
import {createIptables, type IptablesView} from './iptables/view.js';
import {createIpvs, type IpvsTable} from './ipvs/table.js';
import type {Kernel, Wire} from './kernel.js';
import {createLinks, type Link} from './link.js';
import {createNat} from './nat.js';
import {createNeighbours, type Neighbours} from './neighbour.js';
import type {Netstack} from './netstack.js';
import {createRecent} from './iptables/recent.js';
import {createPolicyRules, type PolicyRules} from './policy-rule.js';
import {createRoutes, sourceFor} from './route.js';
import {createSockets} from './socket.js';
import type {Space} from './space.js';
import {createSysctls, type Sysctls} from './sysctl.js';
import {connect, reach} from './tcp/client.js';
import {createTraffic} from './traffic.js';
import {createTokens} from './iptables/tokens.js';
import {receive, send} from './walk.js';
import {createRuleBase} from './iptables/rule-base.js';

/** A namespace with what tools of its own machine may also see. */
export interface Namespace extends Netstack {
	readonly iptables: IptablesView;
	readonly ip6tables: IptablesView;
	readonly ipsets: IpSetTable;
	readonly ipvs: IpvsTable;
	readonly kernel: Kernel;
	readonly neighbours: Neighbours;
	readonly policy: PolicyRules;
	readonly sysctls: Sysctls;
}

export type LinkListener = (namespace: string, before: Link | undefined, after: Link | undefined) => void;

export function createNamespace(space: Space, wire: Wire, linkChanged: LinkListener): Namespace {
	const kernel = createKernel(space, wire, linkChanged);
	const {links, routes, sockets, conntrack, ipvs, ipsets, sysctls, neighbours, policy} = kernel;
	return {
		name: space.name,
		kernel,
		neighbours,
		policy,
		sysctls,
		links,
		routes,
		sockets: {
			...sockets,
			closeAll(owner) {
				sockets.closeAll(owner);
				wire.speakers.forget(each => each.namespace === space.name && each.owner === owner);
			},
		},
		conntrack,
		ipvs,
		ipsets,
		iptables: createIptables(kernel.rules, ipsets),
		ip6tables: createIptables(kernel.rules6, ipsets),
		sysctl: name => sysctls.get(name),
		setSysctl: (name, value) => sysctls.set(name, value),
		connect: (destination, port, options) => connect(kernel, destination, port, options),
		announce: (address, {device, owner}) => wire.speakers.announce(address, {namespace: space.name, link: device, owner}),
		withdraw: (address, {device}) => wire.speakers.withdraw(address, {namespace: space.name, link: device}),
		reach: (destination, port) => reach(kernel, destination, port),
		exchange: (destination, port, payload, options) => exchangeDatagram(kernel, destination, port, payload, options),
		ping: (destination, options) => ping(kernel, destination, options),
		hasAddress: address => routes.localDevice(address) !== undefined,
	};
}

function createKernel(space: Space, wire: Wire, linkChanged: LinkListener): Kernel {
	const links = createLinks(space, {
		changed(before, after) {
			routes.follow(before, after);
			if (!after) {
				sysctls.forget(before!.name);
				traffic.forget(before!.name);
			}

			linkChanged(space.name, before, after);
		},
	});
	const policy = createPolicyRules(space);
	const routes = createRoutes(space, links, policy);
	const sysctls = createSysctls(space, () => links.list().map(link => link.name));
	const conntrack = createConntrack(space, sysctls);
	const random = space.sim.random.fork(`net/${space.name}`);
	const drawSmall = (count: number) => random.int(count);
	const rules = createRuleBase(space, 4);
	const rules6 = createRuleBase(space, 6);
	const neighbours = createNeighbours(space);
	const traffic = createTraffic(space);
	const ipsets = createIpSets(space, name => rules.setReferences(name) + rules6.setReferences(name));
	const tokens = createTokens(space);
	const statistic = random.fork('statistic');
	const kernel: Kernel = {
		name: space.name,
		space,
		wire,
		links,
		routes,
		policy,
		sysctls,
		conntrack,
		rules,
		rules6,
		neighbours,
		traffic,
		ipsets,
		ipvs: createIpvs(space, sysctls),
		sockets: createSockets(space),
		recent: createRecent(space),
		nat: createNat({
			conntrack,
			draw: drawSmall,
			sourceOf(device, destination) {
				const route = routes.lookup(destination);
				return route && sourceFor(route.dev === device ? route : {destination, dev: device}, links);
			},
			firstAddress: device => links.get(device)?.addresses[0]?.address,
		}),
		standing: space.table('standing'),
		waiting: [],
		receive: arrival => receive(kernel, arrival),
		send: (packet, rest, carry) => send(kernel, packet, rest, carry),
		now: () => space.sim.clock.now(),
		drawSmall,
		draw31: () => statistic.int(2 ** 31),
		nth: tokens.nth,
		limit: tokens.limit,
		macOf: address => neighbours.list().find(row => row.address === address)?.mac,
		note: what => space.sim.notes.notSimulated(what),
	};
	return kernel;
}
