import {digest} from '../image/digest.js';
import {type ResolvedImage, imageIdOf} from './manifest.js';
import type {ImageConfig} from './image-config.js';

export interface LayerFact {
	/** `sha256:...` of the compressed layer. */
	readonly digest: string;
	readonly sizeBytes: number;
}

/** How the bytes of an image of the catalogue are spread: a base system, then what was added. */
const shares = [0.62, 0.23, 0.11, 0.04];

/** The layers of an image, lowest first; images of one base share theirs. */
export function layersOf(resolved: ResolvedImage): readonly LayerFact[] {
	const {built, layers = [], base, variant} = resolved;
	if (built) {
		const own = built.layers.map((name, index) => ({digest: `sha256:${name}`, sizeBytes: layers[index]?.sizeBytes ?? 0}));
		return [...(base ? layersOf(base) : []), ...own];
	}

	const count = variant.sizeBytes < 6e6 ? 1 : variant.sizeBytes < 4e7 ? 2 : 4;
	return Array.from({length: count}, (_, index) => ({
		digest: `sha256:${digest(`layer ${index} of ${resolved.digest}`)}`,
		sizeBytes:
			count === 1
				? variant.sizeBytes
				: Math.floor(variant.sizeBytes * (index < count - 1 ? shares[index]! : 1 - shares.slice(0, index).reduce((a, b) => a + b, 0))),
	}));
}

/** What containers made from an image get, whoever made it. */
export function configOf({built, variant}: ResolvedImage): ImageConfig {
	if (built) return built.config;
	return {
		entrypoint: variant.entrypoint,
		command: variant.command,
		env: {PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...variant.env},
		workingDir: variant.workingDir,
		user: variant.user,
		ports: variant.ports ?? [],
		labels: {},
		volumes: [],
		stopSignal: variant.stopSignal,
		onBuild: [],
	};
}

/** The manifest that a registry serves. */
export function manifestJson(resolved: ResolvedImage): string {
	const type = 'application/vnd.docker';
	return JSON.stringify(
		{
			schemaVersion: 2,
			mediaType: `${type}.distribution.manifest.v2+json`,
			config: {mediaType: `${type}.container.image.v1+json`, size: configJson(resolved).length, digest: imageIdOf(resolved)},
			layers: layersOf(resolved).map(layer => ({
				mediaType: `${type}.image.rootfs.diff.tar.gzip`,
				size: Math.ceil(layer.sizeBytes * 0.4),
				digest: layer.digest,
			})),
		},
		undefined,
		3,
	);
}

/** The configuration blob. */
export function configJson(resolved: ResolvedImage): string {
	const config = configOf(resolved);
	return JSON.stringify({
		architecture: 'amd64',
		config: {
			...(config.user && {User: config.user}),
			...(config.ports.length > 0 && {ExposedPorts: Object.fromEntries(config.ports.map(port => [port, {}]))}),
			Env: Object.entries(config.env).map(([name, value]) => `${name}=${value}`),
			Entrypoint: config.entrypoint.length > 0 ? config.entrypoint : null,
			Cmd: config.command.length > 0 ? config.command : null,
			WorkingDir: config.workingDir ?? '',
			Labels: Object.keys(config.labels).length > 0 ? config.labels : null,
		},
		os: 'linux',
		rootfs: {type: 'layers', diff_ids: layersOf(resolved).map(layer => layer.digest)},
	});
}
