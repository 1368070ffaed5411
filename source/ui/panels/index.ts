import type {Panel} from '../panel.js';
import events from './events.js';
import iptables from './iptables.js';
import ipvs from './ipvs.js';
import nodes from './nodes.js';
import pods from './pods.js';
import services from './services.js';

/** In the order of their tabs. */
const panels: readonly Panel[] = [pods, services, ipvs, iptables, nodes, events];
export default panels;
