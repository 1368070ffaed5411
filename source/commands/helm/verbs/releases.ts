import type {Steps} from '../../kubectl/resource/files.js';
import {ApiError} from '../../../api/status.js';
import {findRelease, type HelmCall, type HelmVerb} from '../context.js';
import {HelmError, helmError, wrapped} from '../failure.js';
import {outputFlag, printAs, uiTable} from '../output.js';
import {rollback, uninstall} from '../release/actions.js';
import {HookFailed, runHooks} from '../release/hooks.js';
import type {Release} from '../release/release.js';
import {parseRfc3339} from '../../../api/values/time.js';
import {goDate} from '../sprig/dates.js';
import {goPattern} from '../sprig/patterns.js';
import {computedValues, yamlText} from './install.js';
import {statusText, when} from './status-text.js';

const chartName = ({chart: {metadata}}: Release) => `${metadata.name}-${metadata.version}`;

/** time.Time as Go prints it: a fraction only where there is one. */
function goStamp(text: string): string {
	const fraction = /\.\d+/.exec(text)?.[0] ?? '';
	return `${goDate('2006-01-02 15:04:05', parseRfc3339(text) ?? 0)}${fraction} +0000 UTC`;
}

const states = ['deployed', 'failed', 'pending', 'superseded', 'uninstalled', 'uninstalling'] as const;

