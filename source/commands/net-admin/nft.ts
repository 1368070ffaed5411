import type {TableName} from '../../net/iptables/iptables.js';
import {tableOrder} from '../../net/iptables/table.js';
import {refuse, stackOf, tool} from './tool.js';

/** What iptables keeps in nf_tables; its rules are shown by iptables itself. */
export default tool({
	name: 'nft',
	summary: 'list nftables tables',
	path: '/usr/sbin/nft',
	run(io) {
		const [verb, what, family, ...rest] = io.argv.slice(1).filter(word => word !== '-a' && word !== '-n');
		if (verb === '-v' || verb === '--version') {
			io.out('nftables v1.0.9 (Old Doc Yak #3)\n');
			return 0;
		}

		const {rules, rules6} = stackOf(io).kernel;
		const bases = [
			['ip', rules],
			['ip6', rules6],
		] as const;
		const wanted = bases.filter(([name]) => family === undefined || family === name);
		const found = wanted.flatMap(([name, base]) =>
			tableOrder.filter((table: TableName) => base.exists(table)).map(table => [name, table] as const),
		);
		const known = verb === 'list' && rest.length === 0 && (family === undefined || wanted.length > 0);
		if (known && what === 'tables') {
			for (const [name, table] of found) io.out(`table ${name} ${table}\n`);
			return 0;
		}

		return known && what === 'ruleset' && found.length === 0 ? 0 : refuse(io, io.argv.join(' '));
	},
});
