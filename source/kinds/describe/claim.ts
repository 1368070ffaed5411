import {quantityText} from './containers.js';
import {putAnnotations, putLabels} from './labels.js';
import type {Lines} from './lines.js';

/** In the order they are told in, whatever order they were given in. */
const shortModes = [
	['ReadWriteOnce', 'RWO'],
	['ReadOnlyMany', 'ROX'],
	['ReadWriteMany', 'RWX'],
	['ReadWriteOncePod', 'RWOP'],
] as const;

export const accessModes = (modes: readonly string[] | undefined): string =>
	shortModes
		.filter(([mode]) => modes?.includes(mode))
		.map(([, short]) => short)
		.join(',');

/** What is told of a claim, be it an object or the template of an ephemeral volume; `whole` adds what only an object has. */
export function putClaim(lines: Lines, claim: any, whole?: {readonly status: string}): void {
	const {metadata = {}, spec = {}, status = {}} = claim;
	lines.row(0, 'StorageClass', metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '');
	if (whole) lines.row(0, 'Status', whole.status);
	lines.row(0, 'Volume', spec.volumeName ?? '');
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	if (whole) lines.row(0, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
	const bound = Boolean(spec.volumeName);
	const capacity = status.capacity?.storage;
	lines
		.row(0, 'Capacity', bound ? (capacity === undefined ? '0' : quantityText(capacity)) : '')
		.row(0, 'Access Modes', bound ? accessModes(status.accessModes) : '')
		.rowIf(0, 'VolumeMode', spec.volumeMode);
	const source = spec.dataSource;
	if (!source) return;
	lines.put(0, 'DataSource:\n');
	if (typeof source.apiGroup === 'string') lines.row(1, 'APIGroup', source.apiGroup);
	lines.row(1, 'Kind', source.kind).row(1, 'Name', source.name);
}
