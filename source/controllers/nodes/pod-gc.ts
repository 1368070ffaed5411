import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {isNotFound} from '../../api/status.js';
import type {Again, Controller} from '../controller.js';
import {podsByNode} from '../pods/indexes.js';

/** How long a node may be missing before its pods are given up. */
const quarantineMs = 40_000;

/** Removes pods that no kubelet will ever end: their node is gone, or they were never bound. Models pkg/controller/podgc. */
const podGc: Controller = {
	name: 'pod-garbage-collector',
	indexes: [podsByNode],
	watches: [
		{
			resource: 'pods',
			keys({type, object}, {client}) {
				const {nodeName} = object['spec'];
				if (type === 'DELETED') return [];
				const lost = nodeName ? !client.find('nodes', undefined, nodeName) : Boolean(object.metadata.deletionTimestamp);
				return lost ? [keyOf(object)] : [];
			},
		},
		{
			resource: 'nodes',
			keys: ({type, object}, {client}) =>
				type === 'DELETED' ? client.indexed<KubeObject>('pods', 'node', object.metadata.name).map(keyOf) : [],
		},
	],
	reconcile(key, {client, sim}): Again | undefined {
		const {namespace, name} = splitKey(key);
		const pod = client.find<KubeObject>('pods', namespace, name);
		const since = sim.state.table<number>('controllers/pod-gc');
		const node = pod?.['spec'].nodeName;
		const lost = pod && (node ? !client.find('nodes', undefined, node) : pod.metadata.deletionTimestamp);
		if (!lost) {
			since.delete(key);
			return undefined;
		}

		if (!since.has(key)) since.set(key, sim.clock.now());
		const left = node ? since.get(key)! + quarantineMs - sim.clock.now() : 0;
		if (left > 0) return {againAfterMs: left, idle: true};
		since.delete(key);
		try {
			client.delete('pods', namespace, name, {gracePeriodSeconds: 0, preconditions: {uid: pod.metadata.uid!}});
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}

		return undefined;
	},
};
export default podGc;
