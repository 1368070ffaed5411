import type {HelmVerb} from '../context.js';
import {helmError, lacking} from '../failure.js';
import {helmCommit, helmGo, helmVersion} from '../render/objects.js';

const version: HelmVerb = {
	name: 'version',
	summary: 'print the client version information',
	usage: '',
	flags: [
		['short', 'bool', 'false'],
		['template', 'string', ''],
		['client', 'bool', 'false', 'c'],
	],
	*run({flags, io}) {
		const template = flags.string('template');
		if (template) throw lacking('helm version --template');
		io.out(
			flags.bool('short')
				? `${helmVersion}+g${helmCommit.slice(0, 7)}\n`
				: `version.BuildInfo{Version:"${helmVersion}", GitCommit:"${helmCommit}", GitTreeState:"clean", GoVersion:"${helmGo}"}\n`,
		);
		return 0;
	},
};

const env: HelmVerb = {
	name: 'env',
	summary: 'helm client environment information',
	usage: '',
	args: [0, 1],
	*run(call) {
		const {io} = call;
		const home = io.env['HOME'] ?? io.machine.home;
		const [cache, config, data] = [`${home}/.cache/helm`, `${home}/.config/helm`, `${home}/.local/share/helm`];
		const defaults: Record<string, string> = {
			HELM_BIN: 'helm',
			HELM_BURST_LIMIT: '100',
			HELM_CACHE_HOME: cache,
			HELM_CONFIG_HOME: config,
			HELM_DATA_HOME: data,
			HELM_DEBUG: 'false',
			HELM_KUBEAPISERVER: '',
			HELM_KUBEASGROUPS: '',
			HELM_KUBEASUSER: '',
			HELM_KUBECAFILE: '',
			HELM_KUBECONTEXT: '',
			HELM_KUBEINSECURE_SKIP_TLS_VERIFY: 'false',
			HELM_KUBETLS_SERVER_NAME: '',
			HELM_KUBETOKEN: '',
			HELM_MAX_HISTORY: '10',
			HELM_NAMESPACE: call.namespace,
			HELM_PLUGINS: `${data}/plugins`,
			HELM_QPS: '0.00',
			HELM_REGISTRY_CONFIG: `${config}/registry/config.json`,
			HELM_REPOSITORY_CACHE: `${cache}/repository`,
			HELM_REPOSITORY_CONFIG: `${config}/repositories.yaml`,
		};
		const one = call.args[0];
		const value = (name: string) => io.env[name] ?? defaults[name] ?? '';
		io.out(
			one === undefined
				? Object.keys(defaults)
						.map(name => `${name}="${value(name)}"\n`)
						.join('')
				: `${value(one)}\n`,
		);
		return 0;
	},
};

const plugin: HelmVerb = {
	name: 'plugin',
	summary: 'install, list, or uninstall Helm plugins',
	usage: '',
	verbs: [
		{
			name: 'install',
			summary: 'install a Helm plugin',
			usage: '[options] <path|url>',
			*run() {
				throw lacking('helm plugin install');
			},
		},
		{
			name: 'list',
			aliases: ['ls'],
			summary: 'list installed Helm plugins',
			usage: '',
			*run({io}) {
				io.out('NAME\tVERSION\tDESCRIPTION\n');
				return 0;
			},
		},
		{
			name: 'uninstall',
			aliases: ['rm', 'remove'],
			summary: 'uninstall one or more Helm plugins',
			usage: '<plugin>',
			args: [1, Number.POSITIVE_INFINITY],
			*run({args}) {
				throw helmError(`Plugin: ${args[0]} not found`);
			},
		},
	],
};

const unsimulated = (name: string, summary: string): HelmVerb => ({
	name,
	summary,
	usage: '',
	*run() {
		throw lacking(`helm ${name}`);
	},
});

const shells = ['bash', 'fish', 'powershell', 'zsh'];
const completion: HelmVerb = {
	name: 'completion',
	summary: 'generate autocompletion scripts for the specified shell',
	usage: '',
	verbs: shells.map(name => ({
		name,
		summary: `generate autocompletion script for ${name}`,
		usage: '',
		args: [0, 0] as const,
		*run({io}) {
			io.out(`# ${name} completion for helm                                -*- shell-script -*-\n`);
			return 0;
		},
	})),
};

export const ownVerbs: readonly HelmVerb[] = [
	completion,
	env,
	plugin,
	unsimulated('push', 'push a chart to remote'),
	unsimulated('registry', 'login to or logout from a registry'),
	unsimulated('verify', 'verify that a chart at the given path has been signed and is valid'),
	version,
];
