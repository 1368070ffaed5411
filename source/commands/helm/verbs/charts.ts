import type {HelmCall, HelmVerb} from '../context.js';
import {givenValues, valueFlags} from '../context.js';
import {pack} from '../../../os/archive.js';
import type {Chart, ChartFile} from '../chart/chart.js';
import {crdsOf} from '../chart/chart.js';
import {loadChart} from '../chart/load.js';
import {scaffold} from '../chart/scaffold.js';
import {helmError, lacking} from '../failure.js';
import {uiTable} from '../output.js';
import {findChart} from '../repo/repositories.js';
import {parseVersion} from '../sprig/semver.js';
import {yamlText} from './install.js';
import {lint} from './lint.js';

const create: HelmVerb = {
	name: 'create',
	summary: 'create a new chart with the given name',
	usage: 'NAME',
	args: [1, 1],
	flags: [['starter', 'string', '', 'p']],
	*run(call) {
		const given = call.args[0]!;
		const {files} = call.io.machine;
		if (call.flags.string('starter')) throw lacking('helm create --starter');
		const root = call.io.path(given);
		const name = root.slice(root.lastIndexOf('/') + 1);
		call.io.out(`Creating ${given}\n`);
		if (!/^[a-zA-Z0-9._-]+$/.test(name) || name.length > 250)
			throw helmError('chart name must match the regular expression "^[a-zA-Z0-9._-]+$"');
		if (files.exists(root) && files.stat(root).type !== 'folder') throw helmError(`file ${root} already exists and is not a directory`);
		for (const folder of ['templates/tests', 'charts']) files.makeFolder(`${root}/${folder}`, {recursive: true});
		for (const file of scaffold(name)) {
			if (files.exists(`${root}/${file.name}`)) call.io.out(`WARNING: File "${root}/${file.name}" already exists. Overwriting.\n`);
			files.write(`${root}/${file.name}`, file.text);
		}

		return 0;
	},
};

/** The files of a chart with Chart.yaml as it is now. */
function filesOf(chart: Chart, prefix: string): ChartFile[] {
	const own = [
		{name: 'Chart.yaml', text: yamlText(chart.metadata)},
		{name: 'values.yaml', text: chart.valuesText || yamlText(chart.values)},
		...(chart.schema === undefined ? [] : [{name: 'values.schema.json', text: chart.schema}]),
		...(chart.lock === undefined ? [] : [{name: 'Chart.lock', text: yamlText(chart.lock)}]),
		...chart.templates,
		...chart.files,
	].map(file => ({name: `${prefix}${file.name}`, text: file.text}));
	return [...own, ...chart.dependencies.flatMap(sub => filesOf(sub, `${prefix}charts/${sub.metadata.name}/`))];
}

const packageVerb: HelmVerb = {
	name: 'package',
	summary: 'package a chart directory into a chart archive',
	usage: '[CHART_PATH] [...]',
	flags: [
		['version', 'string', ''],
		['app-version', 'string', ''],
		['destination', 'string', '.', 'd'],
		['dependency-update', 'bool', 'false', 'u'],
		['sign', 'bool', 'false'],
	],
	*run(call) {
		const {args, flags, io} = call;
		if (args.length === 0) throw helmError('need at least one argument, the path to the chart');
		if (flags.bool('sign')) throw lacking('helm package --sign');
		const {files} = io.machine;
		for (const given of args) {
			const path = io.path(given);
			if (!files.exists(path)) throw helmError(`path ${JSON.stringify(given)} not found`);
			const chart = loadChart(files, path, given);
			const version = flags.string('version') || chart.metadata.version;
			if (!parseVersion(version)) throw helmError('Invalid Semantic Version');
			const appVersion = flags.string('app-version') || chart.metadata.appVersion;
			const metadata = {...chart.metadata, version, ...(appVersion !== undefined && {appVersion})};
			const folder = io.path(flags.string('destination'));
			files.makeFolder(folder, {recursive: true});
			const target = `${folder === '/' ? '' : folder}/${metadata.name}-${version}.tgz`;
			files.write(target, pack(filesOf({...chart, metadata}, `${metadata.name}/`), call.cluster.nowMs));
			io.out(`Successfully packaged chart and saved it to: ${target}\n`);
		}

		return 0;
	},
};

const repoFlags = [
	['version', 'string', ''],
	['repo', 'string', ''],
	['devel', 'bool', 'false'],
] as const;

const pull: HelmVerb = {
	name: 'pull',
	aliases: ['fetch'],
	summary: 'download a chart from a repository and (optionally) unpack it in local directory',
	usage: '[chart URL | repo/chartname] [...]',
	args: [1, Number.POSITIVE_INFINITY],
	flags: [...repoFlags, ['untar', 'bool', 'false'], ['untardir', 'string', '.'], ['destination', 'string', '.', 'd']],
	*run(call) {
		const {io, flags} = call;
		for (const given of call.args) {
			const {chart, url} = yield* findChart(call, given);
			if (!url) throw helmError(`repo ${given.split('/')[0]} not found`);
			const {name, version} = chart.metadata;
			if (!flags.bool('untar')) {
				io.machine.files.write(
					`${io.path(flags.string('destination'))}/${name}-${version}.tgz`,
					pack(filesOf(chart, `${name}/`), call.cluster.nowMs),
				);
				continue;
			}

			const folder = io.path(`${flags.string('untardir')}/${name}`);
			if (io.machine.files.exists(folder)) throw helmError(`failed to untar: a file or directory with the name ${folder} already exists`);
			for (const file of filesOf(chart, '')) {
				const path = `${folder}/${file.name}`;
				io.machine.files.makeFolder(path.slice(0, path.lastIndexOf('/')), {recursive: true});
				io.machine.files.write(path, file.text);
			}
		}

		return 0;
	},
};

