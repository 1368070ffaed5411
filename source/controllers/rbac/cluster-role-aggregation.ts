import {keyOf, type KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {Controller} from '../controller.js';
import {selects} from '../selector.js';

const resource = 'clusterroles.rbac.authorization.k8s.io';

/** A ClusterRole with an aggregationRule holds the rules of all it selects. Models pkg/controller/clusterroleaggregation. */
const clusterRoleAggregation: Controller = {
	name: 'clusterrole-aggregation-controller',
	watches: [
		{
			resource,
			keys: (_, {client}) =>
				client
					.list<KubeObject>(resource)
					.filter(role => role['aggregationRule'])
					.map(keyOf),
		},
	],
	reconcile(name, {client}) {
		const role = client.find<KubeObject>(resource, undefined, name);
		const selectors = role?.['aggregationRule']?.clusterRoleSelectors as any[] | undefined;
		if (!role || !selectors) return undefined;
		const rules: unknown[] = [];
		for (const selector of selectors) {
			for (const other of client.list<KubeObject>(resource)) {
				if (other.metadata.name === name || !selects(selector, other.metadata.labels)) continue;
				for (const rule of other['rules'] ?? []) if (!rules.some(present => equal(present, rule))) rules.push(rule);
			}
		}

		if (!equal(rules, role['rules'] ?? [])) client.patch(resource, undefined, name, 'merge', {rules});
		return undefined;
	},
};
export default clusterRoleAggregation;
