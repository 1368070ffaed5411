import {type Panel, rowsFrom} from '../panel.js';

/** The rules that kube-proxy wrote on the chosen host, with the packets each has seen. */
const panel: Panel = {
	title: 'iptables',
	ofHost: true,
	columns: [
		{name: 'PKTS', drop: 0, right: true},
		{name: 'CHAIN', drop: 0, shrink: true},
		{name: 'RULE', drop: 0, shrink: true},
	],
	rows(world, host) {
		const chains = world.host(host)?.stack.iptables.table('nat')?.chains ?? [];
		const written = chains.filter(chain => /^KUBE-(SERVICES|NODEPORTS|EXT-|SVC-|SEP-|FW-|NODE-PORT)/.test(chain.name));
		return rowsFrom(
			written.flatMap(chain => chain.rules.map(rule => ({chain: chain.name, rule}))),
			({chain, rule}) => [String(rule.packets), chain, rule.text],
		);
	},
};
export default panel;
