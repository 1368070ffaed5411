import type {Netstack} from '../../net/netstack.js';
import type {Klog} from './klog.js';
import type {ProxyConfig} from './config.js';

const cores = 4;

/** Conntrack sysctls of every mode (cmd/kube-proxy/app/conntrack.go): logged only where the value was another one. */
export function setConntrack(stack: Netstack, config: ProxyConfig, log: Klog): void {
	const max = Math.max(config.conntrackMaxPerCore * cores, config.conntrackMaxPerCore > 0 ? config.conntrackMin : 0);
	if (max > 0 && Number(stack.sysctl('net.netfilter.nf_conntrack_max') ?? 0) < max) {
		set(stack, log, 'net.netfilter.nf_conntrack_max', max);
		log.info('conntrack.go:60', 'Setting nf_conntrack_max', {nfConntrackMax: max});
	}

	set(stack, log, 'net.netfilter.nf_conntrack_tcp_timeout_established', 86_400);
	set(stack, log, 'net.netfilter.nf_conntrack_tcp_timeout_close_wait', 3600);
}

function set(stack: Netstack, log: Klog, name: string, value: number): void {
	if (stack.sysctl(name) === String(value)) return;
	log.info('conntrack.go:121', 'Set sysctl', {entry: name.replaceAll('.', '/'), value});
	stack.setSysctl(name, String(value));
}

export function ensureSysctl(stack: Netstack, log: Klog, name: string, value: string): void {
	const before = stack.sysctl(name) ?? '0';
	if (before === value) return;
	stack.setSysctl(name, value);
	log.debug('utils.go:185', 'Changed sysctl', {name: name.replaceAll('.', '/'), before: Number(before), after: Number(value)});
}
