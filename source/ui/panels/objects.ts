import type {Kind} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import type {World} from '../../node/world.js';
import {type PanelRows, rowsFrom} from './panel.js';

/** Rows of a resource as `kubectl get` words them, the learner's own namespace first, then the cluster's. */
export function objectRows(world: World, resource: string, columns: readonly string[]): PanelRows {
	const kind = world.api.findKind(resource);
	if (!kind) return rowsFrom([], () => []);
	const chosen = columns.map(name => kind.columns.find(column => column.name.toLowerCase() === name.toLowerCase()));
	const context = {nowMs: world.sim.clock.now()};
	const word = (object: KubeObject) =>
		columns.map((name, index) =>
			name === 'Namespace' ? (object.metadata.namespace ?? '') : String(chosen[index]?.cell(object, context) ?? ''),
		);
	return rowsFrom(ownFirst(world.api.reader.list(storedName(kind))), word);
}

/** What the API's store calls a kind: `deployments.apps`. */
export const storedName = ({plural, group}: Kind): string => (group ? `${plural}.${group}` : plural);

/** The API lists by namespace and name; here the learner's objects stand before the cluster's own. */
function ownFirst(objects: readonly KubeObject[]): KubeObject[] {
	const ranked: KubeObject[][] = [[], [], []];
	for (const object of objects) ranked[rank(object)]!.push(object);
	return ranked.flat();
}

const systemNamespaces = /^(kube-|calico|metallb-system|ingress-nginx)/;
const rank = ({metadata}: KubeObject) => (metadata.namespace === 'default' ? 0 : systemNamespaces.test(metadata.namespace ?? '') ? 2 : 1);
