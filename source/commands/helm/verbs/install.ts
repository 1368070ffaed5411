import type {Flag} from '../../kubectl/flags/flag.js';
import {toYaml} from '../../kubectl/output/yaml-print.js';
import {coalesce, overlay} from '../chart/values.js';
import {crdsOf, isLibrary, type Chart} from '../chart/chart.js';
import {givenValues, type HelmCall, type HelmVerb, valueFlags} from '../context.js';
import {HelmError, helmError, wrapped} from '../failure.js';
import {outputFlag, printAs} from '../output.js';
import {type DryRun, checkReleaseName, install, upgrade} from '../release/actions.js';
import {chartOfRelease, type Release} from '../release/release.js';
import {newRelease, ownCapabilities, prepare} from '../release/prepare.js';
import {plainOf} from '../sprig/plain.js';
import {findChart} from '../repo/repositories.js';
import {statusText} from './status-text.js';

const chartFlags: readonly Flag[] = [
	['version', 'string', ''],
	['repo', 'string', ''],
	['devel', 'bool', 'false'],
	['verify', 'bool', 'false'],
	['username', 'string', ''],
	['password', 'string', ''],
	['insecure-skip-tls-verify', 'bool', 'false'],
	['dependency-update', 'bool', 'false'],
];

const releaseFlags: readonly Flag[] = [
	...valueFlags,
	...chartFlags,
	['create-namespace', 'bool', 'false'],
	['dry-run', 'string', '', undefined, 'client'],
	['no-hooks', 'bool', 'false'],
	['wait', 'bool', 'false'],
	['wait-for-jobs', 'bool', 'false'],
	['timeout', 'duration', '5m0s'],
	['atomic', 'bool', 'false'],
	['description', 'string', ''],
	['skip-crds', 'bool', 'false'],
	['force', 'bool', 'false'],
	['render-subchart-notes', 'bool', 'false'],
	['hide-notes', 'bool', 'false'],
	['hide-secret', 'bool', 'false'],
	['disable-openapi-validation', 'bool', 'false'],
	['skip-schema-validation', 'bool', 'false'],
	['enable-dns', 'bool', 'false'],
	['take-ownership', 'bool', 'false'],
	['labels', 'array', '', 'l'],
];

const installFlags: readonly Flag[] = [
	...releaseFlags,
	['generate-name', 'bool', 'false', 'g'],
	['name-template', 'string', ''],
	['replace', 'bool', 'false'],
];

const dryRunOf = ({flags}: HelmCall): DryRun => {
	const value = flags.string('dry-run');
	if (value === '' || value === 'none' || value === 'false') return 'none';
	if (value === 'client' || value === 'true') return 'client';
	if (value === 'server') return 'server';
	throw helmError(`invalid dry-run flag. Flag must one of the following: false, true, none, client, server`);
};

