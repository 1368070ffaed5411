import {parseDocuments} from '../../../api/values/go-yaml.js';
import {Remembered} from '../../../sim/remembered.js';

export interface Kubeconfig {
	clusters: Array<Named<'cluster', ClusterEntry>>;
	users: Array<Named<'user', UserEntry>>;
	contexts: Array<Named<'context', ContextEntry>>;
	'current-context': string;
	[field: string]: unknown;
}

type Named<K extends string, V> = {name: string} & Record<K, V>;

export interface ClusterEntry {
	server?: string;
	'certificate-authority'?: string;
	'certificate-authority-data'?: string;
	'insecure-skip-tls-verify'?: boolean;
	[field: string]: unknown;
}

export interface UserEntry {
	'client-certificate'?: string;
	'client-certificate-data'?: string;
	token?: string;
	tokenFile?: string;
	username?: string;
	password?: string;
	[field: string]: unknown;
}

export interface ContextEntry {
	cluster?: string;
	user?: string;
	namespace?: string;
	[field: string]: unknown;
}

export const emptyKubeconfig = (): Kubeconfig => ({
	apiVersion: 'v1',
	kind: 'Config',
	preferences: {},
	clusters: [],
	contexts: [],
	users: [],
	'current-context': '',
});

/** Parsing is a pure function of the text, and every kubectl call needs it: the last few results are kept. */
const parsed = new Remembered<Kubeconfig>(16);

/** Frozen by convention: copy before changing. */
export const parseKubeconfig = (text: string): Kubeconfig => parsed.of(text, readKubeconfig);

function readKubeconfig(text: string): Kubeconfig {
	const raw = (parseDocuments(text)[0] ?? {}) as Partial<Kubeconfig>;
	const {apiVersion = 'v1', kind = 'Config'} = raw as {apiVersion?: string; kind?: string};
	if (kind !== 'Config' || apiVersion !== 'v1') {
		throw new Error(
			`no kind "${kind}" is registered for version "${apiVersion}" in scheme "k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50"`,
		);
	}

	return {
		...emptyKubeconfig(),
		...raw,
		clusters: raw.clusters ?? [],
		contexts: raw.contexts ?? [],
		users: raw.users ?? [],
		'current-context': raw['current-context'] ?? '',
	};
}

/** The first file that has an entry wins (clientcmd.ClientConfigLoadingRules). */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
	if (configs.length === 1) return configs[0]!;
	const merged = emptyKubeconfig();
	for (const config of configs) {
		for (const list of ['clusters', 'contexts', 'users'] as const) {
			for (const entry of config[list]) {
				if (!merged[list].some(known => known.name === entry.name)) (merged[list] as unknown[]).push(entry);
			}
		}

		merged['current-context'] ||= config['current-context'];
	}

	return merged;
}

export const findContext = (config: Kubeconfig, name: string): ContextEntry | undefined =>
	config.contexts.find(entry => entry.name === name)?.context;
export const findCluster = (config: Kubeconfig, name: string): ClusterEntry | undefined =>
	config.clusters.find(entry => entry.name === name)?.cluster;
export const findUser = (config: Kubeconfig, name: string): UserEntry | undefined => config.users.find(entry => entry.name === name)?.user;
