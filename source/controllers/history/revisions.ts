import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {isAlreadyExists} from '../../api/status.js';
import type {ControllerContext} from '../controller.js';
import {hashOf} from '../deployment/template-hash.js';
import {claim, ownerReferenceTo} from '../pods/claim.js';
import {byController} from '../pods/indexes.js';
import {selects} from '../selector.js';

export const revisionResource = 'controllerrevisions.apps';
/** On the pods of both, and on the revisions of a DaemonSet. */
export const revisionHashLabel = 'controller-revision-hash';
/** On the revisions of a StatefulSet. */
export const plainHashLabel = 'controller.kubernetes.io/hash';
export const revisionsByController = byController(revisionResource);

/** All kept templates of a DaemonSet or StatefulSet, oldest revision first. */
export function revisionsOf({client}: ControllerContext, owner: KubeObject): KubeObject[] {
	const revisions = claim(client, revisionResource, owner, ({metadata}) => selects(owner['spec'].selector, metadata.labels));
	return revisions.sort((a, b) => a['revision'] - b['revision'] || (a.metadata.name < b.metadata.name ? -1 : 1));
}

/**
 * The ControllerRevision of the present template: made when the template is new, moved to the end when it is an old one come back. Models
 * pkg/controller/history.
 */
export function currentRevision(
	context: ControllerContext,
	owner: KubeObject,
	revisions: readonly KubeObject[],
	hashLabel = revisionHashLabel,
): KubeObject {
	const {client} = context;
	// Clients compare it byte by byte with what Go makes of a map.
	const data = inOrder({spec: {template: {...owner['spec'].template, $patch: 'replace'}}});
	const last = revisions.at(-1)?.['revision'] ?? 0;
	const same = revisions.findLast(revision => equal(revision['data'], data));
	if (same) return same['revision'] === last ? same : client.update({...same, revision: last + 1});
	const hash = hashOf(data, owner['status']?.collisionCount);
	const labels = {...owner['spec'].template.metadata?.labels, [hashLabel]: hash};
	const {'kubectl.kubernetes.io/last-applied-configuration': _, ...annotations} = owner.metadata.annotations ?? {};
	const metadata = {
		name: `${owner.metadata.name}-${hash}`,
		namespace: owner.metadata.namespace!,
		labels,
		...(Object.keys(annotations).length > 0 && {annotations}),
		ownerReferences: [ownerReferenceTo(owner)],
	};
	try {
		return client.create({apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data, revision: last + 1});
	} catch (error) {
		if (isAlreadyExists(error)) {
			const collisionCount = (owner['status']?.collisionCount ?? 0) + 1;
			client.updateStatus({...owner, status: {...owner['status'], collisionCount}});
		}

		throw error;
	}
}

export const hashOfRevision = (revision: KubeObject): string => revision.metadata.labels![revisionHashLabel]!;

/** Keeps `revisionHistoryLimit` revisions besides those in use. */
export function dropOldRevisions(
	{client}: ControllerContext,
	owner: KubeObject,
	revisions: readonly KubeObject[],
	inUse: ReadonlySet<string>,
): void {
	const limit = owner['spec'].revisionHistoryLimit ?? 10;
	const idle = revisions.filter(({metadata}) => !inUse.has(metadata.name) && !inUse.has(metadata.labels?.[revisionHashLabel] ?? ''));
	for (const {metadata} of idle.slice(0, Math.max(0, idle.length - limit)))
		client.delete(revisionResource, metadata.namespace, metadata.name);
}

function inOrder<T>(value: T): T {
	if (Array.isArray(value)) return value.map(inOrder) as T;
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, one]) => [key, inOrder(one)])) as T;
}
