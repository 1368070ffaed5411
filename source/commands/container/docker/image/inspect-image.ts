import {familiar} from '../../../../node/engine/images.js';
import {configOf, layersOf} from '../../../../node/registry/content.js';
import {goTime} from '../text.js';
import type {LocalImage, Engine} from '../../../../node/engine/docker.js';

const listOf = (list: readonly string[]) => (list.length > 0 ? list : null);

/** `nginx@sha256:...`: under which digest a registry has it. */
export const repoDigests = (engine: Engine, {id}: LocalImage): string[] => [
	...new Set(
		engine.images
			.list()
			.flatMap(each =>
				each.id === id && each.digest && each.name
					? [`${familiar(each.name.replace(/@.*/, '').replace(/:[^/]*$/, ''))}@${each.digest}`]
					: [],
			),
	),
];

/** An image as the API shows it. */
export function inspectImage(engine: Engine, image: LocalImage): Record<string, unknown> {
	const config = configOf(image.resolved);
	const {built} = image.resolved;
	return {
		Id: image.id,
		RepoTags: engine.images
			.namesOf(image.id)
			.filter(name => !name.includes('@'))
			.map(familiar),
		RepoDigests: repoDigests(engine, image),
		Parent: built?.parent ?? '',
		Comment: built?.history.at(-1)?.comment ?? 'buildkit.dockerfile.v0',
		Created: goTime(image.createdMs),
		DockerVersion: '',
		Author: config.author ?? '',
		Architecture: 'amd64',
		Os: 'linux',
		Size: image.sizeBytes,
		GraphDriver: {
			Data: {
				MergedDir: '/var/lib/docker/overlay2/merged',
				UpperDir: '/var/lib/docker/overlay2/diff',
				WorkDir: '/var/lib/docker/overlay2/work',
			},
			Name: 'overlay2',
		},
		RootFS: {Type: 'layers', Layers: layersOf(image.resolved).map(layer => layer.digest)},
		Metadata: {LastTagTime: goTime(image.createdMs)},
		Config: {
			Cmd: listOf(config.command),
			Entrypoint: listOf(config.entrypoint),
			Env: Object.entries(config.env).map(([name, value]) => `${name}=${value}`),
			...(config.ports.length > 0 && {ExposedPorts: Object.fromEntries(config.ports.map(port => [port, {}]))}),
			...(config.healthcheck && {Healthcheck: {Test: config.healthcheck.test}}),
			Labels: Object.keys(config.labels).length > 0 ? config.labels : null,
			OnBuild: listOf(config.onBuild),
			...(config.stopSignal && {StopSignal: config.stopSignal}),
			User: config.user ?? '',
			Volumes: config.volumes.length > 0 ? Object.fromEntries(config.volumes.map(path => [path, {}])) : null,
			WorkingDir: config.workingDir ?? '',
			...(config.shell && {Shell: config.shell}),
		},
	};
}
