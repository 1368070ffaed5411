import {createHash} from 'node:crypto';
import type {KubeObject} from '../../api/object.js';
import type {Configuration, L2Advertisement} from './configuration.js';

export interface Candidates {
	readonly service: KubeObject;
	readonly slices: readonly KubeObject[];
	readonly nodes: readonly KubeObject[];
	/** Nodes whose speakers are alive. */
	readonly speakers: readonly string[];
	readonly advertisements: readonly L2Advertisement[];
	/** With `--ignore-exclude-lb`. */
	readonly ignoreExclusion: boolean;
}

const excluded = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** The one node that speaks for an address: services that share it share the node. Models ShouldAnnounce in speaker/layer2_controller.go. */
export function electedNode(
	address: string,
	{service, slices, nodes, speakers, advertisements, ignoreExclusion}: Candidates,
): string | undefined {
	const serving = slices.flatMap(slice => (slice['endpoints'] ?? []).filter(canServe));
	if (serving.length === 0) return undefined;
	const local = service['spec'].externalTrafficPolicy === 'Local' ? new Set(serving.map(({nodeName}: any) => nodeName)) : undefined;
	const able = speakers.filter(name => {
		const node = nodes.find(each => each.metadata.name === name);
		if (!node || (local && !local.has(name)) || !advertisements.some(each => each.nodes.has(name))) return false;
		return !isCutOff(node) && (ignoreExclusion || !(excluded in (node.metadata.labels ?? {})));
	});
	const rank = (name: string) => createHash('sha256').update(`${name}#${address}`).digest('hex');
	return able.map(name => ({name, hash: rank(name)})).sort((a, b) => (a.hash < b.hash ? -1 : 1))[0]?.name;
}

/** Models EndpointCanServe: a terminating endpoint that still answers counts. */
const canServe = ({conditions = {}}: any): boolean => (conditions.serving ?? conditions.ready ?? true) !== false;

const isCutOff = (node: any): boolean =>
	(node.status?.conditions ?? []).some(({type, status}: any) => type === 'NetworkUnavailable' && status === 'True');

/** Devices through which a node announces an address of a pool: all (undefined) or those that its advertisements name. */
export function devicesFor({l2Advertisements}: Configuration, pool: string, node: string): readonly string[] | undefined {
	const own = (l2Advertisements.get(pool) ?? []).filter(each => each.nodes.has(node));
	return own.some(({interfaces}) => interfaces.length === 0) ? undefined : own.flatMap(({interfaces}) => interfaces);
}
