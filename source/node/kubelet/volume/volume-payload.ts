import type {KubeObject} from '../../../api/object.js';
import {parseRfc3339} from '../../../api/values/time.js';
import {issuer, signWebToken} from '../../../kinds/token-review/web-token.js';
import type {KubeletContext} from '../context.js';
import {fieldValue, resourceValue} from '../container/downward.js';
import {dataOf} from '../container/environment.js';
import type {PodRecord} from '../record.js';

/** Files of a volume that the kubelet writes: path to text and mode. */
export type Payload = Readonly<Record<string, {readonly text: string; readonly mode: number}>>;

/** Keeps a volume from being mounted; the message follows `MountVolume.SetUp failed for volume "v" : `. */
export class MountError extends Error {}

const defaultMode = 0o644;

/** What a ConfigMap, Secret, downwardAPI or projected volume holds right now. Throws a `MountError` when something it needs is not there. */
export function payloadOf(context: KubeletContext, record: PodRecord, volume: any): Payload | undefined {
	const mode = (source: any) => source.defaultMode ?? defaultMode;
	if (volume.configMap) return fromObject(context, record, 'configmap', volume.configMap.name, volume.configMap, mode(volume.configMap));
	if (volume.secret) return fromObject(context, record, 'secret', volume.secret.secretName, volume.secret, mode(volume.secret));
	if (volume.downwardAPI) return fromDownward(context, record, volume.downwardAPI.items ?? [], mode(volume.downwardAPI));
	if (!volume.projected) return undefined;
	return fromSources(context, record, volume.projected, mode(volume.projected));
}

/** Every source is tried, and all that is wrong is told at once. Models projected.go collectData. */
function fromSources(context: KubeletContext, record: PodRecord, {sources = []}: any, bits: number): Payload {
	const result: Record<string, {text: string; mode: number}> = {};
	const problems: string[] = [];
	for (const source of sources) {
		const {configMap, secret, downwardAPI, serviceAccountToken} = source;
		try {
			if (configMap) Object.assign(result, fromObject(context, record, 'configmap', configMap.name, configMap, bits));
			else if (secret) Object.assign(result, fromObject(context, record, 'secret', secret.name, secret, bits));
			else if (downwardAPI) Object.assign(result, fromDownward(context, record, downwardAPI.items ?? [], bits));
			else if (serviceAccountToken) result[serviceAccountToken.path] = {text: token(context, record, serviceAccountToken), mode: bits};
			else context.sim.notes.notSimulated(`Pod spec.volumes[].projected.sources[].${Object.keys(source)[0]}`);
		} catch (error) {
			if (!(error instanceof MountError)) throw error;
			problems.push(error.message);
		}
	}

	const different = [...new Set(problems)];
	if (different.length > 0) throw new MountError(different.length === 1 ? different[0] : `[${different.join(', ')}]`);
	return result;
}

function fromObject(
	context: KubeletContext,
	record: PodRecord,
	word: 'configmap' | 'secret',
	name: string,
	source: any,
	mode: number,
): Payload {
	const namespace = record.pod.metadata.namespace ?? 'default';
	const object = context.client.find<KubeObject>(`${word}s`, namespace, name);
	if (!object) {
		if (source.optional) return {};
		throw new MountError(`${word} "${name}" not found`);
	}

	const data = dataOf(object);
	const items: Array<{key: string; path: string; mode?: number}> = source.items ?? Object.keys(data).map(key => ({key, path: key}));
	const result: Record<string, {text: string; mode: number}> = {};
	for (const item of items) {
		const text = data[item.key];
		if (text !== undefined) result[item.path] = {text, mode: item.mode ?? mode};
		else if (!source.optional)
			throw new MountError(
				`${word === 'secret' ? 'references' : `${word} references`} non-existent ${word === 'secret' ? 'secret' : 'config'} key: ${item.key}`,
			);
	}

	return result;
}

function fromDownward(context: KubeletContext, record: PodRecord, items: any[], mode: number): Payload {
	return Object.fromEntries(
		items.map(item => {
			const {containers, initContainers = []} = record.pod['spec'];
			const spec = [...containers, ...initContainers].find(each => each.name === item.resourceFieldRef?.containerName);
			const text = item.fieldRef
				? fieldValue(context, record, item.fieldRef.fieldPath)
				: resourceValue(context, record, spec, item.resourceFieldRef);
			return [item.path, {text, mode: item.mode ?? mode}];
		}),
	);
}

const warnSeconds = 3607;
const yearSeconds = 365 * 86_400;

/** Dated from the pod's beginning, so that it stays the same however often it is asked for; a real one is renewed every 48 minutes. */
function token({api}: KubeletContext, {pod, uid}: PodRecord, {audience, expirationSeconds = 3600}: any): string {
	const {namespace = 'default', name, creationTimestamp} = pod.metadata;
	const {serviceAccountName: account = 'default', nodeName} = pod['spec'];
	const uidOf = (resource: string, inside: string | undefined, whose: string) =>
		api.reader.find<KubeObject>(resource, inside, whose)?.metadata.uid ?? '';
	const iat = Math.floor((parseRfc3339(creationTimestamp ?? '') ?? 0) / 1000);
	const serviceaccount = {name: account, uid: uidOf('serviceaccounts', namespace, account)};
	const node = {name: nodeName, uid: uidOf('nodes', undefined, nodeName)};
	return signWebToken({
		aud: [audience || issuer],
		// What every pod is given is made to last; who asks for a time gets that.
		exp: iat + (expirationSeconds === warnSeconds ? yearSeconds : expirationSeconds),
		iat,
		iss: issuer,
		jti: uid.split('').reverse().join(''),
		'kubernetes.io': {
			namespace,
			node,
			pod: {name, uid},
			serviceaccount,
			...(expirationSeconds === warnSeconds && {warnafter: iat + warnSeconds}),
		},
		nbf: iat,
		sub: `system:serviceaccount:${namespace}:${account}`,
	});
}
