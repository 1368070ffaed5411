import {recordFlag} from '../record.js';
import {failure} from '../failure.js';
import {resourceList} from '../create/small.js';
import type {Verb} from '../verb.js';
import {setAll, setFlags, specToChange} from './change-all.js';

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
		if (args.length === 0 && flags.list('filename').length === 0) yield* setAll(call, [], 'resource requirements updated', () => {});
		if (flags.string('limits') === '' && flags.string('requests') === '')
			throw failure('you must specify an update to requests or limits (in the form of --requests/--limits)');
		const limits = resourceList(flags.string('limits'));
		const requests = resourceList(flags.string('requests'));
		yield* setAll(
			call,
			args,
			'resource requirements updated',
			(draft, target) => {
				const spec = specToChange(draft, target, flags.bool('local'));
				const found = (spec.containers ?? []).filter((container: {name: string}) =>
					nameMatches(flags.string('containers'), container.name),
				);
				if (found.length === 0) throw failure(`unable to find container named ${flags.string('containers')}`);
				for (const container of found) {
					const now = {...container.resources};
					if (limits) now.limits = {...now.limits, ...limits};
					if (requests) now.requests = {...now.requests, ...requests};
					container.resources = now;
				}
			},
			'resources update to pod template ',
		);
		return 0;
	},
};
