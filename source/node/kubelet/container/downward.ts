import {rfc3339} from '../../../api/values/time.js';
import {cpusOf, memoryKibOf} from '../../host/host-spec.js';
import type {KubeletContext} from '../context.js';
import {cpuMilli, quantityValue} from '../resources.js';
import type {PodRecord} from '../record.js';
import {ConfigError} from './config-error.js';

/** A field of the pod, for `fieldRef`. Models pkg/fieldpath/fieldpath.go and kubelet_pods.go podFieldSelectorRuntimeValue. */
export function fieldValue(context: KubeletContext, record: PodRecord, path: string): string {
	const {pod} = record;
	const {metadata} = pod;
	const indexed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
	if (indexed) return metadata[indexed[1] as 'labels' | 'annotations']?.[indexed[2]!] ?? '';
	switch (path) {
		case 'metadata.name':
			return metadata.name;
		case 'metadata.namespace':
			return metadata.namespace ?? '';
		case 'metadata.uid':
			return record.uid;
		case 'metadata.labels':
			return mapText(metadata.labels);
		case 'metadata.annotations':
			return mapText(annotations(record));
		case 'spec.nodeName':
			return context.node;
		case 'spec.serviceAccountName':
			return pod['spec'].serviceAccountName ?? '';
		case 'status.hostIP':
		case 'status.hostIPs':
			return context.host.spec.address;
		case 'status.podIP':
		case 'status.podIPs':
			return record.address ?? '';
		default:
			throw new ConfigError(`unsupported fieldPath: ${path}`);
	}
}

/** The kubelet notes on its own copy of a pod where it came from, and when. Models pkg/kubelet/config/config.go. */
const annotations = ({pod, seenMs}: PodRecord): Record<string, string> => ({
	'kubernetes.io/config.seen': rfc3339(seenMs).replace('Z', `.${String(seenMs % 1000).padStart(3, '0')}000000Z`),
	'kubernetes.io/config.source': 'api',
	...pod.metadata.annotations,
});

/** `key="value"` lines in key order, as a downwardAPI file has them. */
const mapText = (map: Readonly<Record<string, string>> = {}) =>
	Object.keys(map)
		.sort()
		.map(key => `${key}=${JSON.stringify(map[key])}`)
		.join('\n');

/** A limit or request in units of the divisor, rounded up; without a limit, what the node has. */
export function resourceValue(context: KubeletContext, record: PodRecord, own: any, reference: any): string {
	const spec = reference.containerName ? record.pod['spec'].containers.find((each: any) => each.name === reference.containerName) : own;
	const [list, ...rest] = reference.resource.split('.') as [string, ...string[]];
	const name = rest.join('.');
	const amount = spec?.resources?.[list]?.[name] ?? (list === 'requests' ? '0' : undefined);
	if (name === 'cpu') {
		const divisor = cpuMilli(reference.divisor && reference.divisor !== '0' ? reference.divisor : '1');
		return String(Math.ceil((amount === undefined ? cpusOf(context.host.spec) * 1000 : cpuMilli(amount)) / divisor));
	}

	const divisor = quantityValue(reference.divisor && reference.divisor !== '0' ? reference.divisor : '1');
	return String(Math.ceil((amount === undefined ? (memoryKibOf(context.host.spec) - 102_400) * 1024 : quantityValue(amount)) / divisor));
}
