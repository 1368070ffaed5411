import type {WatchEvent} from '../../api/client.js';
import type {Program} from '../../node/program/program.js';
import {cleanUp} from './cleanup.js';
import {ConfigError, type ProxyConfig} from './config.js';
import {type Flags, parseFlags} from './flags.js';
import {serveHealth} from './health.js';
import {drainServers} from './ipvs-drain.js';
import {goQuote, klog} from './klog.js';
import {type ProxyContext, proxyOf, remember} from './memory.js';
import {lookAfterCanary} from './monitor.js';
import {beginProxying, informersSynced} from './proxier.js';
import {slices, services} from './service-map.js';
import {firstMemory, learnNode, loadConfig, zoneOf} from './startup.js';
import {queueSync, sync} from './sync-runner.js';

/** kube-proxy v1.33 in its pod: turns Services and EndpointSlices into iptables rules or IPVS virtual servers of its node. */
export const kubeProxy: Program = {
	name: 'kube-proxy',
	watches: [services, slices, 'nodes'],
	start: context => begin(context),
	wake(context, key) {
		const reaction = wakeUps[key];
		if (!reaction) throw new Error(`kube-proxy was woken for ${key}`);
		reaction(context);
	},
	changed: (context, event) => hear(context, event),
	serve: (context, request) => serveHealth(context, request),
	// SIGTERM just ends it: every rule stays.
	signal(context, signal) {
		if (signal !== 'SIGHUP') context.exit(signal === 'SIGTERM' ? 143 : 130);
	},
};

const wakeUps: Readonly<Record<string, (context: ProxyContext) => void>> = {
	node(context) {
		if (learnNode(context)) beginProxying(context);
	},
	informers: informersSynced,
	sync,
	resync: sync,
	monitor: lookAfterCanary,
	canary: lookAfterCanary,
	drain: drainServers,
};

function begin(context: ProxyContext): void {
	try {
		const {flags, unknown} = parseFlags(context.argv);
		if (unknown.length > 0) refuse(context, `kube-proxy ${unknown[0]}`);
		else if (flags.version) {
			context.log('Kubernetes v1.33.1', 'stdout');
			context.exit(0);
		} else if (flags.cleanup) {
			const {mode, verbosity} = loadConfig(context, flags);
			if (mode === '') klog(context, verbosity).info('server_linux.go:63', 'Using iptables proxy');
			cleanUp(context);
			context.exit(0);
		} else {
			run(context, loadConfig(context, flags), flags.values);
		}
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		klog(context, 0).error('run.go:72', 'command failed', error.message);
		context.exit(1);
	}
}

function run(context: ProxyContext, config: ProxyConfig, flags: Flags['values']): void {
	if (config.mode === 'nftables') {
		refuse(context, 'kube-proxy mode nftables');
		return;
	}

	context.memory = firstMemory(context, config);
	proxyOf(context).map.clear();
	const {log} = proxyOf(context);
	if (config.mode === '') log.info('server_linux.go:63', 'Using iptables proxy');
	for (const [name, value] of flags) log.plain('flags.go:64', `FLAG: --${name}=${goQuote(value)}`);
	log.plain('feature_gate.go:384', 'feature gates: {map[]}');
	if (learnNode(context)) beginProxying(context);
}

function refuse(context: ProxyContext, what: string): void {
	context.machine.sim.notes.notSimulated(what);
	context.log(`kubelab: not simulated: ${what}`, 'stderr');
	context.exit(125);
}

/** Notes what changed. A node's label may move its zone, and with it every rule. */
function hear(context: ProxyContext, event: WatchEvent): void {
	if (!context.memory?.synced) return;
	const {map} = proxyOf(context);
	const {settings, nodeName} = context.memory;
	if (event.object.kind === 'Node') {
		if (event.object.metadata.name !== nodeName || event.type === 'DELETED' || zoneOf(event.object) === settings?.zone) return;
		remember(context, {settings: {...settings!, zone: zoneOf(event.object)}, needFull: true});
		queueSync(context);
	} else if (map.note(event)) {
		queueSync(context);
	}
}