const list: HelmVerb = {
	name: 'list',
	aliases: ['ls'],
	summary: 'list releases',
	usage: '',
	args: [0, 0],
	flags: [
		...outputFlag,
		['all-namespaces', 'bool', 'false', 'A'],
		['all', 'bool', 'false', 'a'],
		['short', 'bool', 'false', 'q'],
		['date', 'bool', 'false', 'd'],
		['reverse', 'bool', 'false', 'r'],
		['filter', 'string', '', 'f'],
		['selector', 'string', '', 'l'],
		['max', 'int', '256', 'm'],
		['offset', 'int', '0'],
		['no-headers', 'bool', 'false'],
		['time-format', 'string', ''],
		...states.map(state => [state, 'bool', 'false'] as const),
	],
	*run(call) {
		const {flags, cluster} = call;
		cluster.reach();
		const shown = listed(call);
		if (flags.bool('short')) {
			printAs(
				call,
				shown.map(({name}) => name),
				() => shown.map(({name}) => `${name}\n`).join(''),
			);
			return 0;
		}

		const rows = shown.map(release => ({
			name: release.name,
			namespace: release.namespace,
			revision: String(release.version),
			updated: flags.string('time-format')
				? goDate(flags.string('time-format'), parseRfc3339(release.info.last_deployed) ?? 0)
				: goStamp(release.info.last_deployed),
			status: release.info.status,
			chart: chartName(release),
			app_version: release.chart.metadata.appVersion ?? '',
		}));
		const head = ['NAME', 'NAMESPACE', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'];
		printAs(call, rows, () => uiTable([...(flags.bool('no-headers') ? [] : [head]), ...rows.map(row => Object.values(row))]));
		return 0;
	},
};

/** The last revision of each release, in the states that are asked for. */
function listed({flags, storage, namespace}: HelmCall): Release[] {
	const last = new Map<string, Release>();
	for (const release of storage.all(flags.bool('all-namespaces') ? undefined : namespace)) {
		const key = `${release.namespace}/${release.name}`;
		if ((last.get(key)?.version ?? 0) < release.version) last.set(key, release);
	}

	const asked = states.filter(state => flags.bool(state));
	const wanted = flags.bool('all') ? [...states] : asked.length > 0 ? asked : ['deployed', 'failed'];
	const pattern = flags.string('filter') ? goPattern(flags.string('filter')) : undefined;
	const shown = [...last.values()]
		.filter(({info}) => wanted.includes(info.status.startsWith('pending') ? 'pending' : (info.status as never)))
		.filter(({name}) => !pattern || pattern.test(name))
		.sort((a, b) =>
			flags.bool('date') ? (a.info.last_deployed < b.info.last_deployed ? -1 : 1) : a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
		);
	if (flags.bool('reverse')) shown.reverse();
	return shown.slice(flags.int('offset'), flags.int('offset') + flags.int('max'));
}

const status: HelmVerb = {
	name: 'status',
	summary: 'display the status of the named release',
	usage: 'RELEASE_NAME',
	args: [1, 1],
	flags: [...outputFlag, ['revision', 'int', '0'], ['show-desc', 'bool', 'false'], ['show-resources', 'bool', 'false']],
	*run(call) {
		call.cluster.reach();
		const {chart: _, ...release} = findRelease(call, call.args[0]!, call.flags.int('revision'));
		printAs(call, release, () => statusText(release as Release));
		return 0;
	},
};

const history: HelmVerb = {
	name: 'history',
	aliases: ['hist'],
	summary: 'fetch release history',
	usage: 'RELEASE_NAME',
	args: [1, 1],
	flags: [...outputFlag, ['max', 'int', '256']],
	*run(call) {
		call.cluster.reach();
		findRelease(call, call.args[0]!);
		const all = call.storage.history(call.args[0]!, call.namespace).slice(-call.flags.int('max'));
		const rows = all.map(release => ({
			revision: release.version,
			updated: release.info.last_deployed,
			status: release.info.status,
			chart: chartName(release),
			app_version: release.chart.metadata.appVersion ?? '',
			description: release.info.description,
		}));
		const head = ['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'];
		printAs(call, rows, () =>
			uiTable([
				head,
				...rows.map(row => [String(row.revision), when(row.updated), row.status, row.chart, row.app_version, row.description]),
			]),
		);
		return 0;
	},
};

const getter = (
	name: string,
	summary: string,
	text: (release: Release, call: HelmCall) => string,
	flags: HelmVerb['flags'] = [],
): HelmVerb => ({
	name,
	summary,
	usage: 'RELEASE_NAME',
	args: [1, 1],
	flags: [['revision', 'int', '0'], ...flags],
	*run(call) {
		call.cluster.reach();
		call.io.out(text(findRelease(call, call.args[0]!, call.flags.int('revision')), call));
		return 0;
	},
});

const hooksText = ({hooks}: Release) => hooks.map(hook => `---\n# Source: ${hook.path}\n${hook.manifest}\n`).join('');
const notesText = ({info}: Release) => (info.notes ? `NOTES:\n${info.notes}\n` : '');

function valuesText(release: Release, call: HelmCall): string {
	const all = call.flags.bool('all');
	const values = all ? computedValues(release) : release.config;
	const format = call.flags.string('output');
	if (format === 'json') return `${JSON.stringify(values)}\n`;
	const head = format === 'yaml' ? '' : all ? 'COMPUTED VALUES:\n' : 'USER-SUPPLIED VALUES:\n';
	return head + (Object.keys(values).length === 0 && !all ? 'null\n' : yamlText(values));
}

const get: HelmVerb = {
	name: 'get',
	summary: 'download extended information of a named release',
	usage: '',
	verbs: [
		getter('all', 'download all information for a named release', release => {
			const {chart, info, config} = release;
			return (
				`NAME: ${release.name}\nLAST DEPLOYED: ${when(info.last_deployed)}\nNAMESPACE: ${release.namespace}\nSTATUS: ${info.status}\nREVISION: ${release.version}\nCHART: ${chart.metadata.name}\nVERSION: ${chart.metadata.version}\nAPP_VERSION: ${chart.metadata.appVersion ?? ''}\n` +
				`USER-SUPPLIED VALUES:\n${yamlText(Object.keys(config).length === 0 ? {} : config)}\nCOMPUTED VALUES:\n${yamlText(computedValues(release))}\nHOOKS:\n${hooksText(release)}MANIFEST:\n${release.manifest}\n${info.notes ? `NOTES:\n${info.notes.trim()}\n` : ''}`
			);
		}),
		getter('hooks', 'download all hooks for a named release', hooksText),
		getter('manifest', 'download the manifest for a named release', release => `${release.manifest}\n`),
		getter('metadata', 'This command fetches metadata for a given release', release => {
			const {chart, info} = release;
			return `NAME: ${release.name}\nCHART: ${chart.metadata.name}\nVERSION: ${chart.metadata.version}\nAPP_VERSION: ${chart.metadata.appVersion ?? ''}\nANNOTATIONS: \nDEPENDENCIES: ${(chart.metadata.dependencies ?? []).map(({name}) => name).join(',')}\nNAMESPACE: ${release.namespace}\nREVISION: ${release.version}\nSTATUS: ${info.status}\nDEPLOYED_AT: ${info.last_deployed}\n`;
		}),
		getter('notes', 'download the notes for a named release', notesText),
		getter('values', 'download the values file for a named release', valuesText, [['all', 'bool', 'false', 'a'], ...outputFlag]),
	],
};

const rollbackVerb: HelmVerb = {
	name: 'rollback',
	summary: 'roll back a release to a previous revision',
	usage: '<RELEASE> [REVISION]',
	args: [1, 2],
	flags: [
		['dry-run', 'bool', 'false'],
		['force', 'bool', 'false'],
		['no-hooks', 'bool', 'false'],
		['timeout', 'duration', '5m0s'],
		['wait', 'bool', 'false'],
		['wait-for-jobs', 'bool', 'false'],
		['atomic', 'bool', 'false'],
		['cleanup-on-fail', 'bool', 'false'],
		['recreate-pods', 'bool', 'false'],
		['history-max', 'int', '10'],
	],
	*run(call) {
		const [name = '', text] = call.args;
		call.cluster.reach();
		if (text !== undefined && !/^-?\d+$/.test(text))
			throw helmError(`could not convert revision to a number: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
		yield* rollback(call, name, Number(text ?? 0));
		call.io.out('Rollback was a success! Happy Helming!\n');
		return 0;
	},
};

const propagation: Readonly<Record<string, string>> = {background: 'Background', foreground: 'Foreground', orphan: 'Orphan'};

const uninstallVerb: HelmVerb = {
	name: 'uninstall',
	aliases: ['del', 'delete', 'un'],
	summary: 'uninstall a release',
	usage: 'RELEASE_NAME [...]',
	args: [1, Number.POSITIVE_INFINITY],
	flags: [
		['keep-history', 'bool', 'false'],
		['dry-run', 'bool', 'false'],
		['no-hooks', 'bool', 'false'],
		['ignore-not-found', 'bool', 'false'],
		['wait', 'bool', 'false'],
		['cascade', 'string', 'background'],
		['timeout', 'duration', '5m0s'],
		['description', 'string', ''],
	],
	*run(call) {
		const {args, flags} = call;
		call.cluster.reach();
		for (const name of args) yield* uninstallOne(call, name, propagation[flags.string('cascade')]);
		return 0;
	},
};

function* uninstallOne(call: HelmCall, name: string, cascade: string | undefined): Steps<void> {
	const {flags, io} = call;
	if (!cascade) throw helmError(`invalid cascade value (${flags.string('cascade')}). Must be "background", "foreground", or "orphan"`);
	if (flags.bool('ignore-not-found') && call.storage.history(name, call.namespace).length === 0) {
		io.out(`release ${JSON.stringify(name)} uninstalled\n`);
		return;
	}

	if (flags.bool('dry-run')) findRelease(call, name);
	else {
		const kept = yield* uninstall(call, name, {
			keepHistory: flags.bool('keep-history'),
			noHooks: flags.bool('no-hooks'),
			wait: flags.bool('wait'),
			timeoutMs: flags.durationMs('timeout'),
			propagation: cascade,
		});
		if (kept.length > 0)
			io.out(
				`These resources were kept due to the resource policy:\n${kept.map(object => `[${object.kind}] ${object.metadata.name}\n`).join('')}\n`,
			);
	}

	io.out(`release ${JSON.stringify(name)} uninstalled\n`);
}

const testVerb: HelmVerb = {
	name: 'test',
	summary: 'run tests for a release',
	usage: '[RELEASE]',
	args: [1, 1],
	flags: [
		['logs', 'bool', 'false'],
		['timeout', 'duration', '5m0s'],
		['filter', 'strings', ''],
		['hide-notes', 'bool', 'false'],
	],
	*run(call) {
		const {cluster, flags, io, storage} = call;
		cluster.reach();
		const found = findRelease(call, call.args[0]!);
		const names = flags
			.list('filter')
			.filter(each => each.startsWith('name='))
			.map(each => each.slice(5));
		const skips = flags
			.list('filter')
			.filter(each => each.startsWith('!name='))
			.map(each => each.slice(6));
		let problem: Error | undefined;
		let release = found;
		try {
			release = yield* runHooks(
				cluster,
				found,
				'test',
				flags.durationMs('timeout'),
				({name}) => (names.length === 0 || names.includes(name)) && !skips.includes(name),
			);
		} catch (error) {
			if (!(error instanceof HookFailed)) throw error;
			release = error.release;
			problem = error;
		}

		storage.update(release);
		io.out(statusText(release, {hideNotes: flags.bool('hide-notes')}));
		if (flags.bool('logs')) {
			for (const hook of release.hooks.filter(each => each.events.includes('test') && each.kind === 'Pod')) {
				io.out(`POD LOGS: ${hook.name}\n`);
				yield {exec: {argv: ['kubectl', 'logs', '-n', release.namespace, hook.name], stream: true}};
				io.out('\n');
			}
		}

		if (problem) throw problem instanceof HelmError || problem instanceof ApiError ? wrapped('', problem) : helmError(problem.message);
		return 0;
	},
};

export const releaseVerbs: readonly HelmVerb[] = [get, history, list, rollbackVerb, status, testVerb, uninstallVerb];
