import test from 'ava';
import type {Kind} from '../../source/api/kind.js';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld, deploymentOf, eventsOf, type TestWorld} from './_world.js';

const resource = 'horizontalpodautoscalers.autoscaling';
const cpu = (target: object) => ({type: 'Resource', resource: {name: 'cpu', target}});
const autoscaler = (metrics: readonly object[], maxReplicas = 10): KubeObject => ({
	apiVersion: 'autoscaling/v2',
	kind: 'HorizontalPodAutoscaler',
	metadata: {name: 'web', namespace: 'default'},
	spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, minReplicas: 1, maxReplicas, metrics},
});
const replicas = ({client}: TestWorld): number => client.get<KubeObject>('deployments.apps', 'default', 'web')['spec'].replicas;
const conditions = ({client}: TestWorld): Record<string, string> =>
	Object.fromEntries(
		client
			.get<KubeObject>(resource, 'default', 'web')
			['status'].conditions.map((condition: any) => [condition.type, `${condition.status} ${condition.reason}`]),
	);

const podMetrics: Kind = {
	kind: 'PodMetrics',
	group: 'metrics.k8s.io',
	version: 'v1beta1',
	plural: 'pods',
	singular: 'pod',
	shortNames: [],
	namespaced: true,
	schema: 'core.v1.ConfigMap',
	columns: [],
};

/** Two pods that ask for 100m each, and what metrics-server would say of them. */
function started(count = 2, spec: object = {}): {world: TestWorld; use(milliCores: number): void} {
	const world = createWorld({extraKinds: [podMetrics]});
	const resources = {requests: {cpu: '100m'}};
	world.client.create(deploymentOf('web', count, 'a:1', {}, {containers: [{name: 'c', image: 'a:1', resources}], ...spec}));
	world.settle();
	const use = (milliCores: number) => {
		for (const {metadata} of world.client.list<KubeObject>('pods')) {
			const containers = [{name: 'c', usage: {cpu: `${milliCores}m`, memory: '10Mi'}}];
			const {name} = metadata;
			const there = world.client.find<KubeObject>('pods.metrics.k8s.io', 'default', name);
			if (there) world.client.update({...there, containers});
			else
				world.client.create({apiVersion: 'metrics.k8s.io/v1beta1', kind: 'PodMetrics', metadata: {name, namespace: 'default'}, containers});
		}
	};

	return {world, use};
}

test('without a metrics API it says so and leaves the size alone', t => {
	const world = createWorld();
	world.client.create(deploymentOf('web', 2));
	world.client.create(autoscaler([cpu({type: 'Utilization', averageUtilization: 80})]));
	world.advance(16_000);
	t.is(replicas(world), 2);
	t.deepEqual(conditions(world), {AbleToScale: 'True SucceededGetScale', ScalingActive: 'False FailedGetResourceMetric'});
	const text =
		'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';
	t.true(eventsOf(world, 'web').includes(`Warning FailedGetResourceMetric ${text}`));
});

test('twice the target doubles the pods, in one step at most four or twice as many', t => {
	const {world, use} = started();
	world.client.create(autoscaler([cpu({type: 'Utilization', averageUtilization: 50})]));
	use(100);
	world.advance(16_000);
	t.is(replicas(world), 4);
	t.true(
		eventsOf(world, 'web').includes(
			'Normal SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of request) above target',
		),
	);
	use(400);
	world.advance(15_000);
	t.is(replicas(world), 8);
	world.advance(15_000);
	t.is(replicas(world), 10);
	t.is(conditions(world)['ScalingLimited'], 'True TooManyReplicas');
});

test('a difference of a tenth is left alone', t => {
	const {world, use} = started();
	world.client.create(autoscaler([cpu({type: 'Utilization', averageUtilization: 50})]));
	use(54);
	world.advance(16_000);
	t.is(replicas(world), 2);
	t.is(conditions(world)['ScalingLimited'], 'False DesiredWithinRange');
});

test('shrinking waits five minutes', t => {
	const {world, use} = started(4);
	world.client.create(autoscaler([cpu({type: 'Utilization', averageUtilization: 50})]));
	use(50);
	world.advance(16_000);
	use(5);
	world.advance(60_000);
	t.is(replicas(world), 4);
	t.is(conditions(world)['AbleToScale'], 'True ScaleDownStabilized');
	world.advance(300_000);
	t.is(replicas(world), 1);
	t.true(eventsOf(world, 'web').includes('Normal SuccessfulRescale New size: 1; reason: All metrics below target'));
});
