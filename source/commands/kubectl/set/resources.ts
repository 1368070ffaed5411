import {recordFlag} from '../record.js';
import {failure, rawFailure} from '../failure.js';
import {dryRunOf} from '../resource/dry-run.js';
import {resourceList} from '../create/small.js';
import type {Verb} from '../verb.js';
import {bothAllAndSelector, changeAll, infosOf, localOnServer, setFlags, specToChange} from './change-all.js';

/** `*` stands for any run of characters, as in `-c 'web*'`. */
export const nameMatches = (pattern: string, name: string): boolean =>
	new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*')}$`).test(name);

export const resources: Verb = {
	name: 'resources',
	summary: 'Update resource requests/limits on objects with pod templates',
	usage: 'set resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
	flags: [...setFlags, ['containers', 'string', '*', 'c'], ['limits', 'string', ''], ['requests', 'string', '']],
	hiddenFlags: recordFlag,
	*run(call) {
		const {flags, args} = call;
		const infos = yield* infosOf(call, args);
		if (flags.bool('local') && dryRunOf(call) === 'server') throw failure(localOnServer);
		if (flags.bool('all') && flags.string('selector') !== '') throw failure(bothAllAndSelector);
		if (flags.string('limits') === '' && flags.string('requests') === '')
			throw failure('you must specify an update to requests or limits (in the form of --requests/--limits)');
		const limits = resourceList(flags.string('limits'));
		const requests = resourceList(flags.string('requests'));
		changeAll(call, infos, {
			operation: 'resource requirements updated',
			patching: 'resources update to pod template ',
			edit(draft, _target, problems) {
				const pattern = flags.string('containers');
				const found = (specToChange(draft).containers ?? []).filter((container: {name: string}) => nameMatches(pattern, container.name));
				if (found.length === 0) problems.push(rawFailure(`error: unable to find container named ${pattern}`));
				for (const container of found) {
					const now = {...container.resources};
					if (limits) now.limits = {...now.limits, ...limits};
					if (requests) now.requests = {...now.requests, ...requests};
					container.resources = now;
				}

				return found.length > 0;
			},
		});
		return 0;
	},
};
