import {parseDocument} from 'yaml';
import {configSchema} from './config-schema.js';

/** What of KubeProxyConfiguration decides something in here, with the defaults filled in (pkg/proxy/apis/config/v1alpha1/defaults.go). */
export interface ProxyConfig {
	readonly mode: string;
	readonly clusterCIDR: string;
	readonly detectLocalMode: string;
	readonly bridgeInterface: string;
	readonly interfaceNamePrefix: string;
	readonly localhostNodePorts: boolean;
	readonly masqueradeAll: boolean;
	readonly masqueradeBit: number;
	readonly minSyncMs: number;
	readonly syncMs: number;
	readonly scheduler: string;
	readonly strictArp: boolean;
	readonly excludeCidrs: readonly string[];
	readonly ipvsTimeoutsMs: readonly [number, number, number];
	readonly nodePortAddresses: readonly string[];
	readonly conntrackMaxPerCore: number;
	readonly conntrackMin: number;
	readonly tcpBeLiberal: boolean;
	readonly hostnameOverride: string;
	readonly kubeconfig: string;
	readonly verbosity: number;
}

/** Ends the start with `"command failed" err="<message>"` and exit status 1. */
export class ConfigError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'ConfigError';
	}
}

/** Reads config.conf. `warn` hears of fields that the strict decoder refuses; the lenient one then goes on without them. */
export function parseConfig(text: string, warn: (error: string) => void): ProxyConfig {
	const {config, unknown} = known?.text === text ? known : (known = {text, ...read(text)});
	if (unknown.length > 0) warn(`strict decoding error: ${unknown.map(path => `unknown field ${JSON.stringify(path)}`).join(', ')}`);
	return config;
}

/** All nodes read the same ConfigMap: the last text is remembered with what it means. */
let known: {text: string; config: ProxyConfig; unknown: readonly string[]} | undefined;

function read(text: string): {config: ProxyConfig; unknown: readonly string[]} {
	const raw = decode(text);
	return {config: withDefaults(raw), unknown: unknownFields(raw, configSchema, '')};
}

function decode(text: string): Record<string, any> {
	const document = parseDocument(text);
	const mistake = document.errors[0];
	if (mistake) {
		const line = mistake.linePos?.[0].line ?? 1;
		throw new ConfigError(
			`failed complete: failed to decode: error converting YAML to JSON: yaml: line ${line}: ${mistake.message.split(' at line ')[0]}`,
		);
	}

	const raw = document.toJS() as Record<string, any> | null;
	if (!raw?.['kind']) throw new ConfigError(`failed complete: failed to decode: Object 'Kind' is missing in '${text}'`);
	if (raw['kind'] !== 'KubeProxyConfiguration' || raw['apiVersion'] !== 'kubeproxy.config.k8s.io/v1alpha1') {
		throw new ConfigError(
			`failed complete: failed to decode: no kind "${raw['kind']}" is registered for version "${raw['apiVersion'] ?? ''}" in scheme "k8s.io/kubernetes/pkg/proxy/apis/config/scheme/scheme.go:34"`,
		);
	}

	return raw;
}

/** Paths of what the schema does not know, in the order of the file. */
function unknownFields(value: Record<string, any>, schema: Readonly<Record<string, any>>, prefix: string): string[] {
	return Object.entries(value).flatMap(([name, child]) => {
		const known = schema[name];
		if (known === undefined) return [prefix + name];
		return typeof known === 'object' && child && typeof child === 'object' ? unknownFields(child, known, `${prefix}${name}.`) : [];
	});
}

function withDefaults(raw: Record<string, any>): ProxyConfig {
	const iptables = raw['iptables'] ?? {};
	const ipvs = raw['ipvs'] ?? {};
	const conntrack = raw['conntrack'] ?? {};
	const own = raw['mode'] === 'ipvs' ? ipvs : iptables;
	return {
		mode: String(raw['mode'] ?? ''),
		clusterCIDR: String(raw['clusterCIDR'] ?? ''),
		detectLocalMode: String(raw['detectLocalMode'] ?? ''),
		bridgeInterface: String(raw['detectLocal']?.bridgeInterface ?? ''),
		interfaceNamePrefix: String(raw['detectLocal']?.interfaceNamePrefix ?? ''),
		localhostNodePorts: iptables.localhostNodePorts ?? true,
		masqueradeAll: Boolean(iptables.masqueradeAll),
		masqueradeBit: iptables.masqueradeBit ?? 14,
		minSyncMs: durationMs(own.minSyncPeriod) || 1000,
		syncMs: durationMs(own.syncPeriod) || 30_000,
		scheduler: String(ipvs.scheduler ?? ''),
		strictArp: Boolean(ipvs.strictARP),
		excludeCidrs: ipvs.excludeCIDRs ?? [],
		ipvsTimeoutsMs: [durationMs(ipvs.tcpTimeout), durationMs(ipvs.tcpFinTimeout), durationMs(ipvs.udpTimeout)],
		nodePortAddresses: raw['nodePortAddresses'] ?? [],
		conntrackMaxPerCore: conntrack.maxPerCore ?? 32_768,
		conntrackMin: conntrack.min ?? 131_072,
		tcpBeLiberal: Boolean(conntrack.tcpBeLiberal),
		hostnameOverride: String(raw['hostnameOverride'] ?? ''),
		kubeconfig: String(raw['clientConnection']?.kubeconfig ?? ''),
		verbosity: Number(raw['logging']?.verbosity ?? 0),
	};
}

const unitsMs: Readonly<Record<string, number>> = {h: 3_600_000, m: 60_000, s: 1000, ms: 1};

/** Go's duration spelling, `1m30s`; `0s` and absent are 0, which means "the default". */
function durationMs(value: unknown): number {
	if (value === undefined || value === null || value === '') return 0;
	let total = 0;
	for (const [, amount, unit] of String(value).matchAll(/([\d.]+)(h|ms|m|s)/g)) total += Number(amount) * unitsMs[unit!]!;
	return Math.round(total);
}
