import type {Sim} from '../sim/sim.js';
import {digest} from './digest.js';
import type {Image, ImageVariant} from './image.js';
import {type ImageReference, parseReference} from './image-reference.js';

/** An image that a registry serves under some name. */
export interface Manifest {
	/** The catalogue's entry; a tag of the same image under another name has the same. */
	readonly repository: string;
	readonly tag: string;
}

export interface ResolvedImage {
	readonly image: Image;
	readonly tag: string;
	readonly variant: ImageVariant;
	/** `sha256:...` of the manifest. */
	readonly digest: string;
}

/** All image registries that a node can reach. */
export interface Registries {
	/** What a pull of this reference gives, or the words it fails with (without `failed to pull and unpack image ...`). */
	resolve(reference: ImageReference): ResolvedImage | PullFailure;
	/** What a catalogue entry is, without asking a registry. */
	lookup(manifest: Manifest): ResolvedImage | undefined;
	/** `docker push`: the name is served from now on. */
	push(name: string, manifest: Manifest): void;
	/** `docker build`, or an image that a lab declares. */
	define(image: Image): void;
	/** Milliseconds a pull takes. */
	pullMs(image: ResolvedImage, registry: string): number;
}

export interface PullFailure {
	/** gRPC code; `Unknown` is not printed. */
	readonly code: 'NotFound' | 'Unknown';
	readonly message: string;
}

/** Bytes per millisecond and milliseconds to the first byte: the classroom has a mirror of what lies outside. */
const speeds: Readonly<Record<string, readonly [bytesPerMs: number, latencyMs: number]>> = {
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
	'docker.elastic.co': [120_000, 90],
	'reg.timinglee.org': [180_000, 20],
	'reg.lilee.org': [180_000, 20],
};
const privateRegistries: readonly string[] = ['reg.timinglee.org', 'reg.lilee.org'];

export interface RegistriesOptions {
	/** Address of the name server a node asks, for the words of a failure. */
	readonly nameServer: string;
	/** Why a private registry cannot be reached right now, e.g. `dial tcp 172.25.254.250:443: connect: no route to host`. */
	unreachable?(registry: string): string | undefined;
}

export function createRegistries(sim: Sim, images: readonly Image[], options: RegistriesOptions): Registries {
	const pushed = sim.state.table<Manifest>('registries/pushed');
	const defined = sim.state.table<Image>('registries/defined');
	const byRepository = new Map<string, Image>();
	for (const image of images) for (const name of [image.repository, ...(image.aliases ?? [])]) byRepository.set(name, image);
	const find = (repository: string) => defined.get(repository) ?? byRepository.get(repository);

	const lookup = ({repository, tag}: Manifest): ResolvedImage | undefined => {
		const image = find(repository);
		const variant = image?.tags[tag];
		return image && variant && {image, tag, variant, digest: `sha256:${digest(`${image.repository}:${tag}`)}`};
	};

	return {
		lookup,
		resolve(reference) {
			const {registry, repository, tag, path, name} = reference;
			const known = pushed.get(`${repository}:${tag}`);
			const down = options.unreachable?.(registry);
			const request = `failed to do request: Head "https://${registry}/v2/${path}/manifests/${reference.digest ?? tag}": `;
			if (!(registry in speeds))
				return {code: 'Unknown', message: `${request}dial tcp: lookup ${registry} on ${options.nameServer}:53: no such host`};
			if (down) return {code: 'Unknown', message: request + down};
			if (known) return lookup(known) ?? {code: 'NotFound', message: `${name}: not found`};
			const image = find(repository);
			if (!image && registry === 'docker.io') return {code: 'Unknown', message: denied};
			const byDigest =
				reference.digest &&
				image &&
				Object.keys(image.tags).find(each => lookup({repository: image.repository, tag: each})?.digest === reference.digest);
			const found = image && lookup({repository: image.repository, tag: byDigest || tag});
			return found ?? {code: 'NotFound', message: `${name}: not found`};
		},
		push(name, manifest) {
			const reference = parseReference(name);
			if (!('error' in reference)) pushed.set(`${reference.repository}:${reference.tag}`, manifest);
		},
		define(image) {
			defined.set(image.repository, image);
		},
		pullMs({variant, digest: id}, registry) {
			const [bytesPerMs, latencyMs] = speeds[registry] ?? [20_000, 1000];
			const jitter = 80 + (Number.parseInt(id.slice(7, 11), 16) % 41);
			return Math.max(40, Math.floor(((latencyMs + variant.sizeBytes / bytesPerMs) * jitter) / 100));
		},
	};
}

const denied =
	'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';

export const isPrivateRegistry = (registry: string): boolean => privateRegistries.includes(registry);

/** The whole of containerd's message, as the kubelet gets it; code Unknown is cut off by the CRI client. */
export function pullError(reference: ImageReference, failure: PullFailure): string {
	const text = `failed to pull and unpack image "${reference.name}": failed to resolve reference "${reference.name}": ${failure.message}`;
	return failure.code === 'Unknown' ? text : `rpc error: code = ${failure.code} desc = ${text}`;
}
