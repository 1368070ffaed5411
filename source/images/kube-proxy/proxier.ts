import {createRecorder} from '../../api/event-recorder.js';
import {openHealthPorts} from './health.js';
import {listAll} from './informers.js';
import {ensureSysctl, setConntrack} from './kernel-settings.js';
import {type ProxyContext, proxyOf} from './memory.js';
import {startMonitor} from './monitor.js';
import {sync} from './sync-runner.js';

const informerMs = 100;
const controllers = [
	['config.go:199', 'Starting service config controller', 'service config'],
	['config.go:105', 'Starting endpoint slice config controller', 'endpoint slice config'],
	['config.go:440', 'Starting serviceCIDR config controller', 'serviceCIDR config'],
	['config.go:329', 'Starting node config controller', 'node config'],
] as const;

/** The node is known: sets the kernel up, opens the health ports, starts to watch. */
export function beginProxying(context: ProxyContext): void {
	const {log} = proxyOf(context);
	const {config, settings} = context.memory;
	const {stack} = context.machine;
	setConntrack(stack, config, log);
	if (config.nodePortAddresses.length === 0) {
		const advice =
			'nodePortAddresses is unset; NodePort connections will be accepted on all local IPs. Consider using `--nodeport-addresses primary`';
		log.error('server.go:245', 'Kube-proxy configuration may be incomplete or incorrect', advice);
	}

	log.info('server.go:254', 'kube-proxy running in dual-stack mode', {'primary ipFamily': 'IPv4'});
	if (!settings!.ifLocal && ['', 'ClusterCIDR'].includes(config.detectLocalMode)) {
		const fields = {ipFamily: 'IPv4', clusterCIDRs: null};
		log.info('server_linux.go:449', 'Detect-local-mode set to ClusterCIDR, but no cluster CIDR specified for primary IP family', fields);
	}

	if (config.mode === 'ipvs') beginIpvs(context);
	else beginIptables(context);
	log.info('server.go:516', 'Version info', {version: 'v1.33.1'});
	log.info('server.go:518', 'Golang settings', {GOGC: '', GOMAXPROCS: '', GOTRACEBACK: ''});
	for (const [where, message, controller] of controllers) {
		log.info(where, message);
		log.info('shared_informer.go:350', 'Waiting for caches to sync', {controller});
	}

	openHealthPorts(context);
	context.wake(informerMs, 'informers');
}

function beginIptables(context: ProxyContext): void {
	const {log} = proxyOf(context);
	const {config, settings} = context.memory;
	log.info('server_linux.go:145', 'Using iptables Proxier');
	if (settings!.localhostNodePorts) {
		const text =
			'Setting route_localnet=1 to allow node-ports on localhost; to change this either disable iptables.localhostNodePorts (--iptables-localhost-nodeports) or set nodePortAddresses (--nodeport-addresses) to filter loopback addresses';
		log.info('proxier.go:243', text, {ipFamily: 'IPv4'});
		ensureSysctl(context.machine.stack, log, 'net.ipv4.conf.all.route_localnet', '1');
	}

	for (const ipFamily of ['IPv4', 'IPv6']) {
		log.debug('proxier.go:266', 'Using iptables mark for masquerade', {ipFamily, mark: settings!.mark});
		log.debug('proxier.go:311', 'Iptables sync params', {ipFamily, ...periods(config), burstSyncs: 2});
		log.debug('proxier.go:321', 'Iptables supports --random-fully', {ipFamily});
	}

	startMonitor(context);
}

function beginIpvs(context: ProxyContext): void {
	const {log} = proxyOf(context);
	const {config} = context.memory;
	const {stack} = context.machine;
	log.info('server_linux.go:188', 'Using ipvs Proxier');
	ensureSysctl(stack, log, 'net.ipv4.vs.conntrack', '1');
	ensureSysctl(stack, log, 'net.ipv4.vs.expire_nodest_conn', '1');
	ensureSysctl(stack, log, 'net.ipv4.vs.expire_quiescent_template', '1');
	ensureSysctl(stack, log, 'net.ipv4.ip_forward', '1');
	if (config.strictArp) {
		ensureSysctl(stack, log, 'net.ipv4.conf.all.arp_ignore', '1');
		ensureSysctl(stack, log, 'net.ipv4.conf.all.arp_announce', '2');
	}

	const [tcp, tcpFin, udp] = config.ipvsTimeoutsMs.map(ms => Math.floor(ms / 1000)) as [number, number, number];
	if (tcp || tcpFin || udp) stack.ipvs.setTimeouts(tcp, tcpFin, udp);
	for (const ipFamily of ['IPv4', 'IPv6']) {
		if (config.scheduler === '') log.info('proxier.go:376', 'IPVS scheduler not specified, use rr by default', {ipFamily});
		log.debug('proxier.go:340', 'ipvs sync params', {ipFamily, ...periods(config), burstSyncs: 2});
	}
}

const periods = (config: {minSyncMs: number; syncMs: number}) => ({
	minSyncPeriod: goSeconds(config.minSyncMs),
	syncPeriod: goSeconds(config.syncMs),
});
const goSeconds = (ms: number) => (ms >= 60_000 ? `${Math.floor(ms / 60_000)}m${(ms % 60_000) / 1000}s` : `${ms / 1000}s`);

/** The first lists have come in: the first sync is a full one. */
export function informersSynced(context: ProxyContext): void {
	if (!listAll(context)) return;
	sync(context);
	announce(context);
}

/** The event that every start leaves about its Node (app/server.go birthCry). */
function announce({client, machine, memory}: ProxyContext): void {
	if (!client) return;
	const record = createRecorder({client, sim: machine.sim, component: 'kube-proxy', host: memory.nodeName, style: 'series'});
	record({kind: 'Node', metadata: {name: memory.nodeName, uid: memory.nodeName}}, 'Normal', 'Starting', '', {action: 'StartKubeProxy'});
}
