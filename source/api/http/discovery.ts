import {createHash} from 'node:crypto';
import {discover, type Resource, resourcesOf} from '../verbs/discovery.js';
import {apiVersionOf, type Kind} from '../kind.js';
import type {ApiServer} from '../server.js';
import type {Accepted} from './media.js';

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** The answer to a discovery request, plain or aggregated; undefined where nothing is served. */
export function discovery(api: ApiServer, path: string, accepted: Accepted, address: string): {body: object; type?: string} | undefined {
	const kinds = api.kinds();
	if (accepted.as === 'APIGroupDiscoveryList' && accepted.version === 'v2' && (path === '/api' || path === '/apis'))
		return {body: groupDiscovery(kinds, path === '/api'), type: aggregated};
	const body = discover(kinds, path, address);
	return body && {body: withHashes(kinds, body)};
}

/** By what a resource's objects are stored as, so that clients know when two resources are one. Models discovery.StorageVersionHash. */
function withHashes(kinds: readonly Kind[], body: any): object {
	if (body.kind !== 'APIResourceList') return body;
	return {
		...body,
		resources: body.resources.map((resource: Resource) => {
			const kind = kinds.find(each => each.plural === resource.name && apiVersionOf(each) === body.groupVersion);
			const stored = kind?.verbs?.includes('list') === false || !isStored(kind) ? undefined : storedForm(kinds, kind!);
			return stored ? {...resource, storageVersionHash: hashOf(stored)} : resource;
		}),
	};
}

const isStored = (kind: Kind | undefined): boolean => kind !== undefined && (kind.verbs?.includes('create') ?? true);
const storedForm = (kinds: readonly Kind[], kind: Kind): Kind =>
	(kind.storedAs && kinds.find(each => (each.group ? `${each.plural}.${each.group}` : each.plural) === kind.storedAs!.resource)) ?? kind;
/** v1.33 still keeps these in their beta form. */
const keptAs: Readonly<Record<string, string>> = {IPAddress: 'v1beta1', ServiceCIDR: 'v1beta1'};
const hashOf = ({group, version, kind}: Kind): string =>
	createHash('sha256')
		.update(`${group}/${keptAs[kind] ?? version}/${kind}`)
		.digest()
		.subarray(0, 8)
		.toString('base64');

function groupDiscovery(kinds: readonly Kind[], core: boolean): object {
	const names = core ? [''] : (discover(kinds, '/apis', '') as {groups: Array<{name: string}>}).groups.map(({name}) => name);
	return {
		kind: 'APIGroupDiscoveryList',
		apiVersion: 'apidiscovery.k8s.io/v2',
		metadata: {},
		items: names.map(name => {
			const members = kinds.filter(kind => kind.group === name);
			const versions = [...new Set(members.map(({version}) => version))];
			return {
				metadata: {...(name && {name}), creationTimestamp: null},
				versions: versions.map(version => ({
					version,
					resources: members
						.filter(kind => kind.version === version)
						.sort((a, b) => (a.plural < b.plural ? -1 : 1))
						.map(resourceDiscovery),
					freshness: 'Current',
				})),
			};
		}),
	};
}

function resourceDiscovery(kind: Kind): object {
	const [main, ...subresources] = resourcesOf(kind) as [Resource, ...Resource[]];
	return {
		resource: main.name,
		responseKind: responseKind(main),
		scope: main.namespaced ? 'Namespaced' : 'Cluster',
		singularResource: main.singularName,
		verbs: main.verbs,
		...(main.shortNames && {shortNames: main.shortNames}),
		...(main.categories && {categories: main.categories}),
		...(subresources.length > 0 && {
			subresources: subresources
				.sort((a, b) => (a.name < b.name ? -1 : 1))
				.map(each => ({
					subresource: each.name.slice(main.name.length + 1),
					responseKind: responseKind(each),
					verbs: each.verbs,
				})),
		}),
	};
}

const responseKind = ({group = '', version = '', kind}: Resource) => ({group, version, kind});
