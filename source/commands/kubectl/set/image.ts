import {recordFlag} from '../record.js';
import {failure, rawFailure, throwAll} from '../failure.js';
import {dryRunOf} from '../resource/dry-run.js';
import type {Verb} from '../verb.js';
import {bothAllAndSelector, changeAll, infosOf, localOnServer, resourcesAndPairs, setFlags, specToChange} from './change-all.js';

export const image: Verb = {
	name: 'image',
	summary: 'Update the image of a pod template',
	usage: 'set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
	flags: setFlags,
	hiddenFlags: recordFlag,
	*run(call) {
		const {args, flags} = call;
		const {resources, pairs} = resourcesAndPairs(args, word => word.includes('=') && !word.startsWith('='), 'image');
		const images = new Map(pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
		const infos = yield* infosOf(call, resources);
		const wrong: string[] = [];
		if (flags.bool('all') && flags.string('selector') !== '') wrong.push(bothAllAndSelector);
		if (images.size === 0) wrong.push('at least one image update is required');
		else if (images.has('*') && images.size > 1)
			wrong.push('all containers are already specified by *, but saw more than one container_name=container_image pairs');
		if (flags.bool('local') && dryRunOf(call) === 'server') wrong.push(localOnServer);
		throwAll(wrong.map(text => failure(text)));
		changeAll(call, infos, {
			operation: 'image updated',
			patching: 'image update to pod template: ',
			edit(draft, _target, problems) {
				const spec = specToChange(draft);
				for (const [name, value] of images) {
					const found = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].filter(
						container => name === '*' || container.name === name,
					);
					if (found.length === 0) problems.push(rawFailure(`error: unable to find container named ${JSON.stringify(name)}`));
					for (const container of found) container.image = value;
				}

				return true;
			},
		});
		return 0;
	},
};
