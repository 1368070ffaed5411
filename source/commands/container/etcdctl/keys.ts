import type {Kind} from '../../../api/kind.js';
import type {World} from '../../../node/world.js';

/** Where the API server keeps what, when that is not the plural. Models pkg/registry/*.../storage and SpecialDefaultResourcePrefixes. */
const folders: Readonly<Record<string, string>> = {
	...{services: 'services/specs', endpoints: 'services/endpoints', nodes: 'minions', replicationcontrollers: 'controllers'},
	...{'ingresses.networking.k8s.io': 'ingress', 'podsecuritypolicies.policy': 'podsecuritypolicy'},
};

const ownFolder = /^(?:apiextensions\.k8s\.io|apiregistration\.k8s\.io)$/;

function folderOf({group, plural, customSchema}: Kind): string {
	const special = folders[group ? `${plural}.${group}` : plural];
	return special ?? (customSchema || ownFolder.test(group) ? `${group}/${plural}` : plural);
}

/** Every key of the store with its revision, in byte order. */
export function storedKeys({api}: World): ReadonlyArray<{readonly key: string; readonly revision: number}> {
	const seen = new Set<string>();
	return api
		.kinds()
		.flatMap(kind => {
			const folder = folderOf(kind);
			if (seen.has(folder) || kind.verbs?.includes('list') === false) return [];
			seen.add(folder);
			return api.list(kind).map(({metadata}) => ({
				key: `/registry/${folder}/${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`,
				revision: Number(metadata.resourceVersion),
			}));
		})
		.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
