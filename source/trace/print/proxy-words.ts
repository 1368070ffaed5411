import type {Owners} from '../explain/owners.js';

/** Whether the node's kube-proxy is there to write rules at all. */
export function proxyWords(node: string, owners: Owners): string {
	const nodeObject = owners.world.api.reader.find('nodes', undefined, node);
	if (!nodeObject) return `: ${node} is no node of the cluster`;
	const runs =
		owners.world.isUp(node) &&
		owners.world
			.host(node)
			?.processes.list()
			.some(({argv}) => argv[0]?.endsWith('kube-proxy'));
	return runs ? '' : ': kube-proxy does not run there';
}
