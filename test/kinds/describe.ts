import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import kinds from '../../source/kinds/index.js';

/** What kubectl 1.33 printed of such objects, without the rest of what it says of them. */
const rows: ReadonlyArray<readonly [kind: string, object: object, lines: readonly string[], not?: RegExp]> = [
	[
		'ResourceQuota',
		{status: {hard: {pods: '10', 'requests.memory': '2Gi'}, used: {pods: '512Mi', 'requests.memory': '1e9'}}},
		['pods             536870912   10', 'requests.memory  1000000000  2Gi'],
	],
	[
		'Service',
		{spec: {type: 'ExternalName', externalName: 'a.b'}, status: {loadBalancer: {ingress: [{ip: '10.0.0.1'}]}}},
		['External Name:         a.b\nLoadBalancer Ingress:  10.0.0.1'],
	],
	['DaemonSet', {spec: {selector: {}}}, ['Selector:       \n'], /Selector: +<none>\nNode/],
	['ReplicaSet', {spec: {replicas: 1, selector: {}}}, ['Selector:     <none>', 'Pod Template:\n  Labels:  <none>'], /<unset>/],
	['StorageClass', {allowedTopologies: [{matchLabelExpressions: [{key: 'zone', values: []}]}]}, ['Term 0:              zone in\n']],
	[
		'ClusterRole',
		{
			rules: [
				{verbs: ['get', 'get', 'list'], apiGroups: [''], resources: ['pods']},
				{verbs: [], apiGroups: [''], resources: ['nodes']},
			],
		},
		['pods       []                 []              [get list]'],
		/nodes/,
	],
	[
		'Ingress',
		{spec: {defaultBackend: {service: {name: 'web', port: {name: 'http', number: 80}}}}},
		['Default backend:  web:80 (<error: services "web" not found>)'],
	],
	[
		'HorizontalPodAutoscaler',
		{
			spec: {
				scaleTargetRef: {kind: 'Deployment', name: 'web'},
				metrics: [{type: 'Pods', pods: {metric: {name: 'rps'}, target: {averageValue: '5'}}}],
			},
			status: {currentMetrics: [{type: 'Pods', pods: {current: {}}}]},
		},
		['"rps" on pods:    <nil> / 5'],
	],
];

for (const [name, given, lines, not] of rows)
	test(`describes ${name} as kubectl does: ${lines[0]!.trim()}`, t => {
		const kind = kinds.find(one => one.kind === name && one.version !== 'v1beta1' && one.describe)!;
		const object = {
			kind: name,
			metadata: {name: 'x', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z'},
			...given,
		} as unknown as KubeObject;
		const text = kind.describe!(object, {nowMs: Date.UTC(2026, 0, 2), showEvents: false, reader: nothing});
		for (const line of lines) t.true(text.includes(line), `${line}\n---\n${text}`);
		if (not) t.notRegex(text, not);
	});

const nothing = {list: () => [], find: () => undefined} as never;
