import {type ProxyContext, proxyOf} from './memory.js';

interface Metric {
	readonly name: string;
	readonly type: 'counter' | 'gauge';
	readonly help: string;
	/** Label text to value. */
	values(context: ProxyContext): Readonly<Record<string, number>>;
}

const v4 = 'ip_family="IPv4"';
const counter = (context: ProxyContext, name: string) => context.memory.counters[name] ?? 0;

/** What of /metrics says something about the simulated proxy, sorted by name as Prometheus prints. */
const metrics: readonly Metric[] = [
	{
		name: 'kubeproxy_iptables_ct_state_invalid_dropped_packets_total',
		type: 'counter',
		help: '[ALPHA] packets dropped by iptables to work around conntrack problems',
		values: context => ({'': accounted(context, 'ct_state_invalid_dropped_pkts')}),
	},
	{
		name: 'kubeproxy_iptables_localhost_nodeports_accepted_packets_total',
		type: 'counter',
		help: '[ALPHA] Number of packets accepted on nodeports of loopback interface',
		values: context => ({'': accounted(context, 'localhost_nps_accepted_pkts')}),
	},
	{
		name: 'kubeproxy_proxy_healthz_total',
		type: 'counter',
		help: '[ALPHA] Cumulative proxy healthz HTTP status',
		values: context => ({'code="200"': counter(context, 'healthz200'), 'code="503"': counter(context, 'healthz503')}),
	},
	{
		name: 'kubeproxy_proxy_livez_total',
		type: 'counter',
		help: '[ALPHA] Cumulative proxy livez HTTP status',
		values: context => ({'code="200"': counter(context, 'livez200'), 'code="503"': counter(context, 'livez503')}),
	},
	{
		name: 'kubeproxy_sync_full_proxy_rules_duration_seconds_count',
		type: 'counter',
		help: '[ALPHA] SyncProxyRules latency in seconds for full resyncs',
		values: context => ({[v4]: counter(context, 'full')}),
	},
	{
		name: 'kubeproxy_sync_partial_proxy_rules_duration_seconds_count',
		type: 'counter',
		help: '[ALPHA] SyncProxyRules latency in seconds for partial resyncs',
		values: context => ({[v4]: counter(context, 'partial')}),
	},
	{
		name: 'kubeproxy_sync_proxy_rules_iptables_last',
		type: 'gauge',
		help: '[ALPHA] Number of iptables rules written by kube-proxy in last sync',
		values: context => ({[`${v4},table="filter"`]: counter(context, 'filterRules'), [`${v4},table="nat"`]: counter(context, 'natRules')}),
	},
	{
		name: 'kubeproxy_sync_proxy_rules_iptables_restore_failures_total',
		type: 'counter',
		help: '[ALPHA] Cumulative proxy iptables restore failures',
		values: context => ({[v4]: counter(context, 'restoreFailures')}),
	},
	{
		name: 'kubeproxy_sync_proxy_rules_last_timestamp_seconds',
		type: 'gauge',
		help: '[ALPHA] The last time proxy rules were successfully synced',
		values: ({memory}) => ({[v4]: memory.lastSyncMs / 1000}),
	},
	{
		name: 'kubeproxy_sync_proxy_rules_no_local_endpoints_total',
		type: 'gauge',
		help: '[ALPHA] Number of services with a Local traffic policy and no endpoints',
		values: context => noLocalEndpoints(context),
	},
];

export const metricsText = (context: ProxyContext): string =>
	metrics.map(metric => `# HELP ${metric.name} ${metric.help}\n# TYPE ${metric.name} ${metric.type}\n${rows(metric, context)}`).join('');

const rows = (metric: Metric, context: ProxyContext) =>
	Object.entries(metric.values(context))
		.map(([labels, value]) => `${metric.name}${labels === '' ? '' : `{${labels}}`} ${value}\n`)
		.join('');

/** Packets that passed rules which count for this name in the kernel's accounting. */
const accounted = ({machine}: ProxyContext, name: string): number =>
	machine.stack.iptables
		.tables()
		.flatMap(table => table.chains.flatMap(chain => chain.rules))
		.filter(rule => rule.parsed.matches.some(match => match.options['nfacct-name']?.value === name))
		.reduce((sum, rule) => sum + rule.packets, 0);

function noLocalEndpoints(context: ProxyContext): Record<string, number> {
	const counts = {external: 0, internal: 0};
	for (const {port, endpoints} of proxyOf(context).map.ports.values()) {
		if (endpoints.length === 0 || endpoints.some(endpoint => endpoint.local)) continue;
		if (port.externalLocal) counts.external++;
		if (port.internalLocal) counts.internal++;
	}

	return {[`${v4},traffic_policy="external"`]: counts.external, [`${v4},traffic_policy="internal"`]: counts.internal};
}
