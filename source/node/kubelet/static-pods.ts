import {goQuote, messageOf} from '../../api/field-error.js';
import type {KubeObject} from '../../api/object.js';
import {ApiError} from '../../api/status.js';
import {rfc3339} from '../../api/values/time.js';
import {digest} from '../image/digest.js';
import {manifestFolder} from '../kubeadm/manifests.js';
import type {KubeletContext} from './context.js';
import {decodePod} from './decode-pod.js';
import {journal} from './journal.js';
import type {PodRecord} from './record.js';

/** The kubelet notices a change of its manifest folder after this long (inotify, then a debounce). */
export const manifestDelayMs = 400;

interface Manifest {
	readonly file: string;
	readonly uid: string;
	readonly pod: KubeObject;
}

/** Brings the static pods in line with the files: what is new is started, what has gone or changed is stopped. Models pkg/kubelet/config/file.go. */
export function syncManifests(context: KubeletContext, startPod: (record: PodRecord) => void, stopPod: (record: PodRecord) => void): void {
	const wanted = readManifests(context);
	const running = [...context.records.values()].filter(record => record.source);
	for (const record of running) if (!wanted.some(each => each.uid === record.uid) && !record.stopping?.deleted) stopPod(record);
	for (const {uid, pod, file} of wanted) {
		const sameName = running.find(
			record => record.pod.metadata.name === pod.metadata.name && record.pod.metadata.namespace === pod.metadata.namespace,
		);
		// Only when the old one has gone does the new one start; its end looks here again.
		if (sameName) continue;
		startPod({uid, pod, source: file, seenMs: context.sim.clock.now(), containers: {}, handled: [], sandboxes: 0});
	}
}

function readManifests(context: KubeletContext): Manifest[] {
	const {files} = context.host.machine;
	if (!files.exists(manifestFolder)) return [];
	const found = files
		.list(manifestFolder)
		// Whatever its name ends in: a copy kept here is a second pod.
		.filter(name => !name.startsWith('.') && files.stat(`${manifestFolder}/${name}`).type === 'file')
		.flatMap(name => {
			const path = `${manifestFolder}/${name}`;
			const text = files.readText(path);
			const result = readPod(context, path, text);
			if (typeof result !== 'string') return [{file: name, uid: uidOf(context, path, text), pod: result}];
			journal(context, 'E', 'file.go:187', `"Could not process manifest file" err=${goQuote(result)} path="${path}"`);
			return [];
		});
	return found.filter(({pod}, index) => {
		const first = found.findIndex(each => nameOf(each.pod) === nameOf(pod));
		if (first !== index)
			journal(
				context,
				'I',
				'config.go:270',
				`"Pod failed validation due to duplicate pod name, ignoring" index=${index} pod="${nameOf(pod)}" source="file"`,
			);
		return first === index;
	});
}

const nameOf = ({metadata}: KubeObject): string => `${metadata.namespace}/${metadata.name}`;

const uidOf = ({node}: KubeletContext, path: string, text: string): string => digest(`${node}${path}${text}`).slice(0, 32);

/** The pod of a manifest file as the kubelet takes it, or what is wrong with it. */
function readPod(context: KubeletContext, path: string, text: string): KubeObject | string {
	const draft = decodePod(context, text);
	if (typeof draft === 'string') return `${path}: couldn't parse as pod(${draft}), please check config file`;
	if (!draft.metadata?.name) return 'invalid pod: name is needed for the pod';
	const uid = uidOf(context, path, text);
	const pod: KubeObject = {
		...draft,
		metadata: {
			...draft.metadata,
			name: `${draft.metadata.name}-${context.node}`,
			namespace: draft.metadata.namespace ?? 'default',
			annotations: {
				...draft.metadata.annotations,
				'kubernetes.io/config.hash': uid,
				'kubernetes.io/config.seen': rfc3339(context.sim.clock.now()).replace('Z', '.000000000Z'),
				'kubernetes.io/config.source': 'file',
			},
		},
		spec: {
			containers: [],
			...draft['spec'],
			nodeName: context.node,
			tolerations: [...(draft['spec']?.tolerations ?? []), {effect: 'NoExecute', operator: 'Exists'}],
		},
		status: {},
	};
	const kind = context.api.kindOf('v1', 'Pod');
	kind?.defaults?.(pod);
	const wrong = kind?.validate?.(pod) ?? [];
	return wrong.length > 0 ? `invalid pod: [${wrong.map(messageOf).join(' ')}]` : pod;
}

/** The API's picture of a static pod: made when it is missing, made anew when it shows another one. */
export function ensureMirror(context: KubeletContext, record: PodRecord): void {
	if (!record.source || record.stopping?.deleted || !context.reachable()) return;
	const {api, client, node} = context;
	const {metadata, ...rest} = record.pod;
	const present = api.reader.find<KubeObject>('pods', metadata.namespace, metadata.name);
	const annotation = 'kubernetes.io/config.mirror';
	if (present?.metadata.annotations?.[annotation] === record.uid && !present.metadata.deletionTimestamp) return;
	if (present) deleteMirror(context, record);
	const owner = api.reader.find<KubeObject>('nodes', undefined, node);
	if (!owner) return;
	const ownerReferences = [{apiVersion: 'v1', kind: 'Node', name: node, uid: owner.metadata.uid!, controller: true}];
	try {
		client.create({
			...rest,
			metadata: {...metadata, annotations: {...metadata.annotations, [annotation]: record.uid}, ownerReferences},
		} as KubeObject);
	} catch (error) {
		// Namespace missing, quota: the pod runs all the same.
		if (!(error instanceof ApiError)) throw error;
	}
}

export function deleteMirror({client}: KubeletContext, {pod}: PodRecord): void {
	try {
		client.delete('pods', pod.metadata.namespace, pod.metadata.name, {gracePeriodSeconds: 0});
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
	}
}
