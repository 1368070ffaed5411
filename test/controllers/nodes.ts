import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {controllerManager, kubeScheduler} from '../../source/controllers/index.js';
import standInKubelet from '../../source/controllers/stand-in-kubelet/stand-in-kubelet.js';
import {createWorld, deploymentOf, eventsOf, podOf, serviceOf, type TestWorld} from './_world.js';

const taints = ({client}: TestWorld, name: string) =>
	(client.get<KubeObject>('nodes', undefined, name)['spec'].taints ?? []).map(
		({key, effect}: {key: string; effect: string}) => `${key}:${effect}`,
	);
const ready = ({client}: TestWorld, name: string) =>
	client.get<KubeObject>('nodes', undefined, name)['status'].conditions.find(({type}: {type: string}) => type === 'Ready');
const renew = ({client, sim}: TestWorld, name: string) => {
	const node = client.get<KubeObject>('nodes', undefined, name);
	const at = new Date(sim.clock.now()).toISOString().replace(/\.\d+/, '');
	const conditions = [{type: 'Ready', status: 'True', reason: 'KubeletReady', message: '', lastHeartbeatTime: at, lastTransitionTime: at}];
	client.updateStatus({...node, status: {...node['status'], conditions}});
};

/** With the whole controller manager, and kubelets that only this test keeps alive. */
const watchedWorld = () => createWorld({loops: [controllerManager, kubeScheduler, [standInKubelet]]});

test('a silent kubelet is lost after 50 seconds, and its pods are evicted after 300 more', t => {
	const world = watchedWorld();
	const {client} = world;
	for (const name of ['k8s-master', 'k8s-node1', 'k8s-node2']) renew(world, name);
	world.advance(6000);
	t.deepEqual(taints(world, 'k8s-node1'), []);
	client.create(deploymentOf('web', 2));
	client.create(serviceOf('web'));
	world.settle();
	for (let second = 0; second < 60; second += 10) {
		renew(world, 'k8s-master');
		renew(world, 'k8s-node2');
		world.advance(10_000);
	}

	t.like(ready(world, 'k8s-node1'), {status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.'});
	t.deepEqual(taints(world, 'k8s-node1').sort(), ['node.kubernetes.io/unreachable:NoExecute', 'node.kubernetes.io/unreachable:NoSchedule']);
	const lost = client.list<KubeObject>('pods').find(pod => pod['spec'].nodeName === 'k8s-node1')!;
	t.true(eventsOf(world, lost.metadata.name).includes('Warning NodeNotReady Node is not ready'));
	const addresses = () => client.get<KubeObject>('endpoints', 'default', 'web')['subsets'].flatMap((subset: any) => subset.addresses ?? []);
	t.is(addresses().length, 1);
	for (let second = 0; second < 310; second += 10) {
		renew(world, 'k8s-master');
		renew(world, 'k8s-node2');
		world.advance(10_000);
	}

	t.true(
		eventsOf(world, lost.metadata.name).includes(`Normal TaintManagerEviction Marking for deletion Pod default/${lost.metadata.name}`),
	);
	t.deepEqual(
		client.list<KubeObject>('pods').map(pod => pod['spec'].nodeName),
		['k8s-node2', 'k8s-node2'],
	);
	t.is(addresses().length, 2);
	renew(world, 'k8s-node1');
	world.advance(6000);
	t.deepEqual(taints(world, 'k8s-node1'), []);
});

test('cordon taints the node, uncordon takes the taint away', t => {
	const world = watchedWorld();
	renew(world, 'k8s-node1');
	world.settle();
	world.client.patch('nodes', undefined, 'k8s-node1', 'merge', {spec: {unschedulable: true}});
	world.settle();
	t.deepEqual(taints(world, 'k8s-node1'), ['node.kubernetes.io/unschedulable:NoSchedule']);
	world.client.patch('nodes', undefined, 'k8s-node1', 'merge', {spec: {unschedulable: null}});
	world.settle();
	t.deepEqual(taints(world, 'k8s-node1'), []);
});

test('a NoExecute taint evicts at once, or when the toleration runs out, or never', t => {
	const world = createWorld();
	const {client} = world;
	const tolerating = (seconds?: number) => ({
		nodeName: 'k8s-node1',
		tolerations: [{key: 'k', operator: 'Exists', effect: 'NoExecute', ...(seconds !== undefined && {tolerationSeconds: seconds})}],
	});
	client.create(podOf('now', {nodeName: 'k8s-node1'}));
	client.create(podOf('later', tolerating(30)));
	client.create(podOf('never', tolerating()));
	world.settle();
	client.patch('nodes', undefined, 'k8s-node1', 'merge', {spec: {taints: [{key: 'k', effect: 'NoExecute'}]}});
	world.settle();
	const left = () => client.list<KubeObject>('pods').map(({metadata}) => metadata.name);
	t.deepEqual(left(), ['later', 'never']);
	world.advance(31_000);
	t.deepEqual(left(), ['never']);
});

test('pods of a node that does not exist are removed after a while', t => {
	const world = createWorld();
	world.client.create(podOf('lost', {nodeName: 'nowhere'}));
	world.settle();
	t.deepEqual(eventsOf(world, 'lost'), []);
	t.is(world.client.get<KubeObject>('pods', 'default', 'lost')['status'].phase, 'Pending');
	world.advance(41_000);
	t.is(world.client.find('pods', 'default', 'lost'), undefined);
});