/** Name and chart of what was typed. */
function nameAndChart({args, flags, cluster}: HelmCall): [name: string, chart: string] {
	if (args.length > 2) throw helmError(`expected at most two arguments, unexpected arguments: ${args.slice(2).join(', ')}`);
	if (args.length === 2) {
		if (flags.bool('generate-name')) throw helmError('cannot set --generate-name and also specify a name');
		return [args[0]!, args[1]!];
	}

	if (!flags.bool('generate-name')) throw helmError('must either provide a name or specify --generate-name');
	const chart = args[0]!;
	const base = chart
		.replace(/\/+$/, '')
		.replace(/^.*\//s, '')
		.replace(/\.tgz$/, '')
		.replace(/-\d+\.\d+\.\d+.*$/, '');
	return [`${base === '.' || base === '' ? 'chart' : base}-${Math.floor(cluster.nowMs / 1000)}`, chart];
}

function checkInstallable(call: HelmCall, chart: Chart): void {
	const type = chart.metadata.type;
	if (isLibrary(chart)) throw helmError(`${type} charts are not installable`);
	if (chart.metadata.deprecated) call.io.err('WARNING: This chart is deprecated\n');
}

function showRelease(call: HelmCall, release: Release, debug = false): void {
	const {chart: _, ...rest} = release;
	const options = {debug, hideNotes: call.flags.has('hide-notes') && call.flags.bool('hide-notes')};
	printAs(call, rest, () => statusText(release, options));
}

const debugOf = ({flags}: HelmCall) => flags.has('debug') && flags.bool('debug');

export const installVerb: HelmVerb = {
	name: 'install',
	summary: 'install a chart',
	usage: '[NAME] [CHART]',
	args: [1, Number.POSITIVE_INFINITY],
	flags: [...installFlags, ...outputFlag],
	*run(call) {
		try {
			const dryRun = dryRunOf(call);
			const [name, source] = nameAndChart(call);
			const {chart} = yield* findChart(call, source);
			const values = givenValues(call);
			checkInstallable(call, chart);
			showRelease(call, yield* install(call, name, chart, values, dryRun), debugOf(call));
			return 0;
		} catch (error) {
			throw failed('INSTALLATION FAILED', error);
		}
	},
};

const failed = (words: string, error: unknown): unknown => {
	if (!(error instanceof Error)) return error;
	if (error instanceof HelmError || ('reason' in error && 'status' in error)) return wrapped(words, error);
	return error;
};

export const upgradeVerb: HelmVerb = {
	name: 'upgrade',
	summary: 'upgrade a release',
	usage: '[RELEASE] [CHART]',
	args: [2, 2],
	flags: [
		...releaseFlags,
		...outputFlag,
		['install', 'bool', 'false', 'i'],
		['reuse-values', 'bool', 'false'],
		['reset-values', 'bool', 'false'],
		['reset-then-reuse-values', 'bool', 'false'],
		['history-max', 'int', '10'],
		['cleanup-on-fail', 'bool', 'false'],
	],
	*run(call) {
		const {flags, args, io, cluster, storage, namespace} = call;
		const [name = '', source = ''] = args;
		const dryRun = dryRunOf(call);
		try {
			cluster.reach();
			if (flags.bool('install') && storage.history(name, namespace).every(each => each.info.status === 'uninstalled')) {
				io.out(`Release ${JSON.stringify(name)} does not exist. Installing it now.\n`);
				return yield* installVerb.run!(call);
			}
		} catch (error) {
			if (error instanceof HelmError && error.message.startsWith('INSTALLATION FAILED'))
				throw helmError(error.message.replace(/^INSTALLATION FAILED: /, ''));
			throw error;
		}

		try {
			const {chart} = yield* findChart(call, source);
			const given = givenValues(call);
			checkInstallable(call, chart);
			checkReleaseName(name);
			const history = storage.history(name, namespace);
			const last = history.at(-1);
			if (!last) throw helmError(`${JSON.stringify(name)} has no deployed releases`);
			if (last.info.status.startsWith('pending')) throw helmError('another operation (install/upgrade/rollback) is in progress');
			const current =
				history.findLast(each => each.info.status === 'deployed') ??
				(last.info.status === 'failed' || last.info.status === 'superseded' ? last : undefined);
			if (!current) throw helmError(`${JSON.stringify(name)} has no deployed releases`);
			const release = yield* upgrade(call, name, chartFor(call, chart, current), valuesFor(call, given, current), current, last, dryRun);
			if (flags.string('output') === 'table' && dryRun === 'none')
				io.out(`Release ${JSON.stringify(name)} has been upgraded. Happy Helming!\n`);
			showRelease(call, release, debugOf(call));
			return 0;
		} catch (error) {
			throw failed('UPGRADE FAILED', error);
		}
	},
};

/** `--reuse-values` keeps the old chart's defaults too. */
function chartFor({flags}: HelmCall, chart: Chart, current: Release): Chart {
	if (!flags.bool('reuse-values') || flags.bool('reset-values')) return chart;
	return {...chart, values: overlay(chart.values, current.chart.values)};
}

function valuesFor({flags}: HelmCall, given: Record<string, unknown>, current: Release): Record<string, unknown> {
	if (flags.bool('reset-values')) return given;
	const reuses = flags.bool('reuse-values') || flags.bool('reset-then-reuse-values');
	if (reuses) return overlay(current.config ?? {}, given);
	return Object.keys(given).length === 0 ? (current.config ?? {}) : given;
}

export const templateVerb: HelmVerb = {
	name: 'template',
	summary: 'locally render templates',
	usage: '[NAME] [CHART]',
	args: [1, Number.POSITIVE_INFINITY],
	flags: [
		...installFlags,
		['show-only', 'array', '', 's'],
		['include-crds', 'bool', 'false'],
		['skip-tests', 'bool', 'false'],
		['is-upgrade', 'bool', 'false'],
		['validate', 'bool', 'false'],
		['api-versions', 'strings', '', 'a'],
		['kube-version', 'string', ''],
		['output-dir', 'string', ''],
		['release-name', 'bool', 'false'],
	],
	*run(call) {
		const {args, flags, io} = call;
		if (flags.string('output-dir')) throw helmError('kubelab: not simulated: helm template --output-dir');
		const [name, source] = args.length === 1 && !flags.bool('generate-name') ? ['release-name', args[0]!] : nameAndChart(call);
		const {chart} = yield* findChart(call, source);
		checkReleaseName(name);
		checkInstallable(call, chart);
		const facts = {name, namespace: call.namespace, revision: 1, isUpgrade: flags.bool('is-upgrade')};
		const version = flags.string('kube-version');
		const capabilities = {
			kubeVersion: version ? `v${version.replace(/^v/, '')}` : ownCapabilities.kubeVersion,
			apiVersions: [...ownCapabilities.apiVersions, ...flags.list('api-versions')],
		};
		const values = givenValues(call);
		const prepared = prepare(call, chart, values, facts, capabilities, false);
		const release = newRelease(call, prepared, facts, values, 'pending-install', 'Dry run complete');
		const crds = flags.bool('include-crds')
			? crdsOf(chart)
					.map(({name: path, text}) => `---\n# Source: ${chart.metadata.name}/${path}\n${text.trimEnd()}\n`)
					.join('')
			: '';
		const hooks = flags.bool('no-hooks') ? [] : release.hooks.filter(hook => !(flags.bool('skip-tests') && hook.events.includes('test')));
		const text = crds + release.manifest + hooks.map(hook => `---\n# Source: ${hook.path}\n${hook.manifest}\n`).join('');
		io.out(onlyOf(text, flags.list('show-only')));
		return 0;
	},
};

function onlyOf(text: string, wanted: readonly string[]): string {
	if (wanted.length === 0) return text;
	const parts = text.split(/^---\n/m).filter(Boolean);
	return wanted
		.map(path => {
			const found = parts.filter(
				part => /^# Source: [^/]+\/(.*)$/m.exec(part)?.[1] === path || /^# Source: (.*)$/m.exec(part)?.[1] === path,
			);
			if (found.length === 0) throw helmError(`could not find template ${path} in chart`);
			return found.map(part => `---\n${part}`).join('');
		})
		.join('');
}

/** What a release was made of: `get values --all`. */
export const computedValues = (release: Release) => coalesce(chartOfRelease(release.chart), release.config ?? {});
export const yamlText = (value: unknown): string => toYaml(plainOf(value) ?? null);
