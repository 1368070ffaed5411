import {EngineError} from '../../../../node/engine/model.js';
import {familiar} from '../../../../node/engine/images.js';
import {fromDaemon, silent} from '../failure.js';
import {humanSize, shortId} from '../text.js';
import type {Call, Verb} from '../verb.js';
import {layersOf} from '../../../../node/registry/content.js';

export const rmi: Verb = {
	name: 'rmi',
	aliases: ['image rm', 'image remove'],
	summary: 'Remove one or more images',
	usage: '[OPTIONS] IMAGE [IMAGE...]',
	options: [
		['force', 'bool', 'f'],
		['no-prune', 'bool'],
		['platform', '!string'],
	],
	arguments: [1, Number.POSITIVE_INFINITY],
	*run(call) {
		let failed = false;
		for (const text of call.args) {
			try {
				call.out(removeImage(call, text, call.values.bool('force')));
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				call.err(`${fromDaemon(error.message)}\n`);
				failed ||= !(call.values.bool('force') && error.message.startsWith('No such image'));
			}
		}

		if (failed) throw silent(1);
		return 0;
	},
};

/** Takes a name away, or the image with its last name. Models moby daemon/images/image_delete.go. */
function removeImage({engine}: Call, text: string, force: boolean): string {
	const image = engine.images.get(text);
	const names = engine.images.namesOf(image.id);
	const byId = image.id.startsWith(text) || image.id.startsWith(`sha256:${text}`);
	const users = engine.containers.list().filter(each => each.config.imageId === image.id);
	if (byId && names.length > 1 && !force)
		throw new EngineError(
			`conflict: unable to delete ${shortId(image.id)} (must be forced) - image is referenced in multiple repositories`,
		);
	const goes = byId || names.length <= 1;
	const isRunning = (id: string) => engine.containerd.row(id)?.state === 'running';
	const [running] = users.filter(each => isRunning(each.id));
	if (goes && running && (byId || !force))
		throw new EngineError(
			byId
				? `conflict: unable to delete ${shortId(image.id)} (cannot be forced) - image is being used by running container ${running.id.slice(0, 12)}`
				: `conflict: unable to remove repository reference "${text}" (must force) - container ${running.id.slice(0, 12)} is using its referenced image ${shortId(image.id)}`,
		);
	if (goes && users.length > 0 && !force)
		throw new EngineError(
			byId
				? `conflict: unable to delete ${shortId(image.id)} (must be forced) - image is being used by stopped container ${users[0]!.id.slice(0, 12)}`
				: `conflict: unable to remove repository reference "${text}" (must force) - container ${users[0]!.id.slice(0, 12)} is using its referenced image ${shortId(image.id)}`,
		);
	const child = engine.images.list().find(each => each.resolved.built?.parent === image.id);
	if (goes && child && byId)
		throw new EngineError(`conflict: unable to delete ${shortId(image.id)} (cannot be forced) - image has dependent child images`);
	const gone = byId ? names : [image.name].filter(Boolean);
	const lines = gone.map(name => `Untagged: ${familiar(name)}\n`);
	if (image.digest && goes && gone[0])
		lines.push(`Untagged: ${familiar(gone[0].replace(/@.*/, '').replace(/:[^/]*$/, ''))}@${image.digest}\n`);
	if (!goes) {
		engine.images.untag(image.name);
		return lines.join('');
	}

	for (const name of gone) engine.images.untag(name, users.length > 0);
	if (users.length > 0) return lines.join('');
	engine.images.removeId(image.id);
	engine.event('image', 'delete', image.id, {name: image.id});
	const kept = new Set(engine.images.list().flatMap(each => layersOf(each.resolved).map(layer => layer.digest)));
	const deleted = layersOf(image.resolved)
		.filter(layer => !kept.has(layer.digest))
		.reverse();
	return [...lines, `Deleted: ${image.id}\n`, ...deleted.map(layer => `Deleted: ${layer.digest}\n`)].join('');
}

export const imagePrune: Verb = {
	name: 'image prune',
	summary: 'Remove unused images',
	usage: '[OPTIONS]',
	options: [
		['all', 'bool', 'a'],
		['filter', '!list'],
		['force', 'bool', 'f'],
	],
	arguments: [0, 0],
	*run(call) {
		const {values, out} = call;
		if (!values.bool('force')) {
			out(
				`WARNING! This will remove all ${values.bool('all') ? 'images without at least one container associated to them' : 'dangling images'}.\nAre you sure you want to continue? [y/N] `,
			);
			const answer: string | undefined = yield {read: 'line'};
			if (!/^y$/i.test(answer?.trim() ?? '')) return 0;
		}

		out(pruneImages(call, values.bool('all')));
		return 0;
	},
};

/** Images that nobody uses: without a name, or with --all also those that have one. */
export function pruneImages({engine}: Call, all: boolean): string {
	const used = new Set(engine.containers.list().map(each => each.config.imageId));
	const gone = engine.images.list().filter(each => (all || each.name === '') && !used.has(each.id));
	const lines: string[] = [];
	let bytes = 0;
	const seen = new Set<string>();
	for (const image of gone) {
		if (image.name) lines.push(`untagged: ${familiar(image.name)}`);
		engine.images.untag(image.name || `<none>@${image.id}`);
		if (seen.has(image.id)) continue;
		seen.add(image.id);
		engine.images.removeId(image.id);
		lines.push(`deleted: ${image.id}`);
		bytes += image.sizeBytes;
	}

	return `${lines.length > 0 ? `Deleted Images:\n${lines.join('\n')}\n\n` : ''}Total reclaimed space: ${humanSize(bytes)}\n`;
}
