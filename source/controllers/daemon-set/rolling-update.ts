import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {revisionHashLabel} from '../history/revisions.js';
import {intOrPercent} from '../int-or-percent.js';
import {isAvailable} from '../pods/state.js';
import {wants} from './daemon-pod.js';

/** Old pods that may go now: at most `maxUnavailable` nodes may be without. Models pkg/controller/daemon/update.go. */
export function outdatedToDelete(
	{client, sim}: ControllerContext,
	set: KubeObject,
	hash: string,
	pods: ReadonlyMap<string, readonly KubeObject[]>,
): KubeObject[] {
	const {updateStrategy, minReadySeconds = 0} = set['spec'];
	if (updateStrategy?.type === 'OnDelete') return [];
	if (updateStrategy?.rollingUpdate?.maxSurge && updateStrategy.rollingUpdate.maxSurge !== '0%') {
		sim.notes.notSimulated('DaemonSet spec.updateStrategy.rollingUpdate.maxSurge');
	}

	const now = sim.clock.now();
	const nodes = client.list<KubeObject>('nodes').filter(node => wants(set, node).run);
	let room = Math.max(1, intOrPercent(updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, nodes.length, 'up'));
	const free: KubeObject[] = [];
	const costly: KubeObject[] = [];
	for (const node of nodes) {
		const here = (pods.get(node.metadata.name) ?? []).filter(pod => !pod.metadata.deletionTimestamp);
		if (!here.some(pod => isAvailable(pod, minReadySeconds, now))) room--;
		for (const pod of here) {
			if (pod.metadata.labels?.[revisionHashLabel] === hash) continue;
			(isAvailable(pod, minReadySeconds, now) ? costly : free).push(pod);
		}
	}

	return [...free, ...costly.slice(0, Math.max(0, room))];
}
