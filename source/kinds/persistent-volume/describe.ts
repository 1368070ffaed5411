import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {accessModes} from '../describe/claim.js';
import {quantityText} from '../describe/containers.js';
import {putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {since} from '../describe/times.js';
import {putCsiAttributes, putVolumeSource, volumeTexts} from '../describe/volumes.js';

export function describePersistentVolume(volume: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = volume;
	const spec = volume['spec'] ?? {};
	const status = volume['status'] ?? {};
	lines.row(0, 'Name', metadata.name);
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	lines
		.row(0, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`)
		.row(0, 'StorageClass', metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '');
	lines.row(
		0,
		'Status',
		metadata.deletionTimestamp ? `Terminating (lasts ${since(metadata.deletionTimestamp, context.nowMs)})` : (status.phase ?? ''),
	);
	lines
		.row(0, 'Claim', spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '')
		.row(0, 'Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? '');
	lines.row(0, 'Access Modes', accessModes(spec.accessModes)).rowIf(0, 'VolumeMode', spec.volumeMode);
	lines.row(0, 'Capacity', spec.capacity?.storage === undefined ? '0' : quantityText(spec.capacity.storage));
	putAffinity(lines, spec.nodeAffinity);
	lines.row(0, 'Message', status.message ?? '').put(0, 'Source:\n');
	putSource(lines, spec);
	putEvents(lines, volume, context);
	return lines.aligned();
}

function putSource(lines: Lines, spec: any): void {
	if (spec.csi) {
		lines.put(2, 'Type:\tCSI (a Container Storage Interface (CSI) volume source)\n');
		lines
			.row(2, 'Driver', spec.csi.driver ?? '')
			.row(2, 'FSType', spec.csi.fsType ?? '')
			.row(2, 'VolumeHandle', spec.csi.volumeHandle ?? '')
			.row(2, 'ReadOnly', spec.csi.readOnly ?? false);
		putCsiAttributes(lines, 'VolumeAttributes', spec.csi.volumeAttributes);
		return;
	}

	if (spec.glusterfs) {
		const {endpoints = '', endpointsNamespace = '<unset>', path = '', readOnly = false} = spec.glusterfs;
		lines
			.put(2, `Type:\t${volumeTexts['glusterfs']!.about}\n`)
			.row(2, 'EndpointsName', endpoints)
			.row(2, 'EndpointsNamespace', endpointsNamespace)
			.row(2, 'Path', path)
			.row(2, 'ReadOnly', readOnly);
		return;
	}

	const kind = Object.keys(volumeTexts).find(key => spec[key] !== undefined);
	if (kind === undefined || !putVolumeSource(lines, kind, spec[kind], true)) lines.put(1, '<unknown>\n');
}

function putAffinity(lines: Lines, affinity: any): void {
	lines.put(0, 'Node Affinity:\t');
	if (!affinity?.required) {
		lines.put(0, '<none>\n');
		return;
	}

	const terms: any[] = affinity.required.nodeSelectorTerms ?? [];
	lines.put(0, '\n').put(1, `Required Terms:\t${terms.length === 0 ? '<none>' : ''}\n`);
	terms.forEach((term, at) => {
		const expressions: any[] = term.matchExpressions ?? [];
		lines.put(2, `Term ${at}:\t${expressions.length === 0 ? '<none>\n' : ''}`);
		expressions.forEach(({key, operator, values = []}, index) => {
			const tail = values.length > 0 ? ` [${values.join(', ')}]` : '';
			lines.put(0, `${index > 0 ? '\t' : ''}${key} ${String(operator).toLowerCase()}${tail}\n`);
		});
	});
}
