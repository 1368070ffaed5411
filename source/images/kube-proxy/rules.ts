import {endpointChain, portHash} from './chain-names.js';
import {type Categorized, categorize, type Endpoint} from './endpoint.js';
import {externallyAccessible, type ServicePort} from './service-port.js';
import {cidrHolds, type Settings} from './settings.js';

/** The rules one service port adds, in the spelling that kube-proxy writes. */
export interface PortRules {
	/** nat KUBE-SERVICES and KUBE-NODEPORTS, without `-A CHAIN `. */
	readonly services: readonly string[];
	readonly nodePorts: readonly string[];
	/** filter KUBE-SERVICES, KUBE-EXTERNAL-SERVICES, KUBE-NODEPORTS, KUBE-PROXY-FIREWALL, likewise. */
	readonly filterServices: readonly string[];
	readonly filterExternal: readonly string[];
	readonly filterNodePorts: readonly string[];
	readonly filterFirewall: readonly string[];
	/** Its own nat chains with their rules. */
	readonly chains: readonly string[];
	readonly chainRules: readonly string[];
}

interface Draft {
	readonly port: ServicePort;
	readonly settings: Settings;
	readonly endpoints: Categorized;
	readonly comments: boolean;
	readonly svc: string;
	readonly svl: string;
	readonly ext: string;
	readonly fw: string;
	/** Where traffic to the cluster address goes. */
	readonly internal: string;
	readonly out: {[K in keyof PortRules]: string[]};
}

/** Models the per-service part of syncProxyRules (pkg/proxy/iptables/proxier.go). `comments` is off in large clusters. */
export function portRules(port: ServicePort, all: readonly Endpoint[], settings: Settings, comments: boolean): PortRules {
	const endpoints = categorize(all, port, settings);
	const hash = portHash(port);
	const out = {
		services: [],
		nodePorts: [],
		filterServices: [],
		filterExternal: [],
		filterNodePorts: [],
		filterFirewall: [],
		chains: [],
		chainRules: [],
	};
	const [svc, svl] = [`KUBE-SVC-${hash}`, `KUBE-SVL-${hash}`];
	const draft: Draft = {
		...{port, settings, endpoints, comments, svc, svl, out},
		ext: `KUBE-EXT-${hash}`,
		fw: `KUBE-FW-${hash}`,
		internal: port.internalLocal ? svl : svc,
	};
	addressRules(draft);
	healthCheckRule(draft);
	if (endpoints.hasAny) serviceChains(draft);
	return out;
}

const match = ({port}: Draft, comment: string, address: string, number: number) =>
	`-m comment --comment "${port.name} ${comment}" -m ${port.protocol} -p ${port.protocol} -d ${address} --dport ${number}`;

/** What is done with traffic to each of its addresses: led to a chain, rejected, or dropped. */
function addressRules(draft: Draft): void {
	const {port, endpoints, settings, out} = draft;
	const none = endpoints.hasAny ? undefined : {target: 'REJECT', comment: 'has no endpoints'};
	const noLocal = endpoints.local?.length === 0 ? {target: 'DROP', comment: 'has no local endpoints'} : undefined;
	const internalFilter = none ?? (port.internalLocal ? noLocal : undefined);
	const externalFilter = none ?? (port.externalLocal ? noLocal : undefined);
	if (internalFilter) {
		out.filterServices.push(`${match(draft, internalFilter.comment, port.clusterIp, port.port)} -j ${internalFilter.target}`);
	} else {
		out.services.push(`${match(draft, 'cluster IP', port.clusterIp, port.port)} -j ${draft.internal}`);
	}

	const firewalled = port.sourceRanges.length > 0;
	for (const [addresses, comment, target] of [
		[port.externalIps, 'external IP', draft.ext],
		[port.loadBalancerIps, 'loadbalancer IP', firewalled ? draft.fw : draft.ext],
	] as const) {
		for (const address of addresses) {
			if (!none) out.services.push(`${match(draft, comment, address, port.port)} -j ${target}`);
			if (externalFilter) {
				out.filterExternal.push(`${match(draft, externalFilter.comment, address, port.port)} -j ${externalFilter.target}`);
			}
		}
	}

	if (!none && firewalled) {
		for (const address of port.loadBalancerIps) {
			out.filterFirewall.push(`${match(draft, `traffic not accepted by ${draft.fw}`, address, port.port)} -j DROP`);
		}
	}

	if (port.nodePort === 0 || settings.nodePortIps?.length === 0) return;
	const transport = `-m ${port.protocol} -p ${port.protocol}`;
	if (!none) {
		const start = `-m comment --comment ${port.name} ${transport}`;
		if (settings.localhostNodePorts) {
			out.nodePorts.push(
				`${start} -d 127.0.0.0/8 --dport ${port.nodePort} -m nfacct --nfacct-name localhost_nps_accepted_pkts -j ${draft.ext}`,
			);
		}

		out.nodePorts.push(`${start} --dport ${port.nodePort} -j ${draft.ext}`);
	}

	if (externalFilter) {
		out.filterExternal.push(
			`-m comment --comment "${port.name} ${externalFilter.comment}" -m addrtype --dst-type LOCAL ${transport} --dport ${port.nodePort} -j ${externalFilter.target}`,
		);
	}
}

