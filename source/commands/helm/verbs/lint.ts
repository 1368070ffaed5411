import type {Chart, ValueMap} from '../chart/chart.js';
import {loadChart} from '../chart/load.js';
import {checkSchema} from '../chart/schema.js';
import {coalesce, enabledParts} from '../chart/values.js';
import type {HelmCall} from '../context.js';
import {helmError} from '../failure.js';
import {manifestsOf} from '../render/manifests.js';
import {renderChart} from '../render/render.js';
import {ownCapabilities} from '../release/prepare.js';

type Severity = 'INFO' | 'WARNING' | 'ERROR';

interface Message {
	readonly severity: Severity;
	readonly path: string;
	readonly text: string;
}

/** helm/pkg/lint: each chart with what is wrong with it. */
export function lint(call: HelmCall, given: ValueMap): number {
	const {io, flags} = call;
	const paths = call.args.length > 0 ? call.args : ['.'];
	let failed = 0;
	let text = '';
	for (const path of paths) {
		const messages = messagesOf(call, path, given);
		const bad = messages.some(({severity}) => severity === 'ERROR' || (flags.bool('strict') && severity === 'WARNING'));
		if (bad) failed++;
		if (flags.bool('quiet') && !bad) continue;
		text += `==> Linting ${path}\n${messages.map(message => `[${message.severity}] ${message.path}: ${message.text}\n`).join('')}\n`;
	}

	const summary = `${paths.length} chart(s) linted, ${failed} chart(s) failed`;
	if (failed > 0) {
		io.out(text);
		throw helmError(summary);
	}

	if (!flags.bool('quiet')) io.out(`${text}${summary}\n`);
	return 0;
}

function messagesOf(call: HelmCall, shown: string, given: ValueMap): Message[] {
	const path = call.io.path(shown);
	const {files} = call.io.machine;
	const messages: Message[] = [];
	const say = (severity: Severity, where: string, text: string) => messages.push({severity, path: where, text});
	if (!files.exists(`${path}/Chart.yaml`) && !path.endsWith('.tgz')) {
		say('ERROR', '', `unable to check Chart.yaml file in chart: stat ${shown}/Chart.yaml: no such file or directory`);
		return messages;
	}
	let chart: Chart;
	try {
		chart = loadChart(files, path, shown);
	} catch (error) {
		say('ERROR', 'Chart.yaml', (error as Error).message.replace(/^validation: chart\.metadata\./, ''));
		return messages;
	}

	if (!chart.metadata.icon) say('INFO', 'Chart.yaml', 'icon is recommended');
	if (!['v1', 'v2'].includes(chart.metadata.apiVersion ?? ''))
		say('ERROR', 'Chart.yaml', "apiVersion '" + chart.metadata.apiVersion + '\' is not valid. The value must be either "v1" or "v2"');
	if (!chart.valuesText && !files.exists(`${path}/values.yaml`)) say('INFO', 'values.yaml', 'file does not exist');
	if (chart.templates.length === 0) say('WARNING', 'templates/', 'directory not found');
	lintTemplates(call, chart, given, say);
	return messages;
}

const validName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const selecting = new Set(['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet']);

function lintTemplates(call: HelmCall, whole: Chart, given: ValueMap, say: (severity: Severity, path: string, text: string) => void): void {
	let rendered: ReadonlyMap<string, string>;
	const chart = enabledParts(whole, given);
	const values = coalesce(chart, given);
	try {
		checkSchema(chart, values);
	} catch (error) {
		say('ERROR', 'values.yaml', (error as Error).message.replace(/^values don't meet .*?:\n[^\n]*:\n/s, ''));
	}

	try {
		const release = {name: 'test-release', namespace: call.flags.global('namespace') || 'default', revision: 1, isUpgrade: false};
		rendered = renderChart(chart, {
			values,
			release,
			capabilities: ownCapabilities,
			nowMs: call.cluster.nowMs,
			random: call.io.machine.sim.random.fork('helm/lint'),
			lint: true,
		});
	} catch (error) {
		say('ERROR', 'templates/', (error as Error).message);
		return;
	}

	for (const {name} of chart.templates) {
		const extension = /\.[^./]*$/.exec(name)?.[0] ?? '';
		if (!['.yaml', '.yml', '.tpl', '.txt'].includes(extension))
			say('ERROR', name, `file extension '${extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt`);
		const text = rendered.get(`${chart.metadata.name}/${name}`) ?? '';
		if (extension !== '.yaml' || text.trim() === '') continue;
		try {
			for (const manifest of manifestsOf(name, text)) {
				if (!validName.test(manifest.name))
					say('ERROR', name, `object name does not conform to Kubernetes naming requirements: ${JSON.stringify(manifest.name)}`);
				if (selecting.has(manifest.kind) && !/matchLabels|matchExpressions/.test(text))
					say(
						'ERROR',
						name,
						`a ${manifest.kind} must contain matchLabels or matchExpressions, and ${JSON.stringify(manifest.name)} does not`,
					);
			}
		} catch (error) {
			say('ERROR', name, `unable to parse YAML: ${(error as Error).message.replace(/^YAML parse error on [^:]*: /, '')}`);
		}
	}
}
