import type {Chain, TableName} from '../../../net/iptables/iptables.js';

interface Hook {
	readonly type: 'filter' | 'nat' | 'route';
	/** By the name that nft has for it at this hook, where it has one. */
	readonly priority: string;
	readonly number: number;
}

const priorities: Readonly<Record<TableName, readonly [name: string, number: number]>> = {
	raw: ['raw', -300],
	mangle: ['mangle', -150],
	nat: ['', 0],
	filter: ['filter', 0],
	// iptables puts it behind nat; nft's own `security` is 50.
	security: ['150', 150],
};
const natPriorities: Readonly<Record<string, readonly [name: string, number: number]>> = {
	PREROUTING: ['dstnat', -100],
	INPUT: ['100', 100],
	OUTPUT: ['-100', -100],
	POSTROUTING: ['srcnat', 100],
};

function hookOf(table: TableName, chain: string): Hook {
	const [priority, number] = (table === 'nat' ? natPriorities[chain] : undefined) ?? priorities[table];
	return {type: table === 'nat' ? 'nat' : table === 'mangle' && chain === 'OUTPUT' ? 'route' : 'filter', priority, number};
}

/** Where a built-in chain is hooked in; undefined for one that rules jump to. */
export function baseLine(table: TableName, {name, policy}: Pick<Chain, 'name' | 'policy'>, numeric: boolean): string | undefined {
	if (policy === '-') return undefined;
	const {type, priority, number} = hookOf(table, name);
	return `type ${type} hook ${name.toLowerCase()} priority ${numeric ? number : priority}; policy ${policy.toLowerCase()};`;
}
