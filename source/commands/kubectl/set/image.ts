import {recordFlag} from '../record.js';
import {failure, rawFailure, throwAll, usageFailure} from '../failure.js';
import type {Verb} from '../verb.js';
import {resourcesAndPairs, setAll, setFlags, specToChange} from './change-all.js';

export const image: Verb = {
	name: 'image',
	summary: 'Update the image of a pod template',
	usage: 'set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
	flags: setFlags,
	hiddenFlags: recordFlag,
	*run(call) {
		const {args, flags} = call;
		const {resources, pairs} = resourcesAndPairs(args, word => word.includes('=') && !word.startsWith('='), 'image');
		if (resources.length < 1 && flags.list('filename').length === 0 && flags.string('kustomize') === '')
			yield* setAll(call, [], 'image updated', () => {});
		if (pairs.length === 0) yield* setAll(call, resources, 'image updated', () => {});
		if (pairs.length === 0) throw failure('at least one image update is required');
		const images = new Map(pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
		if (images.has('*') && images.size > 1)
			throw usageFailure(
				call.path,
				'all containers are already specified by *, but saw more than one container_name=container_image pairs',
			);
		// One container that is missing does not keep the others from being changed.
		const missing: Error[] = [];
		const visited = setAll(
			call,
			resources,
			'image updated',
			(draft, target) => {
				const spec = specToChange(draft, target, flags.bool('local'));
				for (const [name, value] of images) {
					const found = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].filter(
						container => name === '*' || container.name === name,
					);
					if (found.length === 0) missing.push(rawFailure(`error: unable to find container named ${JSON.stringify(name)}`));
					for (const container of found) container.image = value;
				}
			},
			'image update to pod template',
		);
		try {
			yield* visited;
		} catch (error) {
			throwAll([...missing, error as Error]);
		}

		throwAll(missing);
		return 0;
	},
};
