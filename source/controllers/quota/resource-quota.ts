import {groupResource} from '../../api/kind.js';
import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {quotaStatus} from '../../kinds/resource-quota/usage.js';
import type {Controller, ControllerContext, Watch} from '../controller.js';

const resource = 'resourcequotas';
/** What a quota may count by a name of its own; `count/...` may name anything. */
const countedOften = ['pods', 'services', 'persistentvolumeclaims', 'configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas'];

const quotasAround: (counted: string) => Watch = counted => ({
	resource: counted,
	keys: ({object}, {client}) => client.list<KubeObject>(resource, {namespace: object.metadata.namespace!}).map(keyOf),
});

/** Keeps `status.used` true; admission only adds to it. Models pkg/controller/resourcequota. */
const resourceQuota: Controller = {
	name: 'resourcequota-controller',
	resyncMs: 300_000,
	watches: [{resource, keys: ({object}) => [keyOf(object)]}, ...countedOften.filter(name => name !== resource).map(quotasAround)],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const quota = context.client.find<KubeObject>(resource, namespace, name);
		if (!quota) return undefined;
		const status = quotaStatus(quota, countedObjects(context, quota));
		if (!equal(status, quota['status'])) context.client.updateStatus({...quota, status});
		return undefined;
	},
};
export default resourceQuota;

/** The objects of the namespace that some hard limit of this quota is about. */
function countedObjects({client, api}: ControllerContext, quota: KubeObject): Array<[string, KubeObject]> {
	const names = Object.keys(quota['spec'].hard ?? {});
	const isNamed = (counted: string) =>
		names.includes(`count/${counted}`) || (countedOften.includes(counted) && names.some(name => !name.startsWith('count/')));
	return api
		.kinds()
		.filter(kind => kind.namespaced)
		.map(groupResource)
		.filter(isNamed)
		.flatMap(counted =>
			client.list<KubeObject>(counted, {namespace: quota.metadata.namespace!}).map((object): [string, KubeObject] => [counted, object]),
		);
}
