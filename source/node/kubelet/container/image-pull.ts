import type {KubeObject} from '../../../api/object.js';
import {hasTagOrDigest, type ImageReference, parseReference} from '../../image/image-reference.js';
import {credentialsIn} from '../../registry/docker-config.js';
import {goMillis, isBackingOff, nextBackoff} from './backoff.js';
import {type KubeletContext, podEvent} from '../context.js';
import {type PodRecord, type Reason, type SpecContainer, stateOf, withContainer} from '../record.js';
import {pullError} from '../../registry/public.js';
import type {ResolvedImage} from '../../registry/manifest.js';

export type PullResult =
	| {readonly kind: 'present'; readonly image: ResolvedImage; readonly record: PodRecord}
	| {readonly kind: 'pulling'; readonly record: PodRecord}
	| {readonly kind: 'failed'; readonly record: PodRecord; readonly reason: Reason};

/** Makes sure that the image is on the node, or begins to pull it. Models pkg/kubelet/images/image_manager.go EnsureImageExists. */
export function ensureImage(context: KubeletContext, record: PodRecord, container: SpecContainer): PullResult {
	const {spec} = container;
	const text: string = spec.image;
	const name = hasTagOrDigest(text) ? text : `${text}:latest`;
	const reference = parseReference(text);
	const fail = (reason: string, message: string, after = record): PullResult => {
		podEvent(context, after, 'Warning', 'Failed', `Error: ${reason}`, container);
		return {kind: 'failed', record: after, reason: {reason, message}};
	};

	if ('error' in reference) {
		const message = `Failed to apply default image tag "${name}": couldn't parse image name "${name}": ${reference.error}`;
		podEvent(context, record, 'Warning', 'InspectFailed', message, container);
		return fail('InvalidImageName', message);
	}

	const policy: string = spec.imagePullPolicy ?? (name.endsWith(':latest') ? 'Always' : 'IfNotPresent');
	const present = context.containerd.image(text);
	if (present && policy !== 'Always') {
		podEvent(context, record, 'Normal', 'Pulled', `Container image "${text}" already present on machine`, container);
		return {kind: 'present', image: present, record};
	}

	if (policy === 'Never') {
		const message = `Container image "${text}" is not present with pull policy of Never`;
		podEvent(context, record, 'Warning', 'ErrImageNeverPull', message, container);
		return fail('ErrImageNeverPull', message);
	}

	const now = context.sim.clock.now();
	const {pull} = stateOf(record, spec.name);
	if (pull?.image === text && isBackingOff(pull, now)) {
		const last = stateOf(record, spec.name).reason?.message ?? '';
		const message = last.startsWith('Back-off pulling image') ? last : `Back-off pulling image "${text}": ErrImagePull: ${last}`;
		podEvent(context, record, 'Normal', 'BackOff', `Back-off pulling image "${text}"`, container);
		return fail('ImagePullBackOff', message);
	}

	warnOfMissingSecrets(context, record);
	podEvent(context, record, 'Normal', 'Pulling', `Pulling image "${text}"`, container);
	// A pull of what is there already only asks the registry for its digest, which it does at its end.
	const ms = present ? 350 : pullMs(context, record, reference);
	return {kind: 'pulling', record: {...record, work: {kind: 'pull', container: spec.name, sinceMs: now, untilMs: now + ms}}};
}

function pullMs(context: KubeletContext, record: PodRecord, reference: ImageReference): number {
	const found = resolve(context, record, reference);
	return 'code' in found ? 300 : context.registries.pullMs(found, reference.registry);
}

/** The pull is over. */
export function finishPull(context: KubeletContext, record: PodRecord, container: SpecContainer): PullResult {
	const {spec} = container;
	const text: string = spec.image;
	const reference = parseReference(text);
	if ('error' in reference) throw new Error(`pulled what is no image reference: ${text}`);
	const now = context.sim.clock.now();
	const found = resolve(context, record, reference);
	if ('code' in found) {
		const message = pullError(reference, found);
		podEvent(context, record, 'Warning', 'Failed', `Failed to pull image "${text}": ${message}`, container);
		podEvent(context, record, 'Warning', 'Failed', 'Error: ErrImagePull', container);
		const before = stateOf(record, spec.name).pull;
		const pull = {...nextBackoff(before?.image === text ? before : undefined, now, now), image: text};
		return {kind: 'failed', record: withContainer(record, spec.name, {pull}), reason: {reason: 'ErrImagePull', message}};
	}

	context.containerd.addImage(text, found);
	const took = goMillis(now - (record.work?.sinceMs ?? now));
	const message = `Successfully pulled image "${text}" in ${took} (${took} including waiting). Image size: ${found.variant.sizeBytes} bytes.`;
	podEvent(context, record, 'Normal', 'Pulled', message, container);
	return {kind: 'present', image: found, record};
}

/** Asks as this node, with what the pod's secrets say about the registry. */
function resolve(context: KubeletContext, record: PodRecord, reference: ImageReference) {
	const {namespace} = record.pod.metadata;
	const credentials = (record.pod['spec'].imagePullSecrets ?? []).flatMap(({name}: {name: string}) => {
		const secret = context.client.find<KubeObject>('secrets', namespace, name);
		// By its type, not by its keys: an Opaque one says nothing (pkg/credentialprovider/secrets).
		const text = (type: string, key: string) =>
			secret?.['type'] === type ? Buffer.from(secret['data']?.[key] ?? '', 'base64').toString('utf8') : '';
		const found =
			credentialsIn(text('kubernetes.io/dockerconfigjson', '.dockerconfigjson'), reference.registry) ??
			credentialsIn(text('kubernetes.io/dockercfg', '.dockercfg'), reference.registry, true);
		return found ? [found] : [];
	});
	return context.registries.resolve(reference, {machine: context.host.machine, credentials});
}

function warnOfMissingSecrets(context: KubeletContext, record: PodRecord): void {
	const {namespace} = record.pod.metadata;
	const missing = (record.pod['spec'].imagePullSecrets ?? [])
		.map((secret: {name: string}) => secret.name)
		.filter((name: string) => !context.client.find('secrets', namespace, name));
	if (missing.length === 0) return;
	const text = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`;
	podEvent(context, record, 'Warning', 'FailedToRetrieveImagePullSecret', text);
}