const shown = (name: string, summary: string, text: (chart: Chart) => string): HelmVerb => ({
	name,
	summary,
	usage: '[CHART]',
	args: [1, 1],
	flags: [...repoFlags],
	*run(call) {
		const {chart} = yield* findChart(call, call.args[0]!);
		call.io.out(text(chart));
		return 0;
	},
});

const readme = (chart: Chart) => chart.files.find(({name}) => /^readme(\.md|\.txt)?$/i.test(name))?.text;
const chartText = ({metadata}: Chart) => `${yamlText(metadata)}\n`;
const valuesText = ({valuesText: text}: Chart) => `${text}\n`;
const crdsText = (chart: Chart) =>
	crdsOf(chart)
		.map(({text}) => `---\n${text}\n`)
		.join('');

const show: HelmVerb = {
	name: 'show',
	aliases: ['inspect'],
	summary: 'show information of a chart',
	usage: '',
	verbs: [
		shown(
			'all',
			'show all information of the chart',
			chart =>
				`${chartText(chart)}---\n${valuesText(chart)}${readme(chart) === undefined ? '' : `---\n${readme(chart)}\n`}${crdsText(chart)}`,
		),
		shown('chart', "show the chart's definition", chartText),
		shown('crds', "show the chart's CRDs", crdsText),
		shown('readme', "show the chart's README", chart => (readme(chart) === undefined ? '' : `${readme(chart)}\n`)),
		shown('values', "show the chart's values", valuesText),
	],
};

const dependencyList: HelmVerb = {
	name: 'list',
	aliases: ['ls'],
	summary: 'list the dependencies for the given chart',
	usage: 'CHART',
	*run(call) {
		const given = call.args[0] ?? '.';
		const chart = loadChart(call.io.machine.files, call.io.path(given), given);
		const rows = chart.metadata.dependencies ?? [];
		if (rows.length === 0) {
			call.io.err(`WARNING: no dependencies at ${given}/charts\n`.replace('//', '/'));
			return 0;
		}

		const state = (name: string) => (chart.dependencies.some(sub => sub.metadata.name === name) ? 'unpacked' : 'missing');
		call.io.out(
			uiTable(
				[
					['NAME', 'VERSION', 'REPOSITORY', 'STATUS'],
					...rows.map(row => [row.name, row.version ?? '', row.repository ?? '', state(row.name)]),
				],
				80,
			),
		);
		call.io.out('\n');
		return 0;
	},
};

/** Fetches what Chart.yaml names into charts/. */
const fetchDependencies = (name: string, aliases: readonly string[], summary: string): HelmVerb => ({
	name,
	aliases,
	summary,
	usage: 'CHART',
	flags: [...repoFlags, ['skip-refresh', 'bool', 'false']],
	*run(call) {
		const given = call.args[0] ?? '.';
		const root = call.io.path(given);
		const {files} = call.io.machine;
		const rows = loadChart(files, root, given).metadata.dependencies ?? [];
		if (rows.length === 0) return 0;
		call.io.out(`Saving ${rows.length} charts\n`);
		for (const row of rows) {
			const {repository = ''} = row;
			if (repository === '' || repository.startsWith('oci://') || repository.startsWith('@')) {
				if (repository !== '') throw lacking(`the dependency repository ${repository}`);
				continue;
			}

			const near = repository.startsWith('file://') ? `${given}/${repository.slice('file://'.length)}` : undefined;
			const {chart} = yield* findChart(near ? call : withRepo(call, repository, row.version ?? ''), near ?? row.name);
			if (!near) call.io.out(`Downloading ${row.name} from repo ${repository}\n`);
			files.makeFolder(`${root}/charts`, {recursive: true});
			files.write(`${root}/charts/${row.name}-${chart.metadata.version}.tgz`, pack(filesOf(chart, `${row.name}/`), call.cluster.nowMs));
		}

		call.io.out('Deleting outdated charts\n');
		return 0;
	},
});

function withRepo(call: HelmCall, repository: string, version: string): HelmCall {
	call.flags.set(['repo', 'string', ''], repository);
	call.flags.set(['version', 'string', ''], version);
	return call;
}

const dependency: HelmVerb = {
	name: 'dependency',
	aliases: ['dep', 'dependencies'],
	summary: "manage a chart's dependencies",
	usage: '',
	verbs: [
		fetchDependencies('build', [], 'rebuild the charts/ directory based on the Chart.lock file'),
		dependencyList,
		fetchDependencies('update', ['up'], 'update charts/ based on the contents of Chart.yaml'),
	],
};

const lintVerb: HelmVerb = {
	name: 'lint',
	summary: 'examine a chart for possible issues',
	usage: 'PATH',
	flags: [
		...valueFlags,
		['strict', 'bool', 'false'],
		['quiet', 'bool', 'false'],
		['with-subcharts', 'bool', 'false'],
		['kube-version', 'string', ''],
		['skip-schema-validation', 'bool', 'false'],
	],
	*run(call) {
		return lint(call, givenValues(call));
	},
};

export const chartVerbs: readonly HelmVerb[] = [create, dependency, lintVerb, packageVerb, pull, show];
