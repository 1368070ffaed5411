import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {quantityText} from '../describe/containers.js';
import {putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {longTime, since} from '../describe/times.js';
import {accessModes} from '../persistent-volume/describe.js';

export function describePersistentVolumeClaim(claim: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = claim;
	const spec = claim['spec'] ?? {};
	const status = claim['status'] ?? {};
	lines.row(0, 'Name', metadata.name).row(0, 'Namespace', metadata.namespace ?? '');
	lines.row(0, 'StorageClass', metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '');
	lines.row(
		0,
		'Status',
		metadata.deletionTimestamp ? `Terminating (lasts ${since(metadata.deletionTimestamp, context.nowMs)})` : (status.phase ?? ''),
	);
	lines.row(0, 'Volume', spec.volumeName ?? '');
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	lines.row(0, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
	const bound = Boolean(spec.volumeName);
	const capacity = status.capacity?.storage;
	lines
		.row(0, 'Capacity', bound ? (capacity === undefined ? '0' : quantityText(capacity)) : '')
		.row(0, 'Access Modes', bound ? accessModes(status.accessModes) : '');
	lines.rowIf(0, 'VolumeMode', spec.volumeMode);
	putDataSource(lines, spec.dataSource);
	putUsers(lines, claim, context);
	putConditions(lines, status.conditions);
	putEvents(lines, claim, context);
	return lines.aligned();
}

function putDataSource(lines: Lines, source: any): void {
	if (!source) return;
	lines.put(0, 'DataSource:\n').rowIf(1, 'APIGroup', source.apiGroup).row(1, 'Kind', source.kind).row(1, 'Name', source.name);
}

function putUsers(lines: Lines, {metadata}: KubeObject, {reader}: DescribeContext): void {
	const users = reader
		.list('pods', {...(metadata.namespace && {namespace: metadata.namespace})})
		.filter(pod =>
			(pod['spec']?.volumes ?? []).some(
				(volume: any) =>
					volume.persistentVolumeClaim?.claimName === metadata.name ||
					(volume.ephemeral && `${pod.metadata.name}-${volume.name}` === metadata.name),
			),
		);
	lines.put(0, `Used By:\t${users.length === 0 ? '<none>\n' : ''}`);
	users.forEach((pod, at) => {
		lines.put(0, `${at > 0 ? '\t' : ''}${pod.metadata.name}\n`);
	});
}

function putConditions(lines: Lines, conditions: readonly any[] | undefined): void {
	if (!conditions || conditions.length === 0) return;
	lines
		.put(0, 'Conditions:\n  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n')
		.put(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
	for (const one of conditions)
		lines.put(
			1,
			`${one.type} \t${one.status ?? ''} \t${longTime(one.lastProbeTime)} \t${longTime(one.lastTransitionTime)} \t${one.reason ?? ''} \t${one.message ?? ''}\n`,
		);
}
