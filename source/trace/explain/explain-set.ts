import {keyOf} from '../../api/object.js';
import type {Hop} from '../../net/trace.js';
import {objectOrigin, type Origin} from '../walk/origin.js';
import type {Owners} from './owners.js';

/** What a match of each of ipvs mode's sets says about the Service. */
const meanings: Readonly<Record<string, string>> = {
	'KUBE-LOOP-BACK': 'an endpoint calls itself',
	'KUBE-CLUSTER-IP': 'its cluster IP and port',
	'KUBE-EXTERNAL-IP': 'its external IP and port',
	'KUBE-EXTERNAL-IP-LOCAL': 'its external IP and port, externalTrafficPolicy Local',
	'KUBE-LOAD-BALANCER': 'its load balancer IP and port',
	'KUBE-LOAD-BALANCER-FW': 'has spec.loadBalancerSourceRanges',
	'KUBE-LOAD-BALANCER-LOCAL': 'externalTrafficPolicy Local',
	'KUBE-LOAD-BALANCER-SOURCE-IP': 'spec.loadBalancerSourceRanges',
	'KUBE-LOAD-BALANCER-SOURCE-CIDR': 'spec.loadBalancerSourceRanges',
	'KUBE-NODE-PORT-TCP': 'a node port',
	'KUBE-NODE-PORT-UDP': 'a node port',
	'KUBE-NODE-PORT-LOCAL-TCP': 'a node port, externalTrafficPolicy Local',
	'KUBE-NODE-PORT-LOCAL-UDP': 'a node port, externalTrafficPolicy Local',
	'KUBE-HEALTH-CHECK-NODE-PORT': 'spec.healthCheckNodePort',
	'KUBE-IPVS-IPS': 'an address of a Service',
};

/** Rules of kube-proxy's ipvs mode look into sets; the packet says which entry it was. */
export function explainSetRule({text = '', before}: Hop, owners: Owners): Origin | undefined {
	const set = /--match-set (KUBE-\S+) /.exec(text)?.[1];
	const meaning = set && meanings[set];
	if (!meaning) return undefined;
	if (set === 'KUBE-LOOP-BACK')
		return {text: `kube-proxy: ${owners.holder(before.destination) ?? before.destination} calls itself through a Service`};
	const found = owners.serviceAt(before.destination, before.destinationPort, before.protocol);
	if (!found) return {text: `kube-proxy: ${meaning}, in set ${set}`};
	const key = keyOf(found.service);
	const ports = (found.service['spec'].ports ?? []).map((port: any) => port.port).join(', ');
	if (text.includes('-j REJECT')) {
		const why =
			before.protocol === 'icmp'
				? `what is for none of its ports (${ports}) is rejected, a ping too`
				: `it has no port ${before.destinationPort}, only ${ports}`;
		return objectOrigin('Service', key, found.field, why);
	}
	return objectOrigin('Service', key, found.field, `${meaning}, in set ${set}`);
}
