import {keyOf} from '../../api/object.js';
import {decodeDns} from '../../net/dns-message.js';
import type {Hop} from '../../net/trace.js';
import {whoElseAnswers, whyEntrance, whyUnannounced} from './entrance.js';
import {explain} from '../explain/explain.js';
import type {Journey} from '../walk/journey.js';
import {lostWords} from './lost.js';
import {whyMute} from './mute.js';
import {objectOrigin} from '../walk/origin.js';
import type {Owners} from '../explain/owners.js';
import {whyPending} from './pending.js';
import {proxyWords} from '../print/proxy-words.js';
import {ruleVerdict} from '../explain/rule-verdict.js';
import {readyEndpoints, whyNoEndpoints} from './no-endpoints.js';
import type {Verdict} from '../trace.js';
import type {Case} from '../walk/case.js';

/** One sentence that says what decided, with the rule and the object behind it. */
export function verdictOf(asked: Case): Verdict {
	const {outcome} = asked.call;
	if (outcome.kind === 'connected') return answered(asked);
	if (outcome.kind === 'reset') return {kind: 'reset', sentence: 'the connection was reset'};
	if (outcome.kind === 'ttl-exceeded') return {kind: 'unreachable', sentence: `the packet went in a circle and died at ${outcome.from}`};
	const by = outcome.by ?? '';
	return ruleVerdict(asked, by) ?? noRealServer(asked) ?? nothingListens(asked) ?? noNeighbour(asked) ?? lostWords(asked, by);
}

/** Where the request arrived at a socket. */
export const arrivalOf = (request: Journey | undefined): Hop | undefined => request?.hops.findLast(hop => hop.hook === 'SOCKET');

/** `pod default/web-1 on k8s-node1`, `nginx on reg`. */
export function whoAt({where, before}: Hop, owners: Owners): string {
	const protocol = before.protocol === 'udp' ? 'udp' : 'tcp';
	const who =
		before.protocol === 'icmp' ? owners.label(where) : owners.listener(where, protocol, before.destination, before.destinationPort);
	const node = owners.nodeOf(where);
	return who === node ? who : `${who} on ${node}`;
}

function answered(asked: Case): Verdict {
	const {call, owners, request} = asked;
	const arrival = arrivalOf(request);
	const who = arrival ? whoAt(arrival, owners) : call.destination;
	const pod = /^pod (\S+)/.exec(who)?.[1];
	const by = pod ? {object: objectOrigin('Pod', pod, '')} : {};
	if (call.protocol === 'icmp') return {kind: 'answered', sentence: `answered by ${who}`, ...by};
	const dns = call.port === 53 && call.protocol === 'udp' ? decodeDns(call.received) : undefined;
	if (dns) {
		const addresses = dns.answers.filter(record => record.type === dns.question.type).map(record => record.data);
		const found = dns.rcode === 'NOERROR' && addresses.length > 0;
		const words = found ? addresses.join(', ') : dns.rcode === 'NOERROR' ? `no ${dns.question.type} record` : dns.rcode;
		return {kind: found ? 'answered' : 'no-name', sentence: `${dns.question.name} ${dns.question.type}: ${words}, said ${who}`, ...by};
	}
	if (call.end === 'timeout') {
		const lost = ruleVerdict(asked, call.lastDrop);
		if (lost) return {...lost, sentence: `${who} took the connection, but what followed was ${lost.sentence}`};
	}
	if (call.end === 'timeout') return {kind: 'timeout', sentence: `timeout: ${who} took the connection and does not answer`, ...by};
	if (call.end === 'reset') return {kind: 'reset', sentence: `${who} took the connection and reset it`, ...by};
	const status = /^HTTP\/\S+ (\d{3})/.exec(call.received)?.[1];
	const why = [pod ? whyEntrance(call, pod, owners) : '', whoElseAnswers(call.destination, call.port, owners)].filter(Boolean).join('; ');
	const more = why && `: ${why}`;
	if (status) return {kind: 'answered', sentence: `answered ${status} by ${who}${more}`, ...by};
	return {kind: 'answered', sentence: `${call.received === '' ? 'connected to' : 'answered by'} ${who}${more}`, ...by};
}

/** IPVS had a virtual server, and nobody behind it. */
function noRealServer({request, owners}: Case): Verdict | undefined {
	const hop = request?.hops.find(each => each.hook === 'IPVS' && each.verdict === 'no destination available');
	if (!hop) return undefined;
	const object = explain(hop, owners);
	const found = owners.serviceAt(hop.before.destination, hop.before.destinationPort, hop.before.protocol);
	const ready = found ? readyEndpoints(keyOf(found.service), owners) : 0;
	const who = !found
		? `virtual server ${hop.text} has no real server`
		: ready > 0
			? `Service ${keyOf(found.service)} has ${ready} ready endpoint${ready === 1 ? '' : 's'}, but none stands behind its virtual server${proxyWords(hop.where, owners)}`
			: `Service ${keyOf(found.service)} has no ready endpoints`;
	const why = found && ready === 0 ? whyNoEndpoints(found.service, found.port, owners) : '';
	return {
		kind: 'refused',
		sentence: `refused: ${who}${why && `: ${why}`} (IPVS ${hop.text}, no real server on ${hop.where})`,
		...(object && {object}),
	};
}

function nothingListens({request, owners, call}: Case): Verdict | undefined {
	const refusal = request?.hops.findLast(hop => hop.hook === 'SOCKET' || hop.hook === 'ICMP');
	const by =
		refusal?.hook === 'SOCKET' && refusal.verdict === 'refused' ? refusal.note : /: (nothing listens .*)/.exec(refusal?.note ?? '')?.[1];
	if (!refusal || by === undefined) return undefined;
	const {before, where} = refusal;
	const who = owners.label(where);
	const node = owners.nodeOf(where);
	const place = who === node ? node : `${who} on ${node}`;
	const target = owners.serviceAt(call.destination, call.port, call.protocol);
	const key = target && keyOf(target.service);
	const untouched = before.destination === call.destination && before.destinationPort === call.port;
	const field = target && (untouched ? target.field : `spec.ports[${target.index}].targetPort`);
	const missing = `; it is ${field} of Service ${key}, but nothing on ${node} leads on from there${proxyWords(node, owners)}`;
	const hint = !target ? '' : untouched ? missing : `; ${field} of Service ${key} leads there`;
	return {
		kind: 'refused',
		sentence: `refused: nothing listens on port ${before.destinationPort} of ${place}${hint}`,
		...(target && {object: {kind: 'Service', name: key!, field: field!, text: `Service ${key}, ${field}`}}),
	};
}

function noNeighbour({request, call, where, owners}: Case): Verdict | undefined {
	const hop = request?.hops.findLast(each => each.hook === 'ARP');
	if (hop?.verdict !== 'no answer') return undefined;
	const why = whyMute(hop.note!, hop.where, owners) || whyUnannounced(hop.note!, call.port, owners) || whyPending(hop.note!, owners);
	const goal = request!.last.destination;
	const asked = hop.note === call.destination ? '' : ` (on the way to ${owners.holder(goal) ?? goal})`;
	const from = hop.where === where ? '' : ` on ${owners.label(hop.where)}`;
	return {kind: 'unreachable', sentence: `nobody answers ARP for ${hop.note}${from}${asked}${why}`};
}
