import type {KubeObject} from '../../api/object.js';
import {keyOf} from '../../api/object.js';
import {workloadsOf} from '../../images/calico/model.js';
import {chainOf, type Policy, policyOf, selects} from '../../images/calico/policy.js';
import type {Hop} from '../../net/trace.js';
import {objectOrigin, type Origin} from '../walk/origin.js';
import type {Owners} from './owners.js';

export type Direction = 'ingress' | 'egress';

/** Rules of Calico: policies, profiles, and the plumbing that leads to them. */
export function explainCalico(hop: Hop, owners: Owners): Origin | undefined {
	const {chain = '', text = '', rule = 0} = hop;
	if (!text.includes('"cali:') && !/--comment cali:/.test(text)) return undefined;
	const policyChain = /^cali-p([io])-/.exec(chain)?.[0] ? chain : /-j (cali-p[io]-\S+)/.exec(text)?.[1];
	if (policyChain) return explainPolicy(policyChain, policyChain === chain ? rule : 0, owners);
	const namespace = /cali-pri-kns\.(\S+)/.exec(`${chain} ${text}`)?.[1];
	if (namespace) return objectOrigin('Namespace', namespace, '', 'Calico profile: no policy selects the pod, all is allowed');
	const endpoint = /^cali-([tf])w-/.exec(chain);
	if (text.includes('Drop if no policies passed packet') && endpoint)
		return explainNoPolicyPassed(hop, endpoint[1] === 't' ? 'ingress' : 'egress', owners);
	if (chain === 'cali-nat-outgoing') return {text: "Calico IPPool natOutgoing: pods leave the pod network under their node's address"};
	if (text.includes('RELATED,ESTABLISHED')) return {text: 'Calico: belongs to a connection that was let through'};
	if (text.includes('Policy explicitly accepted')) return {text: 'Calico: a policy or profile let it through'};
	if (text.includes('Unknown interface')) return {text: 'Calico: a pod that is not known here (yet)'};
	const workload = endpoint && podOfLink(chain.slice(8), hop.where, owners);
	return {text: `Calico${workload ? `, for pod ${keyOf(workload)}` : ''}`};
}

const policies = (owners: Owners): Policy[] => owners.world.api.reader.list<KubeObject>('networkpolicies.networking.k8s.io').map(policyOf);

function explainPolicy(chain: string, rule: number, owners: Owners): Origin {
	const direction: Direction = chain.startsWith('cali-pi') ? 'ingress' : 'egress';
	const policy = policies(owners).find(each => chainOf(each, direction) === chain);
	if (!policy) return {text: 'Calico: a NetworkPolicy that is no longer there'};
	return objectOrigin('NetworkPolicy', policy.key, rule === 0 ? '' : `spec.${direction}[${ruleIndex(policy, direction, rule)}]`);
}

/** Each pair of peer and port is two rules in the chain. */
function ruleIndex({spec}: Policy, direction: Direction, rule: number): number {
	let left = rule;
	const rules: any[] = spec[direction] ?? [];
	for (const [index, each] of rules.entries()) {
		const peers = each[direction === 'ingress' ? 'from' : 'to'];
		left -= 2 * (peers?.length || 1) * (each.ports?.length || 1);
		if (left <= 0) return index;
	}
	return 0;
}

/** The pod was selected, and none of the policies that select it let the packet in (out). */
function explainNoPolicyPassed({chain = '', where, before}: Hop, direction: Direction, owners: Owners): Origin {
	const pod = podOfLink(chain.slice(8), where, owners);
	const own = pod ? policiesOf(pod, direction, owners) : [];
	const other = direction === 'ingress' ? before.source : before.destination;
	const what = before.destinationPort ? `${before.destinationPort}/${before.protocol}` : before.protocol;
	const words = `no ${direction} rule allows ${what} ${direction === 'ingress' ? 'from' : 'to'} ${owners.holder(other) ?? other}`;
	if (own.length === 0) return {text: `Calico: ${words}`};
	return objectOrigin('NetworkPolicy', own.map(policy => policy.key).join(', '), `spec.${direction}`, words);
}

function policiesOf(pod: KubeObject, direction: Direction, owners: Owners): Policy[] {
	const {reader} = owners.world.api;
	const [workload] = workloadsOf([pod], reader.list<KubeObject>('namespaces'));
	return policies(owners).filter(policy => workload && policy.directions.includes(direction) && selects(policy, workload));
}

/** The pod at the other end of a `cali...` device. */
function podOfLink(link: string, where: string, owners: Owners): KubeObject | undefined {
	const peer = owners.world.host(where)?.stack.links.get(link)?.peer;
	return peer && owners.podOf(peer.namespace);
}
