import type {Hop} from '../../net/trace.js';
import {explainCalico} from './explain-calico.js';
import {explainVirtualServer} from './explain-ipvs.js';
import {explainServiceRule} from './explain-service.js';
import {explainSetRule} from './explain-set.js';
import {knownRule} from './known-rules.js';
import type {Origin} from '../walk/origin.js';
import {objectOrigin} from '../walk/origin.js';
import type {Owners} from './owners.js';

/** Whose rule, virtual server or socket a hop met. Undefined: nobody's in particular (a route, a policy of ACCEPT). */
export function explain(hop: Hop, owners: Owners): Origin | undefined {
	if (hop.hook === 'IPVS') return explainVirtualServer(hop, owners);
	if (hop.hook === 'SOCKET') return undefined;
	if (hop.chain === undefined || hop.rule === undefined) return undefined;
	return (
		explainCalico(hop, owners) ??
		explainServiceRule(hop, owners) ??
		explainSetRule(hop, owners) ??
		explainHostPort(hop, owners) ??
		knownRule(hop) ??
		byHand(hop)
	);
}

/** The portmap plug-in names the pod in the comment of its jump (with the uid as its id). */
function explainHostPort({chain = '', text = '', before}: Hop, owners: Owners): Origin | undefined {
	if (!chain.startsWith('CNI-')) return undefined;
	const uid = /id: \\"([0-9a-f-]+)\\"/.exec(text)?.[1];
	const target = /--to-destination (\S+):/.exec(text)?.[1];
	const pod = uid ? owners.podOf(`pod/${uid}`) : target ? owners.podAt(target) : undefined;
	if (!pod) return undefined;
	const containers: any[] = pod['spec'].containers;
	for (const [i, container] of containers.entries()) {
		const j = (container.ports ?? []).findIndex((port: any) => port.hostPort === before.destinationPort);
		if (j !== -1) return podPort(pod, `spec.containers[${i}].ports[${j}].hostPort`);
	}
	return podPort(pod, 'spec.containers[].ports[].hostPort');
}

const podPort = ({metadata}: {metadata: {namespace?: string; name: string}}, field: string) =>
	objectOrigin('Pod', `${metadata.namespace}/${metadata.name}`, field);

/** Chains of the known components hold only their own rules; anything else in a built-in chain somebody typed. */
function byHand({chain = '', text = ''}: Hop): Origin | undefined {
	if (/^(KUBE-|cali-|CNI-)/.test(chain)) return {text: 'not a rule that the component of this chain writes: added by hand'};
	return /^(PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/.test(chain) || !/-j (KUBE-|cali-|CNI-)/.test(text)
		? {text: 'written by hand: no Kubernetes component makes this rule'}
		: undefined;
}
