import type {KubeObject} from '../../source/api/object.js';
import {isEndpoint} from '../../source/controllers/endpoints/pod-endpoint.js';
import {podToEndpoint} from '../../source/controllers/endpoint-slice/endpoint-slice.js';
import {categorize, endpointsOf} from '../../source/images/kube-proxy/endpoint.js';
import {servicePorts} from '../../source/images/kube-proxy/service-port.js';
import {type Line, type Result, tally} from './case.js';
import {decodeQuietly} from './decode-quietly.js';
import {judgeBehaviour} from './service-behaviour.js';
import {kindOf} from './types.js';

/** Services: which endpoints serve, how endpoints are made, defaults, and traffic through a running cluster. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, line => {
		const judge = judges[line['kind']];
		return judge ? judge(line) : `unknown kind ${line['kind']}`;
	});
}

const judges: Readonly<Record<string, (line: Line) => true | string>> = {
	proxyEndpoints: judgeProxyEndpoints,
	podToEndpoint({given, expect}) {
		const address = given.pod.status.podIPs.find(({ip}: any) => !ip.includes(':')).ip;
		const found = podToEndpoint(given.service, given.pod, address, given.node);
		const {uid: _uid, ...target} = (found as any).targetRef ?? {};
		return same({...found, targetRef: target}, expect.endpoint);
	},
	podInEndpoints: ({given, expect}) => same(isEndpoint(given.pod, given.includeTerminating ?? false), expect.inEndpoints),
	sliceAddressTypes: ({given, expect}) => same(given.service.spec.ipFamilies ?? ['IPv4'], expect.addressTypes),
	defaulting({given, expect}) {
		const kind = kindOf(given.service)!;
		const draft: any = decodeQuietly(kind, structuredClone(given.service));
		kind.defaults?.(draft);
		const absent = expect.specAbsent.filter((field: string) => draft.spec[field] !== undefined);
		if (absent.length > 0) return `${absent} should be absent`;
		return same(pick(draft.spec, expect.specContains), expect.specContains);
	},
	behaviour: judgeBehaviour,
};

const same = (found: unknown, wanted: unknown): true | string => {
	const [a, b] = [stable(found), stable(wanted)];
	return a === b || `${a}, not ${b}`;
};

const stable = (value: any): string =>
	JSON.stringify(value, (_, inner) =>
		inner && typeof inner === 'object' && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);

const pick = (value: any, shape: any): any => Object.fromEntries(Object.keys(shape).map(key => [key, value[key]]));

/**
 * The table is of 1.26, where kube-proxy itself looked at the Service's annotation. Now the slice controller does: slices of a Service
 * that does not ask for topology have no hints. Gates that are gone since are taken as what they switched off.
 */
function judgeProxyEndpoints({given, expect}: Line): true | string {
	const {service, node, featureGates = {}} = given;
	const annotations = service.metadata.annotations ?? {};
	const mode = annotations['service.kubernetes.io/topology-mode'] ?? annotations['service.kubernetes.io/topology-aware-hints'];
	const hinted = (mode === 'Auto' || mode === 'auto') && featureGates.TopologyAwareHints !== false;
	const terminating = featureGates.ProxyTerminatingEndpoints !== false;
	const slices: KubeObject[] = given.endpointSlices.map((slice: any) => ({
		...slice,
		endpoints: slice.endpoints
			.filter((endpoint: any) => terminating || !endpoint.conditions?.terminating)
			.map(({hints, ...endpoint}: any) => (hinted ? {...endpoint, hints} : endpoint)),
	}));
	const [port] = servicePorts(service);
	const place = {nodeName: node.metadata.name, zone: node.metadata.labels?.['topology.kubernetes.io/zone'] ?? ''};
	const found = categorize(endpointsOf(port!, slices, place.nodeName), port!, place);
	const addresses = (list: typeof found.cluster) => list?.map(endpoint => endpoint.address).sort() ?? null;
	const wanted = {
		...expect,
		clusterEndpoints: expect.clusterEndpoints?.toSorted() ?? null,
		localEndpoints: expect.localEndpoints?.toSorted() ?? null,
	};
	const {clusterEndpoints, localEndpoints, hasAnyEndpoints} = wanted;
	return same(
		{clusterEndpoints: addresses(found.cluster), localEndpoints: addresses(found.local), hasAnyEndpoints: found.hasAny},
		{clusterEndpoints, localEndpoints, hasAnyEndpoints},
	);
}
