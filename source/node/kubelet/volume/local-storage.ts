import {addQuantities, printQuantity, parseQuantity} from '../../../api/values/quantity.js';
import type {KubeletContext} from '../context.js';
import {type PodRecord, specContainers, stateOf} from '../record.js';
import {quantityValue} from '../resources.js';
import {volumeId} from './pod-volumes.js';

/** What the eviction manager says of a pod that has written more than it may: models eviction_manager.go localStorageEviction. */
export function oversized(context: KubeletContext, record: PodRecord): string | undefined {
	const volumes: any[] = record.pod['spec'].volumes ?? [];
	for (const {name, emptyDir} of volumes) {
		if (emptyDir?.sizeLimit && volumeBytes(context, record, name) > quantityValue(emptyDir.sizeLimit))
			return `Usage of EmptyDir volume "${name}" exceeds the limit "${emptyDir.sizeLimit}". `;
	}

	const limited = specContainers(record.pod).filter(({kind, spec}) => kind === 'app' && limitOf(spec) !== undefined);
	if (limited.length === 0) return undefined;
	const total = limited.map(({spec}) => parseQuantity(limitOf(spec)!)).reduce(addQuantities);
	const onDisk = volumes.filter(({emptyDir}) => emptyDir && emptyDir.medium !== 'Memory');
	const used =
		specContainers(record.pod).reduce((sum, {spec}) => sum + containerBytes(context, record, spec.name), 0) +
		onDisk.reduce((sum, {name}) => sum + volumeBytes(context, record, name), 0);
	if (used > quantityValue(printQuantity(total)))
		return `Pod ephemeral local storage usage exceeds the total limit of containers ${printQuantity(total)}. `;
	const over = limited.find(({spec}) => containerBytes(context, record, spec.name) > quantityValue(limitOf(spec)!));
	return over && `Container ${over.spec.name} exceeded its local ephemeral storage limit "${limitOf(over.spec)}". `;
}

const limitOf = (spec: any): string | undefined => spec.resources?.limits?.['ephemeral-storage'];

function bytesIn({sim}: KubeletContext, table: string): number {
	let bytes = 0;
	for (const row of sim.state.table<{size?: number; type: string}>(table).values()) if (row.type === 'file') bytes += row.size ?? 0;
	return bytes;
}

const volumeBytes = (context: KubeletContext, {uid}: PodRecord, name: string) => bytesIn(context, `os/volumes/${volumeId(uid, name)}`);

/** What it changed in its image, and what it said. */
function containerBytes(context: KubeletContext, record: PodRecord, name: string): number {
	const {id} = stateOf(record, name);
	if (!id) return 0;
	return bytesIn(context, `os/files/${id}`) + context.containerd.logs(id).reduce((sum, {text}) => sum + text.length + 1, 0);
}
