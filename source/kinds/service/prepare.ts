import {equal} from '../../api/values/plain.js';

/** What an update may leave out, and what a change of type takes away. Models patchAllocatedValues, normalizeClusterIPs and dropTypeDependentFields. */
export function prepareService(service: any, old: any): void {
	const [spec, before] = [service.spec, old.spec];
	keepAllocated(spec, before);
	syncClusterIps(spec, before);
	dropByType(spec, before);
}

const needsIp = ({type}: any): boolean => type !== 'ExternalName';
const needsNodePort = (spec: any): boolean =>
	spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
const needsHealth = (spec: any): boolean => spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
const isExternal = (spec: any): boolean =>
	spec.type === 'LoadBalancer' || spec.type === 'NodePort' || (spec.type === 'ClusterIP' && spec.externalIPs?.length > 0);

function keepAllocated(spec: any, before: any): void {
	if (needsIp(before) && needsIp(spec)) {
		if (!spec.clusterIP) spec.clusterIP = before.clusterIP;
		if (!spec.clusterIPs?.length && spec.clusterIP === before.clusterIP && before.clusterIPs) spec.clusterIPs = [...before.clusterIPs];
		spec.ipFamilies ??= before.ipFamilies && [...before.ipFamilies];
		spec.ipFamilyPolicy ??= before.ipFamilyPolicy;
	}

	if (needsNodePort(before) && needsNodePort(spec)) {
		const given = new Set((spec.ports ?? []).map((port: any) => port.nodePort));
		const used = new Set((before.ports ?? []).map((port: any) => port.nodePort).filter((port: number) => given.has(port)));
		// A port keeps its node port by name, whatever else of it has changed.
		const byName = new Map((before.ports ?? []).map((port: any) => [port.name ?? '', port.nodePort]));
		for (const port of spec.ports ?? []) {
			const earlier = byName.get(port.name ?? '');
			if (port.nodePort || !earlier || used.has(earlier)) continue;
			port.nodePort = earlier;
			used.add(earlier);
		}
	}

	if (needsHealth(before) && needsHealth(spec)) spec.healthCheckNodePort ||= before.healthCheckNodePort;
}

/** Old clients know only `clusterIP`. */
function syncClusterIps(spec: any, before: any): void {
	const sameList = equal(spec.clusterIPs ?? [], before.clusterIPs ?? []);
	if (spec.clusterIP !== before.clusterIP && sameList) {
		if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
		else delete spec.clusterIPs;
	} else if (spec.clusterIP === before.clusterIP && !sameList && spec.clusterIP && !spec.clusterIPs?.length) delete spec.clusterIP;
}

function dropByType(spec: any, before: any): void {
	if (needsIp(before) && !needsIp(spec)) {
		for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'])
			if (equal(spec[field], before[field])) delete spec[field];
	}

	// Ports may come, go and change, as long as none is new.
	const samePorts = nodePorts(spec).every(port => port === 0 || nodePorts(before).includes(port));
	if (needsNodePort(before) && !needsNodePort(spec) && samePorts) for (const port of spec.ports ?? []) delete port.nodePort;
	if (needsHealth(before) && !needsHealth(spec) && spec.healthCheckNodePort === before.healthCheckNodePort) delete spec.healthCheckNodePort;
	const wasBalanced = before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer';
	for (const field of ['allocateLoadBalancerNodePorts', 'loadBalancerClass'])
		if (wasBalanced && spec[field] === before[field]) delete spec[field];
	if (isExternal(before) && !isExternal(spec) && spec.externalTrafficPolicy === before.externalTrafficPolicy)
		delete spec.externalTrafficPolicy;
	if (spec.type === 'ExternalName' && spec.internalTrafficPolicy === before.internalTrafficPolicy) delete spec.internalTrafficPolicy;
}

const nodePorts = (spec: any): number[] => (spec.ports ?? []).map((port: any) => port.nodePort ?? 0);
