import {badRequest, tooManyRequests} from '../../api/errors.js';
import type {Action} from '../../api/kind.js';
import {fromLabelSelector, matchesLabels} from '../../api/selector/label-selector.js';
import type {KubeObject} from '../../api/object.js';

const budgets = 'poddisruptionbudgets.policy';
const success = {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201};

/** POST pods/eviction: a deletion that asks the disruption budgets first. Models pkg/registry/core/pod/storage/eviction.go. */
export const eviction: Action = ({client, namespace, name, body, dryRun}) => {
	if (body?.metadata?.name !== undefined && body.metadata.name !== name)
		throw badRequest('name in URL does not match name in Eviction object');
	const pod = client.get('pods', namespace, name);
	const options = {...body?.deleteOptions, dryRun: dryRun || body?.deleteOptions?.dryRun?.includes('All')};
	const ended =
		pod['status']?.phase === 'Succeeded' ||
		pod['status']?.phase === 'Failed' ||
		pod['status']?.phase === 'Pending' ||
		pod.metadata.deletionTimestamp;
	const found = ended ? [] : client.list<KubeObject>(budgets, {namespace: namespace!}).filter(budget => covers(budget, pod));
	if (found.length > 1)
		throw tooManyRequests('This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.', 0);
	if (found[0]) spend(found[0]);
	if (found[0] && !options.dryRun) {
		const {status} = found[0];
		client.updateStatus({...found[0], status: {...status, disruptionsAllowed: status.disruptionsAllowed - 1}});
	}

	client.delete('pods', namespace, name, options);
	return success;
};

function covers(budget: KubeObject, pod: KubeObject): boolean {
	const selector = fromLabelSelector(budget['spec'].selector);
	return selector !== undefined && matchesLabels(selector, pod.metadata.labels);
}

function spend(budget: KubeObject): void {
	const {metadata, status, spec} = budget;
	if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0))
		throw tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", 10, {
			causes: [{reason: 'DisruptionBudget', message: `The disruption budget ${metadata.name} is still being processed by the server.`}],
		});
	if (status.disruptionsAllowed > 0) return;
	const healthy = `needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`;
	const text = spec.maxUnavailable === 0 || spec.maxUnavailable === '0%' ? 'does not allow evicting pods' : healthy;
	throw tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", 0, {
		causes: [{reason: 'DisruptionBudget', message: `The disruption budget ${metadata.name} ${text}`}],
	});
}
