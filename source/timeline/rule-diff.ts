import type {TableName} from '../net/iptables/iptables.js';
import type {Netstack} from '../net/netstack.js';
import type {VirtualServer} from '../net/ipvs/ipvs.js';
import type {World} from '../node/world.js';
import type {Snapshot} from '../sim/state.js';
import {countDiff} from './line-diff.js';
import type {RulesDiff} from './world-diff.js';

/** Lines by host and table: `k8s-node1`, `iptables nat`. */
type Rules = ReadonlyMap<string, readonly string[]>;

const tableNames: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter', 'security'];

/** The rules of the present world, of those hosts whose tables are not the same in `before` and `after`. */
export function readRules(world: World, before: Snapshot, after: Snapshot): Rules {
	const rules = new Map<string, readonly string[]>();
	for (const {name, stack} of world.hosts()) {
		const moved = (table: string) => before.tables.get(`net/${name}/${table}`) !== after.tables.get(`net/${name}/${table}`);
		if (moved('iptables')) for (const table of tableNames) rules.set(`${name}\u0000iptables ${table}`, iptablesLines(stack, table));
		if ([...before.tables.keys(), ...after.tables.keys()].some(table => table.startsWith(`net/${name}/ipvs`)))
			rules.set(`${name}\u0000ipvs`, stack.ipvs.services().flatMap(ipvsLines));
	}
	return rules;
}

export const ruleDiffs = (before: Rules, after: Rules): RulesDiff[] =>
	[...new Set([...before.keys(), ...after.keys()])].flatMap(key => {
		const [host, table] = key.split('\u0000') as [string, string];
		const lines = countDiff(before.get(key) ?? [], after.get(key) ?? []);
		return lines.length === 0 ? [] : [{host, table, lines}];
	});

/** As iptables-save prints them; a policy without its counters. */
const iptablesLines = ({iptables}: Netstack, table: TableName): string[] =>
	iptables
		.save(table)
		.split('\n')
		.filter(line => /^[:-]/.test(line))
		.map(line => line.replace(/ \[\d+:\d+\]$/, ''));

/** As `ipvsadm -Sn` writes them: what is set, without what has come and gone. */
const ipvsLines = ({protocol, address, port, scheduler, persistentSeconds, servers}: VirtualServer): string[] => {
	const service = protocol === 'fwmark' ? `-f ${port}` : `${{tcp: '-t', udp: '-u', sctp: '--sctp-service'}[protocol]} ${address}:${port}`;
	const ways = {Masq: '-m', Route: '-g', Tunnel: '-i', Local: '-g'};
	return [
		`-A ${service} -s ${scheduler}${persistentSeconds === undefined ? '' : ` -p ${persistentSeconds}`}`,
		...servers.map(server => `-a ${service} -r ${server.address}:${server.port} ${ways[server.forward]} -w ${server.weight}`),
	];
};
