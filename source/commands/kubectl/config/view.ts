import {failure, usageFailure} from '../failure.js';
import {printFlags} from '../flags/flag.js';
import {printerFor} from '../output/printer.js';
import type {Verb} from '../verb.js';
import {toYaml} from '../output/yaml-print.js';
import {loadKubeconfig} from './access.js';
import type {Kubeconfig} from './kubeconfig.js';
import {inGoOrder} from './shape.js';

const hidden: Readonly<Record<string, string>> = {
	password: 'REDACTED',
	token: 'REDACTED',
	'certificate-authority-data': 'DATA+OMITTED',
	'client-certificate-data': 'DATA+OMITTED',
	'client-key-data': 'DATA+OMITTED',
};

export const view: Verb = {
	name: 'view',
	summary: 'Display merged kubeconfig settings or a specified kubeconfig file',
	usage: 'config view [flags]',
	flags: [
		...printFlags.map(flag => (flag[0] === 'output' ? (['output', 'string', 'yaml', 'o'] as const) : flag)),
		['flatten', 'bool', 'false'],
		['merge', 'bool', 'true'],
		['minify', 'bool', 'false'],
		['raw', 'bool', 'false'],
	],
	*run(call) {
		const {args, flags, session, path} = call;
		if (args.length > 0) throw usageFailure(path, `unexpected arguments: [${args.join(' ')}]`);
		if (!flags.bool('merge') && flags.string('kubeconfig') === '') throw failure('if merge==false a precise file must be specified');
		let config = structuredClone(loadKubeconfig(session.io, flags));
		if (flags.bool('minify')) config = minified(config, flags.string('context') || config['current-context']);
		const shown = inGoOrder(flags.bool('raw') || flags.bool('flatten') ? config : redacted(config));
		session.out(
			flags.string('output') === 'yaml' && (flags.changed('output') || flags.string('template') === '')
				? toYaml(shown)
				: printerFor(session, flags)!.print(shown, {typed: true}),
		);
		return 0;
	},
};

function redacted(config: Kubeconfig): Kubeconfig {
	for (const {cluster} of config.clusters) hide(cluster as Record<string, unknown>);
	for (const {user} of config.users) hide((user ?? {}) as Record<string, unknown>);
	return config;
}

function hide(entry: Record<string, unknown>): void {
	for (const [field, text] of Object.entries(hidden)) if (entry[field]) entry[field] = text;
}

function minified(config: Kubeconfig, name: string): Kubeconfig {
	if (!name) throw failure('current-context must exist in order to minify');
	const context = config.contexts.find(entry => entry.name === name);
	if (!context) throw failure(`cannot locate context ${name}`);
	return {
		...config,
		'current-context': name,
		contexts: [context],
		clusters: config.clusters.filter(entry => entry.name === context.context.cluster),
		users: config.users.filter(entry => entry.name === context.context.user),
	};
}
