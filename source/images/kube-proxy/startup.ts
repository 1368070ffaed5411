import type {KubeObject} from '../../api/object.js';
import {ApiError} from '../../api/status.js';
import {apiServerAddress, dialError, requestError} from './api-server.js';
import {ConfigError, type ProxyConfig, parseConfig} from './config.js';
import type {Flags} from './flags.js';
import {klog} from './klog.js';
import {type ProxyContext, type ProxyMemory, proxyOf, remember} from './memory.js';
import {type NodeFacts, settingsOf} from './settings.js';
import {validateConfig} from './validate.js';

/** Reads and checks the configuration. Throws a ConfigError with what `"command failed"` says. */
export function loadConfig(context: ProxyContext, flags: Flags): ProxyConfig {
	const {files} = context.machine;
	let text = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';
	if (flags.config) {
		if (!files.exists(flags.config)) throw new ConfigError(`failed complete: open ${flags.config}: no such file or directory`);
		text = files.readText(flags.config);
	}

	const warn = (error: string) => klog(context, 0).info('options.go:360', 'Using lenient decoding as strict decoding failed', {err: error});
	const parsed = parseConfig(text, warn);
	// With --config, only the flags that are not part of the file count.
	const config = {
		...parsed,
		...(!flags.config && flags.proxyMode && {mode: flags.proxyMode}),
		...(flags.verbosity !== undefined && {verbosity: flags.verbosity}),
		...(flags.hostnameOverride && {hostnameOverride: flags.hostnameOverride}),
	};
	const mistake = validateConfig(config);
	if (mistake) throw new ConfigError(`failed validate: ${mistake}`);
	return config;
}

export function firstMemory(context: ProxyContext, config: ProxyConfig): ProxyMemory {
	return {
		config,
		nodeName: config.hostnameOverride || context.machine.hostname,
		apiServer: apiServerAddress(context, config.kubeconfig),
		nodeTries: 0,
		listTries: 0,
		synced: false,
		needFull: true,
		needRelist: true,
		lastFullMs: 0,
		lastFull6Ms: 0,
		lastSyncMs: 0,
		queuedMs: 0,
		recentSyncsMs: [],
		healthPorts: {},
		counters: {},
	};
}

/** Pauses between tries to read the Node (server.go: exponential, six steps in all). */
const nodeRetryMs = [1200, 2260, 4350, 8240, 17_110];

/** Asks for its Node; true when it knows enough to go on. Otherwise a wake-up `node` is on its way. */
export function learnNode(context: ProxyContext): boolean {
	const {memory} = context;
	const {log} = proxyOf(context);
	const dial = dialError(context);
	const node = dial ? undefined : readNode(context);
	const ip =
		typeof node === 'string' ? undefined : node?.['status']?.addresses?.find((address: any) => address.type === 'InternalIP')?.address;
	if (ip) {
		log.info('server.go:715', 'Successfully retrieved node IP(s)', {IPs: [ip]});
		adopt(context, factsOf(context, node as KubeObject, ip));
		return true;
	}

	const why = dial
		? requestError(context, 'Get', `/api/v1/nodes/${memory.nodeName}`, dial)
		: typeof node === 'string'
			? node
			: `nodes "${memory.nodeName}" not found`;
	log.error('server.go:704', 'Failed to retrieve node info', why);
	const pause = nodeRetryMs[memory.nodeTries];
	if (pause !== undefined) {
		remember(context, {nodeTries: memory.nodeTries + 1});
		context.wake(pause, 'node');
		return false;
	}

	log.info('server.go:684', "Can't determine this node's IP, assuming loopback; if this is incorrect, please set the --bind-address flag");
	adopt(context, factsOf(context, undefined, '127.0.0.1'));
	return true;
}

/** Its own Node, or why the API refuses to show it. */
function readNode({client, memory}: ProxyContext): KubeObject | string | undefined {
	try {
		return client?.find<KubeObject>('nodes', undefined, memory.nodeName);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return error.message;
	}
}

function factsOf(context: ProxyContext, node: KubeObject | undefined, ip: string): NodeFacts {
	const addresses = context.machine.stack.links.list().flatMap(link => link.addresses.map(entry => entry.address));
	return {
		name: context.memory.nodeName,
		ip,
		zone: zoneOf(node),
		podCidr: node?.['spec']?.podCIDR ?? '',
		addresses: addresses.filter(address => !address.includes(':')),
	};
}

const adopt = (context: ProxyContext, facts: NodeFacts) => remember(context, {settings: settingsOf(context.memory.config, facts)});

export const zoneOf = (node: KubeObject | undefined): string => node?.metadata.labels?.['topology.kubernetes.io/zone'] ?? '';
