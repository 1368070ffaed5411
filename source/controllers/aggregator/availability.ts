import type {KubeObject} from '../../api/object.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {withCondition} from '../status.js';
import {aggregatedCall} from '../../api/aggregated-call.js';

const resource = 'apiservices.apiregistration.k8s.io';
const lookAgainMs = 30_000;
const retryMs = 5000;

interface Verdict {
	readonly status: 'True' | 'False';
	readonly reason: string;
	readonly message: string;
}

/** Whether the server behind an APIService can be asked. Models kube-aggregator/pkg/controllers/status/remote/remote_available_controller.go. */
const availability: Controller = {
	name: 'apiservice-status-remote-available-controller',
	watches: [
		{resource, keys: ({type, object}) => (type === 'DELETED' || !object['spec']?.service ? [] : [object.metadata.name])},
		{resource: 'services', keys: ({object}, context) => servedBy(context, object.metadata.namespace!, object.metadata.name)},
		{
			resource: 'endpointslices.discovery.k8s.io',
			keys: ({object}, context) =>
				servedBy(context, object.metadata.namespace!, object.metadata.labels?.['kubernetes.io/service-name'] ?? ''),
		},
	],
	reconcile(name, context): Again | undefined {
		const service = context.client.find<KubeObject>(resource, undefined, name);
		if (!service?.['spec'].service) return undefined;
		const verdict = judge(context, service);
		const before = service['status']?.conditions;
		const conditions = withCondition(before, {type: 'Available', ...verdict}, context.sim.clock.now());
		if (JSON.stringify(before) !== JSON.stringify(conditions)) context.client.updateStatus({...service, status: {conditions}});
		return {againAfterMs: verdict.status === 'True' ? lookAgainMs : retryMs, idle: true};
	},
};
export default availability;

/** APIServices are few. */
function servedBy({client}: ControllerContext, namespace: string, name: string): string[] {
	return client
		.list<KubeObject>(resource)
		.filter(({spec}: any) => spec?.service?.namespace === namespace && spec.service.name === name)
		.map(({metadata}) => metadata.name);
}

const refused = (reason: string, message: string): Verdict => ({status: 'False', reason, message});

function judge({client, api}: ControllerContext, apiService: KubeObject): Verdict {
	const {group, version, service} = apiService['spec'];
	const {name, namespace, port = 443} = service;
	const where = `service/${name} in ${JSON.stringify(namespace)}`;
	const target = client.find<KubeObject>('services', namespace, name);
	if (!target) return refused('ServiceNotFound', `${where} is not present`);
	const open = target['spec'].ports?.find((each: any) => each.port === port);
	if (!open) return refused('ServicePortError', `${where} is not listening on port ${port}`);
	const slices = client
		.list<KubeObject>('endpointslices.discovery.k8s.io', {namespace})
		.filter(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === name);
	if (slices.length === 0) return refused('EndpointsNotFound', `cannot find endpointslices for ${where}`);
	const isReady = slices.some(
		slice =>
			slice['ports']?.some((each: any) => each.name === open.name) &&
			slice['endpoints']?.some((each: any) => each.conditions?.ready !== false),
	);
	if (!isReady)
		return refused('MissingEndpoints', `endpoints for ${where} have no addresses with port name ${JSON.stringify(open.name ?? '')}`);
	const answer = api.callAggregated(aggregatedCall(apiService, `/apis/${group}/${version}`));
	const missing = `failing or missing response from ${answer.url}: `;
	if ('error' in answer) return refused('FailedDiscoveryCheck', missing + answer.error);
	if (answer.code !== 200 && answer.code !== 403)
		return refused('FailedDiscoveryCheck', `${missing}bad status from ${answer.url}: ${answer.code}`);
	return {status: 'True', reason: 'Passed', message: 'all checks passed'};
}
