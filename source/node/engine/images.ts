import type {Sim} from '../../sim/sim.js';
import {epochMs} from '../../sim/sim.js';
import {parseReference} from '../image/image-reference.js';
import type {Registries} from '../registry/registries.js';
import {EngineError} from './model.js';
import {imageIdOf, manifestOf, type Manifest, type ResolvedImage} from '../registry/manifest.js';
import type {LocalImage, LocalImages} from './docker.js';

interface Row {
	readonly manifest: Manifest;
	readonly digest?: string;
}

const nameless = '<none>@';

/** What unpacked layers weigh, measured on the images that people pull. */
export const unpackedSize = ({variant, built, base, layers = []}: ResolvedImage): number =>
	built
		? (base ? unpackedSize(base) : 0) + layers.reduce((sum, layer) => sum + layer.sizeBytes, 0)
		: Math.floor(variant.sizeBytes * (variant.sizeBytes > 20_000_000 ? 2.54 : 2.08));

const dayMs = 86_400_000;

export const createdOf = ({built, digest}: ResolvedImage): number =>
	built ? built.createdMs : epochMs - 14 * dayMs - (Number.parseInt(digest.slice(7, 13), 16) % (160 * 86_400)) * 1000;

/** `nginx` is `docker.io/library/nginx:latest`. */
export function fullName(text: string): string {
	const reference = parseReference(text);
	if ('error' in reference) throw new EngineError(reference.error);
	return reference.name;
}

/** `docker.io/library/nginx` is shown as `nginx`. */
export const familiar = (name: string): string => name.replace(/^docker\.io\/(?:library\/(?=[^/]+$))?/, '');

export function createLocalImages(sim: Sim, host: string, registries: Registries): LocalImages {
	const rows = sim.state.table<Row>(`docker/${host}/images`);
	const view = (name: string, {manifest, digest}: Row): LocalImage | undefined => {
		const resolved = registries.lookup(manifest);
		return (
			resolved && {
				name: name.startsWith(nameless) ? '' : name,
				id: imageIdOf(resolved),
				digest,
				resolved,
				createdMs: createdOf(resolved),
				sizeBytes: unpackedSize(resolved),
			}
		);
	};

	const list = () =>
		[...rows.entries()]
			.flatMap(([name, row]) => view(name, row) ?? [])
			.sort((a, b) => b.createdMs - a.createdMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.name < b.name ? -1 : 1));
	const named = (text: string): LocalImage | undefined => {
		const reference = parseReference(text);
		if ('error' in reference) return undefined;
		const row = rows.get(reference.name);
		if (row) return view(reference.name, row);
		return reference.digest
			? list().find(each => each.digest === reference.digest && each.name.startsWith(`${reference.repository}:`))
			: undefined;
	};

	const byId = (text: string): LocalImage | undefined => {
		const hex = text.replace(/^sha256:/, '');
		if (!/^[0-9a-f]+$/.test(hex)) return undefined;
		const found = list().filter(each => each.id.startsWith(`sha256:${hex}`));
		return new Set(found.map(each => each.id)).size === 1 ? found[0] : undefined;
	};

	const find = (text: string) => named(text) ?? byId(text);
	const namesOf = (id: string) => list().flatMap(each => (each.id === id && each.name ? [each.name] : []));
	return {
		list,
		find,
		namesOf,
		get(text) {
			const found = find(text);
			if (found) return found;
			const reference = parseReference(text);
			throw new EngineError(`No such image: ${'error' in reference ? text : familiar(reference.name)}`);
		},
		put(name, manifest, digest) {
			const resolved = registries.lookup(manifest)!;
			const id = imageIdOf(resolved);
			const before = name === '' ? undefined : rows.get(name);
			const old = before && view(name, before);
			if (old && old.id !== id && namesOf(old.id).length === 1)
				rows.set(`${nameless}${old.id}`, {manifest: manifestOf(old.resolved), digest: old.digest});
			if (name !== '') rows.delete(`${nameless}${id}`);
			const key = name === '' ? `${nameless}${id}` : name;
			if (name !== '' || namesOf(id).length === 0) rows.set(key, {manifest, digest: digest ?? (old?.id === id ? old.digest : undefined)});
			return view(key, rows.get(key) ?? {manifest})!;
		},
		noteDigest(name, digest) {
			const row = rows.get(name);
			if (row) rows.set(name, {...row, digest});
		},
		untag(name, keep = false) {
			const row = rows.get(name);
			const image = row && view(name, row);
			rows.delete(name);
			if (keep && image && namesOf(image.id).length === 0) rows.set(`${nameless}${image.id}`, {manifest: manifestOf(image.resolved)});
		},
		removeId(id) {
			for (const [name, row] of [...rows.entries()]) if (view(name, row)?.id === id) rows.delete(name);
		},
	};
}
