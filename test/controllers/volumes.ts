import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld, eventsOf, podOf, type TestWorld} from './_world.js';

const volume = (name: string, storage: string, spec: object = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'PersistentVolume',
	metadata: {name},
	spec: {
		storageClassName: 'normal',
		capacity: {storage},
		accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
		hostPath: {path: '/etc/foo'},
		...spec,
	},
});
const claim = (name: string, storage: string, spec: object = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'PersistentVolumeClaim',
	metadata: {name, namespace: 'default'},
	spec: {storageClassName: 'normal', accessModes: ['ReadWriteOnce'], resources: {requests: {storage}}, ...spec},
});
const usingClaim = (name: string) => ({volumes: [{name: 'v', persistentVolumeClaim: {claimName: name}}]});
const getVolume = ({client}: TestWorld, name: string): KubeObject => client.get('persistentvolumes', undefined, name);
const getClaim = ({client}: TestWorld, name: string): KubeObject => client.get('persistentvolumeclaims', 'default', name);

/** oracle/recorded/18-persistent-volumes.jsonl */
test('a claim takes the smallest volume that fits, and keeps it while it is used', t => {
	const world = createWorld();
	const {client} = world;
	for (const object of [volume('large', '20Gi'), volume('small', '10Gi'), claim('mypvc', '4Gi'), claim('toobig', '40Gi')])
		client.create(object);
	world.settle();
	t.is(getClaim(world, 'mypvc')['spec'].volumeName, 'small');
	t.like(getClaim(world, 'mypvc')['status'], {
		phase: 'Bound',
		capacity: {storage: '10Gi'},
		accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
	});
	t.is(getVolume(world, 'small')['status'].phase, 'Bound');
	t.is(getVolume(world, 'large')['status'].phase, 'Available');
	t.is(getClaim(world, 'toobig')['status'].phase, 'Pending');
	client.create(podOf('busybox', usingClaim('mypvc')));
	world.settle();
	client.delete('persistentvolumeclaims', 'default', 'mypvc');
	client.delete('persistentvolumes', undefined, 'small');
	world.settle();
	t.truthy(getClaim(world, 'mypvc').metadata.deletionTimestamp);
	client.delete('pods', 'default', 'busybox');
	world.settle();
	t.is(client.find('persistentvolumeclaims', 'default', 'mypvc'), undefined);
	t.is(client.find('persistentvolumes', undefined, 'small'), undefined);
});

test('a released volume is kept, or deleted, or says why it cannot be', t => {
	const world = createWorld();
	const {client} = world;
	const policies = {
		kept: {},
		gone: {persistentVolumeReclaimPolicy: 'Delete', hostPath: {path: '/tmp/x'}},
		stuck: {persistentVolumeReclaimPolicy: 'Delete'},
	};
	for (const [name, spec] of Object.entries(policies)) {
		client.create(volume(name, '1Gi', spec));
		client.create(claim(name, '1Gi', {volumeName: name}));
	}

	world.settle();
	for (const name of Object.keys(policies)) client.delete('persistentvolumeclaims', 'default', name);
	world.settle();
	t.is(getVolume(world, 'kept')['status'].phase, 'Released');
	t.is(client.find('persistentvolumes', undefined, 'gone'), undefined);
	t.like(getVolume(world, 'stuck')['status'], {
		phase: 'Failed',
		message: 'host_path deleter only supports /tmp/.+ but received provided /etc/foo',
	});
});

test('WaitForFirstConsumer binds on the node the pod goes to', t => {
	const world = createWorld();
	const {client} = world;
	const nodeAffinity = {
		required: {nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: ['k8s-node2']}]}]},
	};
	client.create({
		apiVersion: 'storage.k8s.io/v1',
		kind: 'StorageClass',
		metadata: {name: 'normal'},
		provisioner: 'kubernetes.io/no-provisioner',
		volumeBindingMode: 'WaitForFirstConsumer',
	});
	client.create(volume('local', '10Gi', {nodeAffinity}));
	client.create(claim('data', '5Gi'));
	world.settle();
	t.is(getClaim(world, 'data')['status'].phase, 'Pending');
	t.deepEqual(eventsOf(world, 'data'), ['Normal WaitForFirstConsumer waiting for first consumer to be created before binding']);
	client.create(podOf('p', usingClaim('data')));
	world.settle();
	t.is(client.get<KubeObject>('pods', 'default', 'p')['spec'].nodeName, 'k8s-node2');
	t.is(getClaim(world, 'data')['status'].phase, 'Bound');
});

test('without a volume a claim waits, and says for what', t => {
	const world = createWorld();
	const {client} = world;
	client.create({apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: {name: 'nfs'}, provisioner: 'example.com/nfs'});
	client.create(claim('none', '1Gi', {storageClassName: ''}));
	client.create(claim('unknown', '1Gi', {storageClassName: 'nosuch'}));
	client.create(claim('outside', '1Gi', {storageClassName: 'nfs'}));
	world.settle();
	t.deepEqual(eventsOf(world, 'none'), ['Normal FailedBinding no persistent volumes available for this claim and no storage class is set']);
	t.deepEqual(eventsOf(world, 'unknown'), ['Warning ProvisioningFailed storageclass.storage.k8s.io "nosuch" not found']);
	t.regex(
		eventsOf(world, 'outside')[0]!,
		/^Normal ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'example.com\/nfs'/,
	);
});
