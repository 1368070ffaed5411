import type {Namespace} from '../../net/namespace.js';

export interface Module {
	readonly name: string;
	readonly sizeBytes: number;
	/** Modules that use it. */
	readonly usedBy?: readonly string[];
	/** Loaded by itself: at boot, or once something needs it. */
	readonly loaded?: 'boot' | 'ipvs';
}

const ipvs = {loaded: 'ipvs'} as const;

/** Modules of the kernel (sizes as on RHEL 9), in the order in which lsmod shows those that are loaded. */
export const modules: readonly Module[] = [
	{name: 'ip_vs_sed', sizeBytes: 12_288},
	{name: 'ip_vs_nq', sizeBytes: 12_288},
	{name: 'ip_vs_lc', sizeBytes: 12_288},
	{name: 'ip_vs_wlc', sizeBytes: 12_288},
	{name: 'ip_vs_dh', sizeBytes: 16_384},
	{name: 'ip_vs_sh', sizeBytes: 12_288, ...ipvs},
	{name: 'ip_vs_wrr', sizeBytes: 12_288, ...ipvs},
	{name: 'ip_vs_rr', sizeBytes: 12_288, ...ipvs},
	{name: 'ip_vs_mh', sizeBytes: 16_384},
	{
		name: 'ip_vs',
		sizeBytes: 237_568,
		usedBy: ['ip_vs_rr', 'ip_vs_sh', 'ip_vs_wrr', 'ip_vs_sed', 'ip_vs_nq', 'ip_vs_lc', 'ip_vs_wlc', 'ip_vs_dh', 'ip_vs_mh'],
		...ipvs,
	},
	{name: 'xt_set', sizeBytes: 20_480, ...ipvs},
	{name: 'ip_set_hash_ipport', sizeBytes: 57_344, ...ipvs},
	{name: 'ip_set', sizeBytes: 69_632, usedBy: ['ip_set_hash_ipport', 'xt_set'], ...ipvs},
	{name: 'dummy', sizeBytes: 16_384, ...ipvs},
	{name: 'xt_statistic', sizeBytes: 12_288, loaded: 'boot'},
	{name: 'xt_MASQUERADE', sizeBytes: 16_384, loaded: 'boot'},
	{name: 'xt_nat', sizeBytes: 16_384, loaded: 'boot'},
	{name: 'xt_mark', sizeBytes: 12_288, loaded: 'boot'},
	{name: 'xt_conntrack', sizeBytes: 12_288, loaded: 'boot'},
	{name: 'xt_comment', sizeBytes: 12_288, loaded: 'boot'},
	{name: 'xt_addrtype', sizeBytes: 12_288, loaded: 'boot'},
	{name: 'nft_compat', sizeBytes: 20_480, loaded: 'boot'},
	{name: 'nft_chain_nat', sizeBytes: 12_288, loaded: 'boot'},
	{name: 'nf_nat', sizeBytes: 65_536, usedBy: ['xt_nat', 'nft_chain_nat', 'xt_MASQUERADE'], loaded: 'boot'},
	{name: 'nf_conntrack', sizeBytes: 229_376, usedBy: ['xt_conntrack', 'nf_nat', 'xt_nat', 'xt_MASQUERADE', 'ip_vs'], loaded: 'boot'},
	{name: 'nf_defrag_ipv6', sizeBytes: 24_576, usedBy: ['nf_conntrack'], loaded: 'boot'},
	{name: 'nf_defrag_ipv4', sizeBytes: 12_288, usedBy: ['nf_conntrack'], loaded: 'boot'},
	{name: 'nf_tables', sizeBytes: 360_448, usedBy: ['nft_compat', 'nft_chain_nat'], loaded: 'boot'},
	{name: 'br_netfilter', sizeBytes: 36_864, loaded: 'boot'},
	{name: 'bridge', sizeBytes: 417_792, usedBy: ['br_netfilter'], loaded: 'boot'},
	{name: 'stp', sizeBytes: 12_288, usedBy: ['bridge'], loaded: 'boot'},
	{name: 'llc', sizeBytes: 16_384, usedBy: ['bridge', 'stp'], loaded: 'boot'},
	{name: 'overlay', sizeBytes: 237_568, loaded: 'boot'},
	{name: 'veth', sizeBytes: 45_056, loaded: 'boot'},
	{name: 'libcrc32c', sizeBytes: 12_288, usedBy: ['nf_conntrack', 'nf_nat', 'nf_tables', 'xfs', 'ip_vs'], loaded: 'boot'},
	{name: 'xfs', sizeBytes: 2_650_112, loaded: 'boot'},
];

/** What modprobe loaded or unloaded by hand. */
const byHand = (stack: Namespace) => stack.kernel.space.table<'loaded' | 'unloaded'>('modules')();

export function isLoaded(stack: Namespace, {name, loaded}: Module): boolean {
	const choice = byHand(stack).get(name);
	if (choice) return choice === 'loaded';
	return loaded === 'boot' || (loaded === 'ipvs' && stack.ipvs.services().length > 0);
}

/** The name as the kernel has it: dashes and underscores are the same. */
export const findModule = (name: string): Module | undefined => modules.find(module => module.name === name.replaceAll('-', '_'));

/** With a module comes what it needs (modules.dep). */
export function setLoaded(stack: Namespace, name: string, loaded: boolean): void {
	byHand(stack).set(name, loaded ? 'loaded' : 'unloaded');
	if (!loaded) return;
	for (const needed of modules.filter(({usedBy}) => usedBy?.includes(name)))
		if (!isLoaded(stack, needed)) setLoaded(stack, needed.name, true);
}

export const usersOf = (stack: Namespace, module: Module): string[] =>
	(module.usedBy ?? []).filter(name => isLoaded(stack, findModule(name)!));
