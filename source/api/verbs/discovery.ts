import {apiVersionOf, type Kind} from '../kind.js';

/** What a client asks before anything else: groups, versions, resources. Models apiserver/pkg/endpoints/discovery. */
const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** Groups in the server's order of preference; groups of custom resources follow. */
const groupOrder = [
	'apiregistration.k8s.io',
	'apps',
	'events.k8s.io',
	'authentication.k8s.io',
	'authorization.k8s.io',
	'autoscaling',
	'batch',
	'certificates.k8s.io',
	'networking.k8s.io',
	'policy',
	'rbac.authorization.k8s.io',
	'storage.k8s.io',
	'admissionregistration.k8s.io',
	'apiextensions.k8s.io',
	'scheduling.k8s.io',
	'coordination.k8s.io',
	'node.k8s.io',
	'discovery.k8s.io',
	'flowcontrol.apiserver.k8s.io',
];

/** Subresources that are not read, patched and updated like the object itself. */
const subresourceVerbs: Readonly<Record<string, readonly string[]>> = {
	attach: ['create', 'get'],
	binding: ['create'],
	eviction: ['create'],
	exec: ['create', 'get'],
	finalize: ['update'],
	log: ['get'],
	portforward: ['create', 'get'],
	proxy: ['create', 'delete', 'get', 'patch', 'update'],
	token: ['create'],
};
const subresourceKinds: Readonly<Record<string, {group: string; version: string; kind: string}>> = {
	binding: {group: '', version: '', kind: 'Binding'},
	eviction: {group: 'policy', version: 'v1', kind: 'Eviction'},
	scale: {group: 'autoscaling', version: 'v1', kind: 'Scale'},
	token: {group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest'},
};
/** Connected to rather than read: their kind is an options type. */
const optionKinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	pods: {attach: 'PodAttachOptions', exec: 'PodExecOptions', portforward: 'PodPortForwardOptions', proxy: 'PodProxyOptions'},
	services: {proxy: 'ServiceProxyOptions'},
	nodes: {proxy: 'NodeProxyOptions'},
};

export interface Resource {
	readonly name: string;
	readonly singularName: string;
	readonly namespaced: boolean;
	readonly group?: string;
	readonly version?: string;
	readonly kind: string;
	readonly verbs: readonly string[];
	readonly shortNames?: readonly string[];
	readonly categories?: readonly string[];
}

/** The answer to a GET of `/api`, `/apis`, `/api/v1`, `/apis/GROUP` or `/apis/GROUP/VERSION`; undefined where nothing is served. */
export function discover(kinds: readonly Kind[], path: string, serverAddress: string): object | undefined {
	const [root, group, version] = path.replace(/^\/|\/$/g, '').split('/');
	if (root === 'api')
		return group === undefined ? legacyVersions(serverAddress) : version === undefined ? resourceList(kinds, '', group) : undefined;
	if (root !== 'apis') return undefined;
	if (group === undefined) return {kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(kinds).map(name => apiGroup(kinds, name))};
	if (!groupsOf(kinds).includes(group)) return undefined;
	return version === undefined ? {kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(kinds, group)} : resourceList(kinds, group, version);
}

const legacyVersions = (serverAddress: string) => ({
	kind: 'APIVersions',
	versions: ['v1'],
	serverAddressByClientCIDRs: [{clientCIDR: '0.0.0.0/0', serverAddress}],
});

function groupsOf(kinds: readonly Kind[]): string[] {
	const present = new Set(kinds.map(({group}) => group));
	present.delete('');
	const custom = [...present].filter(group => !groupOrder.includes(group)).sort();
	return [...groupOrder.filter(group => present.has(group)), ...custom];
}

function apiGroup(kinds: readonly Kind[], name: string) {
	const versions = [...new Set(kinds.filter(({group}) => group === name).map(({version}) => version))];
	const named = versions.map(version => ({groupVersion: `${name}/${version}`, version}));
	return {name, versions: named, preferredVersion: named[0]!};
}

function resourceList(kinds: readonly Kind[], group: string, version: string): object | undefined {
	const served = kinds.filter(kind => kind.group === group && kind.version === version);
	if (served.length === 0) return undefined;
	const resources = served.flatMap(resourcesOf).sort((a, b) => (a.name < b.name ? -1 : 1));
	return {kind: 'APIResourceList', ...(group && {apiVersion: 'v1'}), groupVersion: apiVersionOf(served[0]!), resources};
}

/** A kind and its subresources, as discovery lists them. */
export function resourcesOf(kind: Kind): Resource[] {
	const {plural, singular, namespaced, shortNames, categories, subresources = []} = kind;
	return [
		{
			name: plural,
			singularName: singular,
			namespaced,
			kind: kind.kind,
			verbs: kind.verbs ?? allVerbs,
			...(shortNames.length > 0 && {shortNames}),
			...(categories?.length && {categories}),
		},
		...subresources.map((name): Resource => {
			const {kind: other, group = '', version = ''} = subresourceKinds[name] ?? {kind: optionKinds[plural]?.[name] ?? kind.kind};
			return {
				name: `${plural}/${name}`,
				singularName: '',
				namespaced,
				...(group && {group}),
				...(version && {version}),
				kind: other,
				verbs: subresourceVerbs[name] ?? ['get', 'patch', 'update'],
			};
		}),
	];
}
