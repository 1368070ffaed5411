import {EngineError} from '../../../../node/engine/model.js';
import {layersOf} from '../../../../node/registry/content.js';
import type {ImageReference} from '../../../../node/image/image-reference.js';
import {familiar} from '../../../../node/engine/images.js';
import {savedCredentials} from '../system/credentials.js';
import {shortId} from '../text.js';
import type {Call, Steps} from '../verb.js';
import type {LocalImage} from '../../../../node/engine/docker.js';

interface PullOptions {
	/** Where progress goes. */
	say(text: string): void;
	/** `docker run` leaves the last line out. */
	readonly bare?: boolean;
}

/** One pull with all that docker prints about it. */
export function* pullSteps({engine, io}: Call, reference: ImageReference, {say, bare}: PullOptions): Steps<LocalImage> {
	const shown = familiar(reference.name);
	const path = reference.registry === 'docker.io' ? reference.path : reference.repository.slice(reference.registry.length + 1);
	const had = new Set(engine.images.list().flatMap(image => layersOf(image.resolved).map(layer => layer.digest)));
	let result: ReturnType<typeof engine.pull>;
	try {
		result = engine.pull(reference, savedCredentials(io, reference.registry));
	} catch (error) {
		// What is refused before the first layer says nothing else.
		if (error instanceof EngineError) yield {sleepMs: 300};
		throw error;
	}

	const {image, isNew, tookMs} = result;
	say(`${reference.digest ?? reference.tag}: Pulling from ${path}\n`);
	const layers = layersOf(image.resolved);
	const missing = layers.filter(layer => !had.has(layer.digest));
	const lines = (state: string, list: typeof layers) => list.map(layer => `${shortId(layer.digest)}: ${state}\n`).join('');
	if (isNew) {
		say(
			lines(
				'Already exists',
				layers.filter(layer => had.has(layer.digest)),
			),
		);
		if (io.stdoutIsTerminal) {
			yield {sleepMs: tookMs};
			say(lines('Pull complete', missing));
		} else {
			say(lines('Pulling fs layer', missing));
			yield {sleepMs: tookMs};
			say(
				missing
					.map(layer => ['Verifying Checksum', 'Download complete'].map(state => `${shortId(layer.digest)}: ${state}\n`).join(''))
					.join(''),
			);
			say(lines('Pull complete', missing));
		}
	} else yield {sleepMs: 350};
	say(`Digest: ${image.resolved.digest}\n`);
	say(`Status: ${isNew ? 'Downloaded newer image' : 'Image is up to date'} for ${shown}\n`);
	if (!bare) say(`${reference.name}\n`);
	return image;
}
