import {memoryKibOf} from '../../host/host-spec.js';
import type {KubeletContext} from '../context.js';
import type {PodRecord} from '../record.js';
import {quantityValue} from '../resources.js';

/** What the eviction threshold keeps from pods. */
export const reservedKib = 102_400;

/** How large a volume in memory may grow: what the node, the pod's containers and the volume itself allow. Models empty_dir.go calculateEmptyDirMemorySize. */
export function memoryKib({host}: KubeletContext, {pod}: PodRecord, volume: any): number {
	const limits = (pod['spec'].containers as any[]).map(each => each.resources?.limits?.memory);
	const most = [(memoryKibOf(host.spec) - reservedKib) * 1024];
	if (limits.every(limit => limit !== undefined)) most.push(limits.reduce((sum, limit) => sum + quantityValue(limit), 0));
	if (volume.emptyDir?.sizeLimit) most.push(quantityValue(volume.emptyDir.sizeLimit));
	return Math.floor(Math.min(...most) / 1024);
}
