import type {HelmCall, HelmVerb} from '../context.js';
import {helmError, lacking} from '../failure.js';
import {loadChart} from '../chart/load.js';
import {outputFlag, printAs, uiTable} from '../output.js';
import {entriesOf, fetchIndex, forget, notARepository, repositories, writeRepositories} from '../repo/repositories.js';
import {indexText} from '../repo/index-file.js';
import {compareVersions, parseConstraint, parseVersion} from '../sprig/semver.js';

const add: HelmVerb = {
	name: 'add',
	summary: 'add a chart repository',
	usage: '[NAME] [URL]',
	args: [2, 2],
	flags: [
		['force-update', 'bool', 'false'],
		['no-update', 'bool', 'false'],
		['username', 'string', ''],
		['password', 'string', ''],
		['insecure-skip-tls-verify', 'bool', 'false'],
		['pass-credentials', 'bool', 'false'],
	],
	*run(call) {
		const [name = '', url = ''] = call.args;
		const {flags, io} = call;
		if (name.includes('/')) throw helmError(`repository name (${name}) contains '/', please specify a different name without '/'`);
		const known = repositories(call);
		const same = known.find(each => each.name === name);
		if (same && !flags.bool('force-update')) {
			if (same.url !== url) throw helmError(`repository name (${name}) already exists, please specify a different name`);
			io.out(`${JSON.stringify(name)} already exists with the same configuration, skipping\n`);
			return 0;
		}

		try {
			yield* fetchIndex(call, {name, url});
		} catch (error) {
			const text = (error as Error).message;
			throw text.startsWith('looks like') || text.startsWith('could not find protocol') ? error : notARepository(url, text);
		}

		writeRepositories(call, [...known.filter(each => each.name !== name), {name, url}]);
		io.out(`${JSON.stringify(name)} has been added to your repositories\n`);
		return 0;
	},
};

const list: HelmVerb = {
	name: 'list',
	aliases: ['ls'],
	summary: 'list chart repositories',
	usage: '',
	args: [0, 0],
	flags: outputFlag,
	*run(call) {
		const known = repositories(call);
		if (known.length === 0 && call.flags.string('output') === 'table') throw helmError('no repositories to show');
		printAs(call, known, () => uiTable([['NAME', 'URL'], ...known.map(({name, url}) => [name, url])]));
		return 0;
	},
};

const update: HelmVerb = {
	name: 'update',
	aliases: ['up'],
	summary: 'update information of available charts locally from chart repositories',
	usage: '[REPO1 [REPO2 ...]]',
	flags: [['fail-on-repo-update-fail', 'bool', 'false']],
	*run(call) {
		const {io, args, flags} = call;
		const known = repositories(call);
		if (known.length === 0) throw helmError('no repositories found. You must add one before updating');
		const strange = args.find(name => !known.some(each => each.name === name));
		if (strange) throw helmError(`no repositories found matching '${strange}'.  Nothing will be updated`);
		io.out('Hang tight while we grab the latest from your chart repositories...\n');
		const failed: string[] = [];
		for (const each of known.filter(({name}) => args.length === 0 || args.includes(name))) {
			try {
				yield* fetchIndex(call, each);
				io.out(`...Successfully got an update from the ${JSON.stringify(each.name)} chart repository\n`);
			} catch (error) {
				failed.push(each.url);
				io.out(
					`...Unable to get an update from the ${JSON.stringify(each.name)} chart repository (${each.url}):\n\t${(error as Error).message}\n`,
				);
			}
		}

		if (failed.length > 0 && flags.bool('fail-on-repo-update-fail'))
			throw helmError(`Failed to update the following repositories: [${failed.join(' ')}]`);
		io.out('Update Complete. ⎈Happy Helming!⎈\n');
		return 0;
	},
};

const remove: HelmVerb = {
	name: 'remove',
	aliases: ['rm'],
	summary: 'remove one or more chart repositories',
	usage: '[REPO1 [REPO2 ...]]',
	args: [1, Number.POSITIVE_INFINITY],
	*run(call) {
		for (const name of call.args) {
			const known = repositories(call);
			if (known.length === 0) throw helmError('no repositories configured');
			if (!known.some(each => each.name === name)) throw helmError(`no repo named ${JSON.stringify(name)} found`);
			forget(call, name);
			call.io.out(`${JSON.stringify(name)} has been removed from your repositories\n`);
		}

		return 0;
	},
};

