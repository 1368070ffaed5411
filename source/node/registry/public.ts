import {mirrorHosts} from './public-mirrors.js';
import type {ImageReference} from '../image/image-reference.js';
import type {PullFailure, ResolvedImage} from './manifest.js';

/** Bytes per millisecond and milliseconds to the first byte: the classroom has a mirror of what lies outside. */
const speeds: Readonly<Record<string, readonly [bytesPerMs: number, latencyMs: number]>> = {
	...Object.fromEntries(mirrorHosts.map(host => [host, [120_000, 60] as const])),
	'docker.io': [130_000, 90],
	'quay.io': [130_000, 80],
	'registry.k8s.io': [130_000, 70],
	'gcr.io': [130_000, 70],
	'ghcr.io': [130_000, 80],
	'mcr.microsoft.com': [130_000, 80],
	'public.ecr.aws': [130_000, 80],
	'us-docker.pkg.dev': [130_000, 80],
	'k8s.gcr.io': [130_000, 70],
	'registry.cn-hangzhou.aliyuncs.com': [120_000, 60],
	'registry.aliyuncs.com': [120_000, 60],
	'daocloud.io': [120_000, 60],
	'docker.elastic.co': [120_000, 90],
};

/** A registry on the same segment. */
const near = [180_000, 20] as const;

/** A registry of the internet. All others are machines that are asked over the network. */
export const isPublic = (registry: string): boolean => Object.hasOwn(speeds, registry);

export const speedOf = (registry: string): readonly [bytesPerMs: number, latencyMs: number] => speeds[registry] ?? near;

/** What those registries answer that do not tell a missing repository from a private one; the others say that there is no such tag. */
const hiding: Readonly<Record<string, (reference: ImageReference) => string>> = {
	'docker.io': () =>
		'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
	'quay.io': ({path, tag, digest}) =>
		`unexpected status from HEAD request to https://quay.io/v2/${path}/manifests/${digest ?? tag}: 401 UNAUTHORIZED`,
	'ghcr.io': ({path}) =>
		`failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3A${encodeURIComponent(path)}%3Apull&service=ghcr.io: 403 Forbidden`,
};

export const notFound = ({name}: ImageReference): PullFailure => ({code: 'NotFound', message: `${name}: not found`});

/** What the registries of the internet hold. */
export interface Published {
	published(reference: ImageReference): ResolvedImage | undefined;
	hasRepository(repository: string): boolean;
}

/** What a registry of the internet answers. */
export function fromPublic(registries: Published, reference: ImageReference): ResolvedImage | PullFailure {
	const found = registries.published(reference);
	if (found) return found;
	const hidden = registries.hasRepository(reference.repository) ? undefined : hiding[reference.registry];
	return hidden ? {code: 'Unknown', message: hidden(reference)} : notFound(reference);
}

/** The whole of containerd's message, as the kubelet gets it; code Unknown is cut off by the CRI client. */
export function pullError(reference: ImageReference, failure: PullFailure): string {
	const text = `failed to pull and unpack image "${reference.name}": failed to resolve reference "${reference.name}": ${failure.message}`;
	return failure.code === 'Unknown' ? text : `rpc error: code = ${failure.code} desc = ${text}`;
}
