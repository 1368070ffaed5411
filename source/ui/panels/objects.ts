import type {KubeObject} from '../../api/object.js';
import type {World} from '../../node/world.js';

/** Rows of a resource as `kubectl get` words them, the learner's own namespace first, then the cluster's. */
export function objectRows(world: World, resource: string, columns: readonly string[]): string[][] {
	const kind = world.api.findKind(resource);
	if (!kind) return [];
	const chosen = columns.map(name => kind.columns.find(column => column.name.toLowerCase() === name.toLowerCase()));
	const context = {nowMs: world.sim.clock.now()};
	const objects = [...world.api.reader.list(resource)].sort((a, b) => rank(a) - rank(b));
	return objects.map(object =>
		columns.map((name, index) =>
			name === 'Namespace' ? (object.metadata.namespace ?? '') : String(chosen[index]?.cell(object, context) ?? ''),
		),
	);
}

const systemNamespaces = /^(kube-|calico|metallb-system|ingress-nginx)/;
const rank = ({metadata}: KubeObject) => (metadata.namespace === 'default' ? 0 : systemNamespaces.test(metadata.namespace ?? '') ? 2 : 1);
