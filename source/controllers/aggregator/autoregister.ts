import type {KubeObject} from '../../api/object.js';
import type {Controller, ControllerContext} from '../controller.js';
import {withCondition} from '../status.js';

const resource = 'apiservices.apiregistration.k8s.io';
const managed = 'kube-aggregator.kubernetes.io/automanaged';

/** An APIService for each version of a group that CustomResourceDefinitions serve. Models pkg/controlplane/controller/crdregistration. */
const autoregister: Controller = {
	name: 'crd-autoregister',
	watches: [
		{
			resource: 'customresourcedefinitions.apiextensions.k8s.io',
			keys: ({object}: any) => object.spec.versions.map((version: any) => `${version.name}.${object.spec.group}`),
		},
		{resource, keys: ({object}) => (object.metadata.labels?.[managed] === 'true' ? [object.metadata.name] : [])},
	],
	reconcile(name, context) {
		const dot = name.indexOf('.');
		const [version, group] = [name.slice(0, dot), name.slice(dot + 1)];
		const present = context.client.find<KubeObject>(resource, undefined, name);
		const wanted = isServed(context, group, version);
		if (wanted && !present) register(context, name, group, version);
		else if (!wanted && present?.metadata.labels?.[managed] === 'true') context.client.delete(resource, undefined, name);
		return undefined;
	},
};
export default autoregister;

function isServed({client}: ControllerContext, group: string, version: string): boolean {
	return client
		.list<KubeObject & {spec: any}>('customresourcedefinitions.apiextensions.k8s.io')
		.some(({spec}) => spec.group === group && spec.versions.some((each: any) => each.name === version && each.served));
}

function register({client, sim}: ControllerContext, name: string, group: string, version: string): void {
	const made = client.create<KubeObject>({
		apiVersion: 'apiregistration.k8s.io/v1',
		kind: 'APIService',
		metadata: {name, labels: {[managed]: 'true'}},
		spec: {group, groupPriorityMinimum: 1000, version, versionPriority: 100},
	});
	client.updateStatus({...made, status: {conditions: withCondition(undefined, localCondition, sim.clock.now())}});
}

/** What the aggregator says of every APIService without a Service. */
const localCondition = {type: 'Available', status: 'True', reason: 'Local', message: 'Local APIServices are always available'} as const;
