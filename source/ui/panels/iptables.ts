import {withoutComment} from './rule-text.js';
import {type Panel, rowsFrom} from './panel.js';

/** What kube-proxy wrote on the chosen host, in the order in which a packet meets it: each Service, then its endpoints. */
const panel: Panel = {
	title: 'iptables',
	ofHost: true,
	columns: [
		{name: 'PKTS', drop: 0, right: true},
		{name: 'CHAIN', drop: 0, shrink: 'name'},
		{name: 'RULE', drop: 0, shrink: 'rule'},
		{name: 'COMMENT', drop: 1},
	],
	rows(world, host) {
		const chains = world.host(host)?.stack.iptables.table('nat')?.chains ?? [];
		const byName = new Map(chains.filter(chain => proxyChain.test(chain.name)).map(chain => [chain.name, chain]));
		const seen = new Set<string>();
		const rows: Row[] = [];
		const walk = (name: string, depth: number) => {
			const chain = byName.get(name);
			if (!chain || seen.has(name)) return;
			seen.add(name);
			for (const {text, packets} of chain.rules) {
				rows.push({chain: `${' '.repeat(depth)}${name}`, text, packets});
				walk(/-j (\S+)/.exec(text)?.[1] ?? '', depth + 1);
			}
		};
		for (const name of ['KUBE-SERVICES', ...byName.keys()]) walk(name, 0);
		return rowsFrom(rows, ({chain, text, packets}) => [String(packets), chain, ...withoutComment(text)]);
	},
};
export default panel;

interface Row {
	readonly chain: string;
	readonly text: string;
	readonly packets: number;
}

const proxyChain = /^KUBE-(SERVICES|NODEPORTS|EXT-|SVC-|SVL-|SEP-|FW-|NODE-PORT)/;
