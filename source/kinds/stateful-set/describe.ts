import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {plainSelector} from '../cells.js';
import {quantityText} from '../describe/containers.js';
import {putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putPodTemplate} from '../describe/pod-template.js';
import {podsStatus} from '../describe/pods-status.js';
import {longTime} from '../describe/times.js';

export function describeStatefulSet(set: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = set;
	const spec = set['spec'] ?? {};
	lines
		.row(0, 'Name', metadata.name)
		.row(0, 'Namespace', metadata.namespace ?? '')
		.row(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
	lines.row(0, 'Selector', plainSelector(spec.selector));
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	lines.row(0, 'Replicas', `${spec.replicas ?? 0} desired | ${set['status']?.replicas ?? 0} total`);
	lines.row(0, 'Update Strategy', spec.updateStrategy?.type ?? '');
	const rolling = spec.updateStrategy?.rollingUpdate;
	if (rolling?.partition !== undefined) lines.row(1, 'Partition', rolling.partition);
	if (rolling?.maxUnavailable !== undefined) lines.row(1, 'MaxUnavailable', rolling.maxUnavailable);
	lines.row(0, 'Pods Status', podsStatus(set, spec.selector, context));
	putPodTemplate(lines, spec.template);
	putClaims(lines, spec.volumeClaimTemplates ?? []);
	putEvents(lines, set, context);
	return lines.aligned();
}

function putClaims(lines: Lines, claims: readonly any[]): void {
	if (claims.length === 0) {
		lines.row(0, 'Volume Claims', '<none>');
		return;
	}

	lines.put(0, 'Volume Claims:\n');
	for (const {metadata = {}, spec = {}} of claims) {
		lines
			.row(1, 'Name', metadata.name ?? '')
			.row(1, 'StorageClass', spec.storageClassName ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? '');
		putLabels(lines, '  Labels', metadata.labels);
		// Written as labels are, with `=`.
		putLabels(lines, '  Annotations', metadata.annotations);
		const storage = spec.resources?.requests?.storage;
		lines.row(1, 'Capacity', storage === undefined ? '<default>' : quantityText(storage));
		lines.row(1, 'Access Modes', `[${(spec.accessModes ?? []).join(' ')}]`);
	}
}
