import type {KubeObject} from '../../../api/object.js';
import {fromLabelSelector, fromMap, printLabelSelector} from '../../../api/selector/label-selector.js';
import {failure, Failure} from '../failure.js';
import {kindFor} from '../resource/arguments.js';
import {checkType} from '../resource/types-known.js';
import type {Session} from '../session.js';
import {goTypeOf} from '../resource/pod-template.js';

/** `web-1`, `pod/web-1`, `deploy/web`, `svc/web`: the object that was named. */
export function findNamed(session: Session, text: string): KubeObject {
	const [type, name] = text.includes('/') ? (text.split('/') as [string, string]) : ['pods', text];
	if (text.split('/').length > 2 || name === '')
		throw failure(
			text.split('/').length > 2
				? 'arguments in resource/name form may not have more than one slash'
				: 'arguments in resource/name form must have a single resource and name',
		);
	const kind = kindFor(session, type);
	const object = session.getNamed<KubeObject>(kind, session.namespace, name);
	checkType(kind);
	return object;
}

/** The selector by which a workload or Service finds its pods (polymorphichelpers.SelectorsForObject). `what` opens the error. */
export function selectorTextOf(object: KubeObject, what: string): string {
	const spec = object['spec'] ?? {};
	if (object.kind === 'Service') {
		if (!spec.selector || Object.keys(spec.selector).length === 0)
			throw failure(`${what} ${goTypeOf(object)}: invalid service '${object.metadata.name}': Service is defined without a selector`);
		return printLabelSelector(fromMap(spec.selector));
	}

	if (object.kind === 'ReplicationController') return printLabelSelector(fromMap(spec.selector));
	if (spec.selector && ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'].includes(object.kind))
		return printLabelSelector(fromLabelSelector(spec.selector) ?? []);
	throw failure(`${what} ${goTypeOf(object)}: selector for ${goTypeOf(object)} not implemented`);
}

/** Ready, running and older pods come first (kubernetes/pkg/controller.ActivePods, reversed as kubectl sorts). */
export function podsBehind(session: Session, object: KubeObject, what: string): KubeObject[] {
	if (object.kind === 'Pod') return [object];
	const selector = selectorTextOf(object, what);
	return [...session.list<KubeObject>(session.kindNamed('pods'), object.metadata.namespace, {labelSelector: selector})].sort(byActivity);
}

const phases = ['Running', 'Unknown', 'Pending'];
const isReady = (pod: KubeObject) => (pod['status']?.conditions ?? []).some((one: any) => one.type === 'Ready' && one.status === 'True');

function byActivity(a: KubeObject, b: KubeObject): number {
	const assigned = Number(Boolean(b['spec'].nodeName)) - Number(Boolean(a['spec'].nodeName));
	if (assigned !== 0) return assigned;
	const phase = phases.indexOf(a['status']?.phase) - phases.indexOf(b['status']?.phase);
	if (phase !== 0) return phase;
	const ready = Number(isReady(b)) - Number(isReady(a));
	if (ready !== 0) return ready;
	const [left, right] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
	return left < right ? -1 : left > right ? 1 : 0;
}

/** The first pod behind what was named; it must come within the time given, which for us means now. */
export function attachablePod(session: Session, object: KubeObject): KubeObject {
	const pods = podsBehind(session, object, 'cannot attach to');
	const [pod] = pods;
	if (!pod) throw failure('timed out waiting for the condition');
	return pod;
}

export interface NamedContainer {
	readonly name: string;
	readonly role: 'container' | 'init' | 'ephem';
}

export const containersOf = (pod: KubeObject): NamedContainer[] => [
	...(pod['spec'].containers ?? []).map(({name}: {name: string}) => ({name, role: 'container' as const})),
	...(pod['spec'].initContainers ?? []).map(({name}: {name: string}) => ({name, role: 'init' as const})),
	...(pod['spec'].ephemeralContainers ?? []).map(({name}: {name: string}) => ({name, role: 'ephem' as const})),
];

/** The container meant when none is named: annotation, else the first, said aloud when there are more (podcmd.FindOrDefaultContainerByName). */
export function defaultContainer(session: Session, pod: KubeObject, quiet = false): string {
	const all = containersOf(pod);
	const annotated = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
	if (annotated && all.some(one => one.name === annotated)) return annotated;
	const first = all[0]!.name;
	if (all.length > 1 && !quiet)
		session.err(
			`Defaulted container "${first}" out of: ${all.map(one => (one.role === 'container' ? one.name : `${one.name} (${one.role})`)).join(', ')}\n`,
		);
	return first;
}

/** What the kubelet behind the API server answers. */
export const serverRefusal = (message: string): Failure =>
	new Failure(message, {
		status: {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'BadRequest', code: 400},
	});
