import type {Panel} from '../panel.js';

const rulesMax = 2000;

/** The rules that kube-proxy wrote on the chosen host, with the packets each has seen. */
const panel: Panel = {
	title: 'iptables',
	ofHost: true,
	columns: [
		{name: 'PKTS', drop: 0, right: true},
		{name: 'CHAIN', drop: 0, shrink: true},
		{name: 'RULE', drop: 0, shrink: true},
	],
	rows: (world, host) =>
		(world.host(host)?.stack.iptables.table('nat')?.chains ?? [])
			.filter(chain => /^KUBE-(SERVICES|NODEPORTS|EXT-|SVC-|SEP-|FW-|NODE-PORT)/.test(chain.name))
			.flatMap(chain => chain.rules.map(rule => [String(rule.packets), chain.name, rule.text]))
			.slice(0, rulesMax),
};
export default panel;