const index: HelmVerb = {
	name: 'index',
	summary: 'generate an index file given a directory containing packaged charts',
	usage: '[DIR]',
	args: [1, 1],
	flags: [
		['url', 'string', ''],
		['merge', 'string', ''],
	],
	*run(call) {
		const {files} = call.io.machine;
		const folder = call.io.path(call.args[0]!);
		if (call.flags.string('merge')) throw lacking('helm repo index --merge');
		if (!files.exists(folder)) throw helmError(`stat ${call.args[0]}: no such file or directory`);
		const base = call.flags.string('url');
		const charts = files.list(folder).filter(name => name.endsWith('.tgz'));
		const entries = charts.map(name => ({
			chart: loadChart(files, `${folder}/${name}`, name),
			bytes: files.readBytes(`${folder}/${name}`),
			url: base ? `${base.replace(/\/$/, '')}/${name}` : name,
		}));
		files.write(`${folder}/index.yaml`, indexText(entries, call.cluster.nowMs));
		return 0;
	},
};

export const repo: HelmVerb = {
	name: 'repo',
	summary: 'add, list, remove, update, and index chart repositories',
	usage: '',
	verbs: [add, index, list, remove, update],
};

interface Row {
	readonly name: string;
	readonly version: string;
	readonly app_version: string;
	readonly description: string;
}

function search(call: HelmCall): Row[] {
	const {flags, args} = call;
	const words = args.map(word => word.toLowerCase());
	const test = parseConstraint(flags.string('version') || (flags.bool('devel') ? '>0.0.0-0' : '>0.0.0'));
	if (!test) throw helmError(`an invalid version/constraint format: improper constraint: ${flags.string('version')}`);
	const rows = repositories(call).flatMap(repository =>
		[...entriesOf(call, repository.name)].flatMap(([chart, versions]) => {
			const fitting = versions.filter(({version}) => test(parseVersion(version)!));
			const shown = flags.bool('versions') ? fitting : fitting.slice(0, 1);
			return shown.map(entry => ({
				name: `${repository.name}/${chart}`,
				version: entry.version,
				app_version: entry.appVersion ?? '',
				description: entry.description ?? '',
				keywords: entry.keywords ?? [],
			}));
		}),
	);
	const pattern = flags.bool('regexp') && words[0] ? new RegExp(words[0]) : undefined;
	return rows
		.filter(row => {
			const text = `${row.name} ${row.description} ${row.keywords.join(' ')}`.toLowerCase();
			return pattern ? pattern.test(text) : words.every(word => text.includes(word));
		})
		.map(({keywords: _, ...row}) => row)
		.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : compareVersions(parseVersion(b.version)!, parseVersion(a.version)!)));
}

const searchRepo: HelmVerb = {
	name: 'repo',
	summary: 'search repositories for a keyword in charts',
	usage: '[keyword]',
	flags: [
		...outputFlag,
		['versions', 'bool', 'false', 'l'],
		['version', 'string', ''],
		['devel', 'bool', 'false'],
		['regexp', 'bool', 'false', 'r'],
		['max-col-width', 'int', '50'],
		['fail-on-no-result', 'bool', 'false'],
	],
	*run(call) {
		if (repositories(call).length === 0) throw helmError('no repositories configured');
		const rows = search(call);
		if (rows.length === 0 && call.flags.bool('fail-on-no-result')) throw helmError('no results found');
		printAs(call, rows, () =>
			rows.length === 0
				? 'No results found\n'
				: uiTable(
						[
							['NAME', 'CHART VERSION', 'APP VERSION', 'DESCRIPTION'],
							...rows.map(row => [row.name, row.version, row.app_version, row.description]),
						],
						call.flags.int('max-col-width'),
					),
		);
		return 0;
	},
};

const searchHub: HelmVerb = {
	name: 'hub',
	summary: 'search for charts in the Artifact Hub or your own hub instance',
	usage: '[KEYWORD]',
	*run() {
		throw lacking('helm search hub: the Artifact Hub');
	},
};

export const searchVerb: HelmVerb = {name: 'search', summary: 'search for a keyword in charts', usage: '', verbs: [searchHub, searchRepo]};
