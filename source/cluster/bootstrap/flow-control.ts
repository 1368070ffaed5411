import type {KubeObject} from '../../api/object.js';

/** What a kube-apiserver starts with for API priority and fairness (apis/flowcontrol/bootstrap/default.go). */
export function flowControlObjects(now: string): KubeObject[] {
	return [
		...Object.entries(levels).map(([name, spec]) => flowControl('PriorityLevelConfiguration', name, spec)),
		...schemas.map(([name, level, precedence, distinguisher, subjects, rules = everything]) => ({
			...flowControl('FlowSchema', name, {
				...(distinguisher && {distinguisherMethod: {type: distinguisher}}),
				matchingPrecedence: precedence,
				priorityLevelConfiguration: {name: level},
				rules: [{...rules, subjects: subjects.map(subject)}],
			}),
			status: {
				conditions: [
					{
						lastTransitionTime: now,
						message: `This FlowSchema references the PriorityLevelConfiguration object named "${level}" and it exists`,
						reason: 'Found',
						status: 'False',
						type: 'Dangling',
					},
				],
			},
		})),
	];
}

const flowControl = (kind: string, name: string, spec: object): KubeObject => ({
	apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
	kind,
	metadata: {name, annotations: {'apf.kubernetes.io/autoupdate-spec': 'true'}},
	spec,
});

const limited = (nominalConcurrencyShares: number, lendablePercent: number, queues?: number, handSize = 6): object => ({
	limited: {
		lendablePercent,
		limitResponse: queues ? {queuing: {handSize, queueLengthLimit: 50, queues}, type: 'Queue'} : {type: 'Reject'},
		nominalConcurrencyShares,
	},
	type: 'Limited',
});

const levels: Readonly<Record<string, object>> = {
	exempt: {exempt: {lendablePercent: 0, nominalConcurrencyShares: 0}, type: 'Exempt'},
	'catch-all': limited(5, 0),
	'global-default': limited(20, 50, 128),
	'leader-election': limited(10, 0, 16, 4),
	'node-high': limited(40, 25, 64),
	system: limited(30, 33, 64),
	'workload-high': limited(40, 50, 128),
	'workload-low': limited(100, 90, 128),
};

const resources = (verbs: string[], group: string, names: string[], clusterScope = false): object => ({
	apiGroups: [group],
	...(clusterScope && {clusterScope}),
	namespaces: ['*'],
	resources: names,
	verbs,
});
const everything = {
	nonResourceRules: [{nonResourceURLs: ['*'], verbs: ['*']}],
	resourceRules: [resources(['*'], '*', ['*'], true)],
};
const leases = {resourceRules: [resources(['get', 'create', 'update'], 'coordination.k8s.io', ['leases'])]};
const everybody = ['Group/system:unauthenticated', 'Group/system:authenticated'];
const controllerManager = 'User/system:kube-controller-manager';
const scheduler = 'User/system:kube-scheduler';

type Schema = [name: string, level: string, precedence: number, distinguisher: string, subjects: readonly string[], rules?: object];

const schemas: readonly Schema[] = [
	['exempt', 'exempt', 1, '', ['Group/system:masters']],
	['probes', 'exempt', 2, '', everybody, {nonResourceRules: [{nonResourceURLs: ['/healthz', '/readyz', '/livez'], verbs: ['get']}]}],
	['system-leader-election', 'leader-election', 100, 'ByUser', [controllerManager, scheduler, 'ServiceAccount/*'], leases],
	[
		'endpoint-controller',
		'workload-high',
		150,
		'ByUser',
		[controllerManager, 'ServiceAccount/endpoint-controller', 'ServiceAccount/endpointslicemirroring-controller'],
		{resourceRules: [resources(['get', 'create', 'update'], '', ['endpoints'])]},
	],
	['workload-leader-election', 'leader-election', 200, 'ByUser', ['ServiceAccount/*'], leases],
	[
		'system-node-high',
		'node-high',
		400,
		'ByUser',
		['Group/system:nodes'],
		{resourceRules: [resources(['*'], '', ['nodes', 'nodes/status'], true), resources(['*'], 'coordination.k8s.io', ['leases'])]},
	],
	['system-nodes', 'system', 500, 'ByUser', ['Group/system:nodes']],
	['kube-controller-manager', 'workload-high', 800, 'ByNamespace', [controllerManager]],
	['kube-scheduler', 'workload-high', 800, 'ByNamespace', [scheduler]],
	['kube-system-service-accounts', 'workload-high', 900, 'ByNamespace', ['ServiceAccount/*']],
	['service-accounts', 'workload-low', 9000, 'ByUser', ['Group/system:serviceaccounts']],
	['global-default', 'global-default', 9900, 'ByUser', everybody],
	['catch-all', 'catch-all', 10_000, 'ByUser', everybody],
];

/** `Group/name`, `User/name`, or `ServiceAccount/name` of kube-system. */
function subject(text: string): object {
	const [kind, name] = text.split('/');
	if (kind === 'Group') return {group: {name}, kind};
	return kind === 'User' ? {kind, user: {name}} : {kind, serviceAccount: {name, namespace: 'kube-system'}};
}
