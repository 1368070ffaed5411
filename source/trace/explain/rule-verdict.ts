import type {Hop} from '../../net/trace.js';
import {explain} from './explain.js';
import {readyEndpoints, whyNoEndpoints} from '../verdict/no-endpoints.js';
import type {Origin} from '../walk/origin.js';
import type {Owners} from './owners.js';
import {proxyWords} from '../print/proxy-words.js';
import type {Verdict} from '../trace.js';
import type {Case} from '../walk/case.js';

/** A rule or a chain's policy that dropped or rejected a packet, on the way there or on the way back. */
export function ruleVerdict({call, request, reply, owners}: Case, by: string): Verdict | undefined {
	const hop = decidingHop([...(request?.hops ?? []), ...(reply?.hops ?? [])], by) ?? decidingHop(call.hops, by);
	if (!hop) return undefined;
	const back = reply?.hops.includes(hop) ? 'the answer was ' : '';
	const refused = hop.verdict === 'REJECT';
	const kind = refused ? 'refused' : 'dropped';
	const {table = '', chain = '', rule, text} = hop;
	const where = owners.label(hop.where);
	const place = rule === undefined ? `policy of ${table} ${chain} on ${where}` : `${table} ${chain} rule ${rule} on ${where}`;
	const object = explain(hop, owners);
	return {
		kind,
		sentence: `${back}${sentence(hop, object, owners, kind, place)}`,
		rule: {where, table, chain, ...(rule !== undefined && {rule}), ...(text && {text})},
		...(object && {object}),
	};
}

function decidingHop(hops: readonly Hop[], by: string): Hop | undefined {
	return hops.findLast(({where, table, chain, rule, text, verdict}) => {
		if (!table || !chain || (verdict !== 'DROP' && verdict !== 'REJECT')) return false;
		const start = `${where}: iptables ${table} ${chain} `;
		return by.startsWith(start) && (rule === undefined ? by.endsWith('policy DROP') : by === `${start}rule ${rule}: ${text}`);
	});
}

function sentence(hop: Hop, object: Origin | undefined, owners: Owners, kind: string, place: string): string {
	const {text = '', rule} = hop;
	if (rule === undefined) return `${kind} by the ${place}`;
	if (object?.kind === 'NetworkPolicy')
		return `${kind} by NetworkPolicy ${object.name}: ${object.text.split(': ').slice(1).join(': ')} (${place})`;
	if (object?.kind === 'Service') return `${kind}: ${serviceWords(hop, object, owners)} (${place})`;
	return `${kind} by ${place}${object ? `, ${object.text}` : ''}: ${text}`;
}

function serviceWords({text = '', before, where}: Hop, object: Origin, owners: Owners): string {
	const service = owners.service(object.name!);
	const name = `Service ${object.name}`;
	if (text.includes('has no endpoints')) {
		const ready = readyEndpoints(object.name!, owners);
		if (ready > 0)
			return `this rule says that ${name} has no endpoints, though ${ready} ${ready === 1 ? 'is' : 'are'} ready${proxyWords(where, owners)}`;
		const port = service && owners.serviceAt(before.destination, before.destinationPort, before.protocol)?.port;
		const why = service ? whyNoEndpoints(service, port, owners) : '';
		return `${name} has no ready endpoints${why && `: ${why}`}`;
	}
	if (text.includes('has no local endpoints')) return `${name} has ${object.field} Local and no endpoint on ${where}`;
	if (text.includes('KUBE-IPVS-IPS')) return `${before.destination} belongs to ${name}; ${object.text.split(': ').slice(1).join(': ')}`;
	if (object.field === 'spec.loadBalancerSourceRanges') return `${name} does not list ${before.source} in spec.loadBalancerSourceRanges`;
	return service ? `${name}, ${object.field ?? ''}` : `a left-over rule of Service ${object.name}`;
}
