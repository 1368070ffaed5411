import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {labelText} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeStorageClass(storage: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const annotations = storage.metadata.annotations ?? {};
	const isDefault =
		annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
		annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true';
	lines
		.row(0, 'Name', storage.metadata.name)
		.row(0, 'IsDefaultClass', isDefault ? 'Yes' : 'No')
		.row(0, 'Annotations', labelText(storage.metadata.annotations));
	lines.row(0, 'Provisioner', storage['provisioner'] ?? '').row(0, 'Parameters', labelText(storage['parameters']));
	lines.row(
		0,
		'AllowVolumeExpansion',
		storage['allowVolumeExpansion'] === undefined ? '<unset>' : storage['allowVolumeExpansion'] ? 'True' : 'False',
	);
	const options: string[] = storage['mountOptions'] ?? [];
	if (options.length === 0) lines.row(0, 'MountOptions', '<none>');
	else lines.put(0, 'MountOptions:\n');
	for (const option of options) lines.put(1, `${option}\n`);
	lines.rowIf(0, 'ReclaimPolicy', storage['reclaimPolicy']).rowIf(0, 'VolumeBindingMode', storage['volumeBindingMode']);
	if (storage['allowedTopologies']) putTopologies(lines, storage['allowedTopologies']);
	putEvents(lines, storage, context);
	return lines.aligned();
}

function putTopologies(lines: Lines, topologies: readonly any[]): void {
	lines.put(0, `AllowedTopologies:\t${topologies.length === 0 ? '<none>' : ''}\n`);
	topologies.forEach((term, at) => {
		const expressions: any[] = term.matchLabelExpressions ?? [];
		lines.put(1, `Term ${at}:\t${expressions.length === 0 ? '<none>\n' : ''}`);
		expressions.forEach(({key, values}, index) => {
			lines.put(0, `${index > 0 ? '\t' : ''}${key} in${values?.length > 0 ? ` [${values.join(', ')}]` : ''}\n`);
		});
	});
}
