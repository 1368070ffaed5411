import type {Panel} from './panel.js';
import conntrack from './conntrack.js';
import deployments from './deployments.js';
import dns from './dns.js';
import endpointSlices from './endpoint-slices.js';
import endpoints from './endpoints.js';
import events from './events.js';
import ingresses from './ingresses.js';
import iptables from './iptables.js';
import ipvs from './ipvs.js';
import metallb from './metallb.js';
import networkPolicies from './network-policies.js';
import nodes from './nodes.js';
import pods from './pods.js';
import services from './services.js';

/** In the order of their tabs; the first have a number of their own. */
const panels: readonly Panel[] = [
	pods,
	services,
	ipvs,
	iptables,
	nodes,
	events,
	endpointSlices,
	endpoints,
	deployments,
	ingresses,
	networkPolicies,
	conntrack,
	dns,
	metallb,
];
export default panels;
