import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld} from './_world.js';

test('pods of a deleted Job go with it, though nobody will count them any more', t => {
	const world = createWorld();
	world.client.create({
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {name: 'pi', namespace: 'default'},
		spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'c', image: 'missing'}]}}},
	});
	world.settle();
	t.is(world.client.list<KubeObject>('pods')[0]!.metadata.finalizers![0], 'batch.kubernetes.io/job-tracking');
	world.client.delete('jobs.batch', 'default', 'pi', {propagationPolicy: 'Background'});
	world.advance(40_000);
	t.deepEqual(world.client.list('pods'), []);
});
