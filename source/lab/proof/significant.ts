import {isObject} from '../../checks/validate.js';
import type {Snapshot} from '../../sim/state.js';

/** Tables that hold what somebody decided; the rest follows from it, or is a trace of looking around. */
const decided =
	/^(?:api\/objects\/(?!events|leases|endpoints|replicasets|controllerrevisions)|os\/files\/|os\/services\/|net\/(?!pod\/)[^/]+\/(?:iptables|ipvs|routes|links)$)/;

/** Written by the machinery, or different on every run. */
const noise = new Set([
	'uid',
	'resourceVersion',
	'creationTimestamp',
	'deletionTimestamp',
	'generation',
	'managedFields',
	'status',
	'mtimeMs',
	'kubectl.kubernetes.io/last-applied-configuration',
	'kubectl.kubernetes.io/restartedAt',
	'deployment.kubernetes.io/revision',
]);

/** Homes hold drafts: what counts of them was applied. */
const fleeting = /^\/(?:var\/log|var\/lib|run|tmp|root|home)\//;

/** Chains that kube-proxy and Calico write, from what the API says. */
const written = / (?:KUBE-|cali-)/;
/** Which of them a pod got is chance. */
const podAddress = /\b10\.244\.\d+\.\d+\b/g;

/** A text that two worlds share when the same decisions led to them, whatever was looked at on the way. */
export function significant({tables}: Snapshot): string {
	const kept = [...tables].filter(([name]) => decided.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
	return kept
		.map(
			([name, rows]) =>
				`${name}\n${[...rows]
					.flatMap(([key, row]) => rowText(key, row))
					.sort()
					.join('\n')}`,
		)
		.join('\n');
}

function rowText(key: string, row: any): string[] {
	// What has an owner was made by a controller, from what the owner says.
	if (row?.metadata?.ownerReferences?.length > 0 || fleeting.test(key) || written.test(key)) return [];
	const text = `${key} ${JSON.stringify(row, (field, value) => (noise.has(field) ? undefined : inOrder(value)))}`;
	return [text.replace(podAddress, 'pod')];
}

/** The order in which fields were written decides nothing. */
const inOrder = (value: unknown) =>
	isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
