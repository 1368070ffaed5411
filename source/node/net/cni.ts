import type {KubeObject} from '../../api/object.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import {digest} from '../image/digest.js';
import type {HostSpec} from '../host/host-spec.js';
import {type HostPort, addHostPorts, removeHostPorts} from './host-port.js';
import {type Namespaces, podNamespace} from '../container/namespaces.js';

/** The pod network's part on one node: what the CNI plug-ins `calico` and `portmap` do when a pod comes and goes. */
export interface Cni {
	/** Gives a pod its namespace, its interface and its address. */
	add(pod: KubeObject, uid: string): {readonly address: string} | {readonly error: string};
	/** Does nothing for a pod that it does not know. */
	remove(uid: string): void;
	/** One route to each other node's pods, as BIRD has learned them, and a blackhole for the rest of our own. */
	setPeers(peers: ReadonlyArray<{readonly podCidr: string; readonly address: string}>): void;
}

export interface Attachment {
	readonly address: string;
	readonly link: string;
	readonly hostPorts: readonly HostPort[];
}

/** Calico answers for this address on every cali* link; pods have it as their gateway. */
const gateway = '169.254.1.1';
const caliMac = 'ee:ee:ee:ee:ee:ee';

/** The pods of a node by uid, from the moment they are plugged in. */
export const attachmentsOf = (sim: Sim, node: string): Table<Attachment> => sim.state.table(`cni/${node}/pods`);

export function createCni(sim: Sim, spec: HostSpec, namespaces: Namespaces): Cni {
	const attachments = attachmentsOf(sim, spec.name);
	const taken = sim.state.table<string>(`cni/${spec.name}/addresses`);
	const last = sim.state.cell<number>(`cni/${spec.name}/last`, 1);
	const podCidr = spec.cluster?.nodePodCidr ?? '';
	const host = () => namespaces.get(spec.name)!;

	/** Round and round, as host-local does, so that an address is not given to the next pod at once. */
	const allocate = (uid: string): string | undefined => {
		const {first, count} = range(podCidr);
		for (let tried = 0; tried < count - 2; tried++) {
			const offset = last.get() + 1 > count - 2 ? 2 : last.get() + 1;
			last.set(offset);
			const address = toText(first + offset);
			if (taken.has(address)) continue;
			taken.set(address, uid);
			return address;
		}

		return undefined;
	};

	return {
		add(pod, uid) {
			const address = allocate(uid);
			if (!address)
				return {
					error: `failed to setup network for sandbox: plugin type="calico" failed (add): no IP addresses available in range set: ${podCidr}`,
				};
			const {namespace = 'default', name} = pod.metadata;
			const link = `cali${digest(`${namespace}.${name}`).slice(0, 11)}`;
			const hostPorts = hostPortsOf(pod);
			const own = namespaces.create(podNamespace(uid));
			attachPod(host(), own, {uid, address, link, node: spec.name});
			for (const {name, value} of pod['spec'].securityContext?.sysctls ?? []) own.setSysctl(name, value);
			if (hostPorts.length > 0) addHostPorts(host().iptables, uid, address, podCidr, hostPorts);
			attachments.set(uid, {address, link, hostPorts});
			return {address};
		},
		remove(uid) {
			const attachment = attachments.get(uid);
			if (!attachment) return;
			const {address, link, hostPorts} = attachment;
			if (hostPorts.length > 0) removeHostPorts(host().iptables, uid, hostPorts);
			host().routes.remove(`${address}/32`, {dev: link});
			host().links.remove(link);
			namespaces.remove(podNamespace(uid));
			taken.delete(address);
			attachments.delete(uid);
		},
		setPeers(peers) {
			const {routes} = host();
			const wanted = new Set([podCidr, ...peers.map(peer => peer.podCidr)]);
			const present = routes.list('main').filter(route => route.protocol === 'bird' && !route.destination.endsWith('/32'));
			for (const route of present) if (!wanted.has(route.destination)) routes.remove(route.destination, {protocol: 'bird'});
			for (const peer of peers) {
				if (present.some(route => route.destination === peer.podCidr && route.via === peer.address)) continue;
				routes.replace({destination: peer.podCidr, via: peer.address, dev: 'eth0', protocol: 'bird'});
			}

			if (podCidr !== '' && !present.some(route => route.type === 'blackhole'))
				routes.add({type: 'blackhole', destination: podCidr, protocol: 'bird'});
		},
	};
}

type Stack = ReturnType<Namespaces['create']>;

function attachPod(host: Stack, pod: Stack, {uid, address, link, node}: {uid: string; address: string; link: string; node: string}): void {
	const seed = digest(uid);
	const mac = `${((Number.parseInt(seed.slice(0, 2), 16) & 0xfc) | 2).toString(16).padStart(2, '0')}:${seed.slice(2, 12).match(/../g)!.join(':')}`;
	const veth = {type: 'veth' as const, mtu: 1500, up: true, carrier: true, addresses: []};
	host.links.add({...veth, name: link, mac: caliMac, peer: {namespace: pod.name, link: 'eth0'}});
	pod.links.add({...veth, name: 'eth0', mac, peer: {namespace: node, link}});
	pod.links.addAddress('eth0', {address, prefix: 32, scope: 'global'});
	pod.routes.add({destination: `${gateway}/32`, dev: 'eth0', scope: 'link'});
	pod.routes.add({destination: '0.0.0.0/0', via: gateway, dev: 'eth0'});
	host.setSysctl(`net.ipv4.conf.${link}.proxy_arp`, '1');
	host.routes.add({destination: `${address}/32`, dev: link, scope: 'link'});
}

const hostPortsOf = (pod: KubeObject): HostPort[] =>
	pod['spec'].containers.flatMap((container: any) =>
		(container.ports ?? [])
			.filter((port: any) => port.hostPort)
			.map((port: any) => ({
				hostPort: port.hostPort,
				containerPort: port.containerPort,
				protocol: (port.protocol ?? 'TCP').toLowerCase(),
				hostAddress: port.hostIP ?? '',
			})),
	);

function range(cidr: string): {first: number; count: number} {
	const [address = '0.0.0.0', bits = '32'] = cidr.split('/');
	const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
	return {first, count: 2 ** (32 - Number(bits))};
}

const toText = (value: number) => [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
