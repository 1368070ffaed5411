import type {AdmissionRequest} from '../../api/admission.js';
import {invalid} from '../../api/errors.js';

const attemptsMax = 200;
const defaultRange = '30000-32767';
/** The kubelet and the API server read `30000-32767` and `30000+2767` alike. */
function rangeOf(flags: Readonly<Record<string, string>>): {first: number; last: number} {
	const [first, last] = (flags['service-node-port-range'] || defaultRange).split('-').map(Number) as [number, number];
	return {first, last};
}

const needs = (spec: any): boolean =>
	spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
const needsHealthCheck = (spec: any): boolean => spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';

export function setNodePorts(request: AdmissionRequest): void {
	const spec = request.draft!['spec'];
	const own = new Set<number>(portsOf(request.old?.['spec']));
	/** Two ports of one service may share a number when their protocols differ. */
	const used = new Map<number, Set<string>>();
	const mayHave = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
	for (const [index, port] of mayHave ? (spec.ports ?? []).entries() : []) {
		const sharing = port.nodePort && used.get(port.nodePort);
		if (port.nodePort && !own.has(port.nodePort) && !(sharing && !sharing.has(port.protocol)))
			claim(request, port.nodePort, `spec.ports[${index}].nodePort`);
		if (!port.nodePort && needs(spec)) port.nodePort = sharedWith(spec.ports, port, used) ?? pick(request, used);
		if (port.nodePort) used.set(port.nodePort, new Set([...(used.get(port.nodePort) ?? []), port.protocol]));
	}

	if (needsHealthCheck(spec)) {
		if (spec.healthCheckNodePort && !own.has(spec.healthCheckNodePort)) {
			const why = problem(request, spec.healthCheckNodePort);
			const detail = `failed to allocate requested HealthCheck NodePort ${spec.healthCheckNodePort}: ${why}`;
			if (why) throw new Error(detail);
		}

		spec.healthCheckNodePort ||= pick(request, used);
	}
}

const portsOf = (spec: any): number[] =>
	[...(spec?.ports ?? []).map((port: any) => port.nodePort), spec?.healthCheckNodePort].filter(Boolean);

/** DNS on TCP and UDP: the same port number asks for the same node port. */
function sharedWith(ports: any[], port: any, used: Map<number, Set<string>>): number | undefined {
	const twin = ports.find(
		other => other !== port && other.port === port.port && other.protocol !== port.protocol && used.has(other.nodePort),
	);
	return twin?.nodePort;
}

function problem({flags, reader, dryRun}: AdmissionRequest, port: number): string | undefined {
	const {first, last} = rangeOf(flags);
	// A dry run asks only whether the port is taken (portallocator/operation.go).
	if (!dryRun && (port < first || port > last))
		return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
	return reader.indexed('services', 'nodePort', String(port)).length > 0 ? 'provided port is already allocated' : undefined;
}

function claim(request: AdmissionRequest, port: number, field: string): void {
	const detail = problem(request, port);
	if (detail) throw invalid(request.kind, request.name, [{type: 'Invalid', field, value: port, detail}]);
}

/** The lower part of the range is left to those who choose for themselves (KEP-3668). */
function pick(request: AdmissionRequest, used: Map<number, Set<string>>): number {
	const {first, last} = rangeOf(request.flags);
	const size = last - first + 1;
	const reserved = size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
	const isFree = (port: number) => !used.has(port) && problem(request, port) === undefined;
	const random = request.sim.random.fork('api/node-port');
	for (let attempt = 0; attempt < attemptsMax; attempt++) {
		const port = first + reserved + random.int(size - reserved);
		if (isFree(port)) return port;
	}

	for (let port = last; port >= first; port--) if (isFree(port)) return port;
	throw new Error('range is full');
}
