import type {KubeObject} from '../../../api/object.js';
import {uidOnNode} from '../../../node/pod-uid.js';
import type {Container, LogLine} from '../../../node/runtime.js';
import type {Session} from '../session.js';

/** The newest run of a container on its node, or with `previous` the one before. */
export function runOf(session: Session, pod: KubeObject, container: string, previous = false): Container | undefined {
	const node = pod['spec'].nodeName as string | undefined;
	if (!node || !session.machine.world.host(node)) return undefined;
	const runs = session.machine.world
		.runtime(node)
		.containers()
		.filter(one => one.podUid === uidOnNode(pod) && one.name === container)
		.sort((a, b) => b.attempt - a.attempt);
	return previous ? runs[1] : runs[0];
}

export function logLines(session: Session, pod: KubeObject, container: string, previous = false): readonly LogLine[] {
	const run = runOf(session, pod, container, previous);
	return run ? session.machine.world.runtime(pod['spec'].nodeName).logs(run.id) : [];
}
