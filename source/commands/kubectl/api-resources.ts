import {apiVersionOf, groupResource, type Kind} from '../../api/kind.js';
import {alignTabs, tableTabs} from '../../kinds/describe/tabwriter.js';
import {Unreachable} from './config/unreachable.js';
import {failure, usageFailure} from './failure.js';
import {kindsInOrder} from './resource/arguments.js';
import {forgetAll} from './resource/forgotten.js';
import type {Verb} from './verb.js';

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const verbsOf = (kind: Kind) => kind.verbs ?? allVerbs;

export const apiResources: Verb = {
	name: 'api-resources',
	summary: 'Print the supported API resources on the server',
	group: 'Other Commands:',
	usage: 'api-resources [flags]',
	flags: [
		['api-group', 'string', ''],
		['cached', 'bool', 'false'],
		['categories', 'strings', ''],
		['namespaced', 'bool', 'true'],
		['no-headers', 'bool', 'false'],
		['output', 'string', '', 'o'],
		['sort-by', 'string', ''],
		['verbs', 'strings', ''],
	],
	*run({flags, session, args, path}) {
		forgetAll(session);
		const output = flags.string('output');
		const sortBy = flags.string('sort-by');
		if (args.length > 0) throw usageFailure(path, `unexpected arguments: [${args.join(' ')}]`);
		if (!['', 'wide', 'name'].includes(output)) throw failure(`--output ${output} is not available`);
		if (!['', 'name', 'kind'].includes(sortBy)) throw failure(`--sort-by accepts only name or kind`);
		const all = kindsInOrder(session);
		const preferred = new Map(all.toReversed().map(kind => [groupResource(kind), kind]));
		const chosen = all.filter(
			kind =>
				preferred.get(groupResource(kind)) === kind &&
				(!flags.changed('api-group') || kind.group === flags.string('api-group')) &&
				(!flags.changed('namespaced') || kind.namespaced === flags.bool('namespaced')) &&
				flags.list('verbs').every(verb => verbsOf(kind).includes(verb)) &&
				flags.list('categories').every(category => kind.categories?.includes(category)),
		);
		const key =
			sortBy === 'kind' ? (kind: Kind) => kind.kind : sortBy === 'name' || output === 'name' ? (kind: Kind) => kind.plural : undefined;
		const sorted = key && sortBy ? [...chosen].sort((a, b) => (key(a) < key(b) ? -1 : 1)) : byGroup(chosen);
		session.out(
			output === 'name'
				? sorted.map(kind => `${groupResource(kind)}\n`).join('')
				: table(sorted, output === 'wide', flags.bool('no-headers')),
		);
		return 0;
	},
};

/** By API group, then by name; the core group comes first. */
const byGroup = (kinds: readonly Kind[]) =>
	[...kinds].sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : a.plural < b.plural ? -1 : a.plural > b.plural ? 1 : 0));

function table(kinds: readonly Kind[], wide: boolean, noHeaders: boolean): string {
	const header = `NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${wide ? '\tVERBS\tCATEGORIES' : ''}\n`;
	const rows = kinds.map(kind => {
		const tail = wide ? `\t${verbsOf(kind).join(',')}\t${(kind.categories ?? []).join(',')}` : '';
		return `${kind.plural}\t${kind.shortNames.join(',')}\t${apiVersionOf(kind)}\t${kind.namespaced}\t${kind.kind}${tail}\n`;
	});
	return alignTabs((noHeaders ? '' : header) + rows.join(''), tableTabs);
}

export const apiVersions: Verb = {
	name: 'api-versions',
	summary: 'Print the supported API versions on the server, in the form of "group/version"',
	group: 'Other Commands:',
	flags: [],
	*run({session, args, path}) {
		if (args.length > 0) throw usageFailure(path, `unexpected arguments: [${args.join(' ')}]`);
		try {
			session.connect(true);
		} catch (error) {
			if (!(error instanceof Unreachable)) throw error;
			throw failure(`couldn't get available api versions from server: Get "${session.access.server}/api?timeout=32s": ${error.cause}`);
		}

		const versions = [...new Set(session.api.kinds().map(apiVersionOf))].sort();
		session.out(versions.map(version => `${version}\n`).join(''));
		return 0;
	},
};
