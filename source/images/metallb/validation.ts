import type {Reader} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {parseIp} from './address.js';
import {configurationOf, readResources, type Resources} from './configuration.js';
import {MetalLbError} from './family.js';

/** Why MetalLB's webhook refuses a change to one of its objects; undefined when it does not. Models internal/k8s/webhooks. */
export function judge(request: any, reader: Reader, namespace: string): string | undefined {
	const {kind, operation, object} = request;
	try {
		if (operation === 'DELETE') refuseUse(request, reader, namespace);
		else {
			if (object.metadata.namespace !== namespace) return `resource must be created in ${namespace} namespace`;
			rules[kind.kind]?.(object, reader, namespace);
		}

		return undefined;
	} catch (error) {
		if (error instanceof MetalLbError) return error.message;
		throw error;
	}
}

type Rule = (object: any, reader: Reader, namespace: string) => void;

const rules: Readonly<Record<string, Rule>> = {
	IPAddressPool: (object, reader, namespace) => judgePool(object, readResources(reader, namespace)),
	L2Advertisement(object, reader, namespace) {
		const {nodes, l2Advertisements} = readResources(reader, namespace);
		configurationOf({...nothing, nodes, l2Advertisements: placed(l2Advertisements, object)});
	},
	BGPAdvertisement(object, reader, namespace) {
		const {nodes, pools, namespaces, bgpAdvertisements} = readResources(reader, namespace);
		configurationOf({...nothing, nodes, pools, namespaces, bgpAdvertisements: placed(bgpAdvertisements, object)});
	},
	BGPPeer: judgePeer,
	Community: judgeCommunities,
};

const nothing: Resources = {pools: [], l2Advertisements: [], bgpAdvertisements: [], namespaces: [], nodes: []};

export function judgePool(object: KubeObject, {pools, namespaces}: Pick<Resources, 'pools' | 'namespaces'>): void {
	configurationOf({...nothing, namespaces, pools: placed(pools, object)});
}

/** The list as it will be: the object in the place of its old self, a new one at the end. */
function placed(list: readonly KubeObject[], object: KubeObject): KubeObject[] {
	const rest = list.map(each => (each.metadata.name === object.metadata.name ? object : each));
	return rest.includes(object) ? rest : [...rest, object];
}

function judgePeer({metadata: {name}, spec = {}}: any): void {
	const refuse = (why: string) => {
		throw new MetalLbError(`parsing peer ${name} ${why}`);
	};
	if (!spec.myASN) refuse('missing local ASN');
	if (!spec.peerASN && !spec.dynamicASN) refuse('missing peer ASN and dynamicASN');
	if (spec.peerASN && spec.dynamicASN) refuse('both peer ASN and dynamicASN specified');
	if (spec.myASN === spec.peerASN && spec.ebgpMultiHop) refuse('invalid ebgp-multihop parameter set for an ibgp peer');
	if (!parseIp(spec.peerAddress ?? '')) refuse(`invalid BGPPeer address ${JSON.stringify(spec.peerAddress ?? '')}`);
	for (const [field, what] of [
		['routerID', 'router ID'],
		['sourceAddress', 'source IP'],
	] as const)
		if (spec[field] && !parseIp(spec[field])) refuse(`invalid ${what} ${JSON.stringify(spec[field])}`);
}

function judgeCommunities({metadata, spec = {}}: any, reader: Reader, namespace: string): void {
	const known = reader.list<any>('communities.metallb.io', {namespace}).filter(each => each.metadata.name !== metadata.name);
	const seen = new Set<string>(known.flatMap(each => (each.spec?.communities ?? []).map((one: any) => one.name)));
	for (const {name, value} of spec.communities ?? []) {
		if (!/^\d+:\d+$|^large:\d+:\d+:\d+$/.test(value ?? ''))
			throw new MetalLbError(`parsing community ${JSON.stringify(name)}: invalid community format: ${value}`);
		if (seen.has(name)) throw new MetalLbError(`duplicate definition of community ${JSON.stringify(name)}`);
		seen.add(name);
	}
}

/** A BFD profile cannot go while a peer names it. */
function refuseUse({kind, name}: any, reader: Reader, namespace: string): void {
	if (kind.kind !== 'BFDProfile') return;
	const user = reader.list<any>('bgppeers.metallb.io', {namespace}).find(peer => peer.spec?.bfdProfile === name);
	if (user) throw new MetalLbError(`failed to delete BFDProfile ${name}, used by BGPPeer ${user.metadata.name}`);
}
