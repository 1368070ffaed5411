import {type KubeObject, keyOf} from '../../api/object.js';
import {inPrefix, parseIpv4, parsePrefix} from '../../net/address.js';
import type {Journey} from '../walk/journey.js';
import type {Owners} from '../explain/owners.js';
import type {Verdict} from '../trace.js';
import {proxyWords} from '../print/proxy-words.js';
import type {Case} from '../walk/case.js';

/** Nothing refused the packet in so many words: it went where nobody takes it, or never left. */
export function lostWords(asked: Case, by: string): Verdict {
	const {call, where, request, owners} = asked;
	const {outcome} = call;
	const kind = outcome.kind === 'refused' ? 'refused' : outcome.kind === 'unreachable' ? 'unreachable' : 'timeout';
	if (!request && outcome.kind === 'unreachable')
		return {kind: 'not-sent', sentence: `${named(by, owners) || `no route to ${call.destination}`}`};
	const untouched = untranslated(asked);
	if (untouched) return {...untouched, kind, sentence: `${kind}: ${untouched.sentence}`};
	const reason = strayed(asked) ?? (named(by, owners) || 'nothing answered');
	const power = darkHost(request, owners);
	const start = kind === 'timeout' ? 'timeout: ' : kind === 'refused' ? 'refused: ' : '';
	return {kind, sentence: `${start}${reason}${power && `; ${power}`}${request ? '' : ` (${owners.label(where)} sent nothing)`}`};
}

/** A service address that no table knew: it went out as if it were any host. */
function untranslated({call, request, owners}: Case): Omit<Verdict, 'kind'> | undefined {
	if (!request || request.hops.some(hop => hop.hook === 'IPVS' || hop.verdict === 'translated')) return undefined;
	const found = owners.serviceAt(call.destination, call.port, call.protocol);
	if (!found) return undefined;
	const key = keyOf(found.service);
	const object = {kind: 'Service', name: key, field: found.field, text: `Service ${key}, ${found.field}`};
	const isOf = `${call.destination} is ${found.field} of Service ${key}`;
	if (call.protocol === 'icmp') return {sentence: `${isOf}: it stands in rules for its ports only, so nobody answers a ping`, object};
	const node = owners.nodeOf(request.hops.findLast(hop => hop.chain)?.where ?? request.hops[0]!.where);
	if (!found.port) {
		const ports: any[] = found.service['spec'].ports ?? [];
		const listed = ports.map(each => `${each.port}/${(each.protocol ?? 'TCP').toLowerCase()}`).join(', ');
		return {sentence: `${isOf}, which has no port ${call.port}/${call.protocol}, only ${listed}: no rule of ${node} knows it`, object};
	}
	const what = found.field.endsWith('.nodePort') ? `${call.port} is a node port` : `${call.destination}:${call.port} is an address`;
	return {sentence: `${what} of Service ${key}, but no rule of ${node} translates it${proxyWords(node, owners)}`, object};
}

/** A packet for a pod that a node had no route for went the way of everything unknown: to the gateway. */
function strayed({call, request, owners}: Case): string | undefined {
	const way = request?.hops.findLast(hop => hop.hook === 'ROUTE' && hop.note?.startsWith('0.0.0.0/0 '));
	const destination = way?.before.destination;
	const node = owners.world.api.reader.list<KubeObject>('nodes').find(each => isInside(destination, each['spec'].podCIDR));
	if (!way || !node || call.outcome.kind === 'refused' || owners.podOf(way.where)) return undefined;
	return `${way.where} has no route to ${node['spec'].podCIDR}, the pods of ${node.metadata.name}: ${destination} went to its default gateway`;
}

const isInside = (address: string | undefined, cidr: string | undefined): boolean => {
	const value = address === undefined ? undefined : parseIpv4(address);
	const prefix = cidr === undefined ? undefined : parsePrefix(cidr);
	return value !== undefined && prefix !== undefined && inPrefix(value, prefix);
};

function darkHost(request: Journey | undefined, owners: Owners): string {
	const addresses = request?.hops.flatMap(hop => /next hop (\S+)/.exec(hop.note ?? '')?.slice(1) ?? []) ?? [];
	const host = owners.world
		.hosts()
		.find(each => !owners.world.isUp(each.name) && addresses.some(address => each.stack.hasAddress(address)));
	return host ? `${host.name} is switched off` : '';
}

/** `pod/<uid>` in the network's own words becomes the pod's name. */
const named = (by: string, owners: Owners): string =>
	by
		.replace(/pod\/[0-9a-f-]{36}/g, where => owners.label(where))
		.replace(/^(\S+): route blackhole (\S+)$/, 'no pod of $1 has this address (blackhole $2)');