function healthCheckRule({port, out}: Draft): void {
	if (port.healthCheckNodePort === 0) return;
	out.filterNodePorts.push(
		`-m comment --comment "${port.name} health check node port" -m tcp -p tcp --dport ${port.healthCheckNodePort} -j ACCEPT`,
	);
}

function serviceChains(draft: Draft): void {
	const {port, endpoints, settings, out} = draft;
	const external = externallyAccessible(port);
	const clusterUsed = (endpoints.cluster?.length ?? 0) > 0;
	const localUsed = (endpoints.local?.length ?? 0) > 0;
	if (clusterUsed) out.chains.push(draft.svc);
	if (localUsed) out.chains.push(draft.svl);
	const internalUsed = port.internalLocal ? localUsed : true;
	if (internalUsed) {
		const source = settings.masqueradeAll ? '' : settings.ifNotLocal;
		if (settings.masqueradeAll || source) {
			out.chainRules.push(
				`-A ${draft.internal} ${match(draft, 'cluster IP', port.clusterIp, port.port)}${source && ` ${source}`} -j KUBE-MARK-MASQ`,
			);
		}
	}

	if (external) externalChain(draft, localUsed);
	if (port.sourceRanges.length > 0 && port.loadBalancerIps.length > 0) firewallChain(draft);
	if (clusterUsed) balance(draft, draft.svc, endpoints.cluster!);
	if (localUsed) balance(draft, draft.svl, endpoints.local!);
	for (const endpoint of endpoints.reachable) endpointRules(draft, endpoint);
}

/** KUBE-EXT: masquerade, unless externalTrafficPolicy Local promises to keep the client's address. */
function externalChain({port, settings, ext, svc, svl, out}: Draft, localUsed: boolean): void {
	out.chains.push(ext);
	const rule = (comment: string, rest: string) =>
		out.chainRules.push(`-A ${ext} -m comment --comment "${comment} for ${port.name} external destinations" ${rest}`);
	if (!port.externalLocal) {
		rule('masquerade traffic', '-j KUBE-MARK-MASQ');
		out.chainRules.push(`-A ${ext} -j ${svc}`);
		return;
	}

	if (settings.ifLocal) rule('pod traffic', `${settings.ifLocal} -j ${svc}`);
	rule('masquerade LOCAL traffic', '-m addrtype --src-type LOCAL -j KUBE-MARK-MASQ');
	rule('route LOCAL traffic', `-m addrtype --src-type LOCAL -j ${svc}`);
	if (localUsed) out.chainRules.push(`-A ${ext} -j ${svl}`);
}

function firewallChain({port, settings, ext, fw, out}: Draft): void {
	out.chains.push(fw);
	const start = `-A ${fw} -m comment --comment "${port.name} loadbalancer IP"`;
	let nodeAllowed = false;
	for (const range of port.sourceRanges) {
		out.chainRules.push(`${start} -s ${range} -j ${ext}`);
		nodeAllowed ||= cidrHolds(range, settings.nodeIp);
	}

	// A node's own traffic to the load balancer's address is seen with that address as its source.
	if (nodeAllowed) for (const address of port.loadBalancerIps) out.chainRules.push(`${start} -s ${address} -j ${ext}`);
	out.chainRules.push(`-A ${fw} -m comment --comment "other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL"`);
}

function balance({port, comments, out}: Draft, chain: string, endpoints: readonly Endpoint[]): void {
	const comment = (endpoint: Endpoint) => (comments ? ` -m comment --comment "${port.name} -> ${endpoint.address}"` : '');
	if (port.affinitySeconds > 0) {
		for (const endpoint of endpoints) {
			const target = endpointChain(port, endpoint.address);
			out.chainRules.push(
				`-A ${chain}${comment(endpoint)} -m recent --name ${target} --rcheck --seconds ${port.affinitySeconds} --reap -j ${target}`,
			);
		}
	}

	endpoints.forEach((endpoint, i) => {
		const left = endpoints.length - i;
		const chance = left > 1 ? ` -m statistic --mode random --probability ${(1 / left).toFixed(10)}` : '';
		out.chainRules.push(`-A ${chain}${comment(endpoint)}${chance} -j ${endpointChain(port, endpoint.address)}`);
	});
}

function endpointRules({port, comments, out}: Draft, endpoint: Endpoint): void {
	const chain = endpointChain(port, endpoint.address);
	out.chains.push(chain);
	const comment = comments ? ` -m comment --comment ${port.name}` : '';
	const remember = port.affinitySeconds > 0 ? ` -m recent --name ${chain} --set` : '';
	out.chainRules.push(`-A ${chain}${comment} -s ${endpoint.ip} -j KUBE-MARK-MASQ`);
	out.chainRules.push(
		`-A ${chain}${comment}${remember} -m ${port.protocol} -p ${port.protocol} -j DNAT --to-destination ${endpoint.address}`,
	);
}
