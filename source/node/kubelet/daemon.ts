import {rfc3339} from '../../api/values/time.js';
import type {Program, ProgramContext} from '../program/program.js';
import {serveTls} from '../net/tls-server.js';
import {nodeUsage} from '../host/usage.js';
import {klogTime} from './journal.js';
import {judge} from './judge.js';
import {resourceMetrics} from './resource-metrics.js';

/** Name of a kubelet's clock actor. */
export const kubeletActor = (node: string): string => `kubelet/${node}`;

const healthPort = 10_248;

/**
 * The kubelet's process on its host: it listens on the ports that others know it by, and tells the kubelet itself (`kubelet.ts`) when it
 * has started. While the process is gone the kubelet does nothing; containers run on.
 */
export const kubeletDaemon: Program = {
	name: 'kubelet',
	start(context) {
		const nowMs = context.machine.sim.clock.now();
		if (unconfigured(context)) {
			context.wake(loadMs, 'give up');
			return;
		}

		context.memory = {startedMs: nowMs};
		context.listen('tcp', '*', 10250);
		context.listen('tcp', '127.0.0.1', healthPort);
		context.machine.sim.clock.schedule(0, kubeletActor(context.machine.host), 'start');
	},
	wake(context) {
		const {machine, pid} = context;
		const stamp = `E${klogTime(machine.sim.clock.now())} ${String(pid).padStart(7)}`;
		context.log(`${stamp} run.go:72] "command failed" err="${unconfigured(context) ?? 'the configuration came too late'}"`, 'stderr');
		context.exit(1);
	},
	serve(context, {bytes, local}) {
		const nowMs = context.machine.sim.clock.now();
		if (local.port === healthPort) return {bytes: health(pathOf(bytes), nowMs), end: 'closed'};
		const authorities = textOf(context, '/etc/kubernetes/pki/ca.crt');
		return serveTls(
			bytes,
			{certificate: textOf(context, '/var/lib/kubelet/pki/kubelet.crt'), clientAuthorities: authorities, clients: 'wanted', nowMs},
			(inner, certificate) => ({bytes: answer(context, inner, certificate, authorities), delayMs: 3}),
		);
	},
};

/** Until it has read its flags and files. */
const loadMs = 60;

/** Before `kubeadm join` and after `kubeadm reset` it has nothing to start with. */
function unconfigured({machine: {files}}: ProgramContext): string | undefined {
	const config = '/var/lib/kubelet/config.yaml';
	if (!files.exists(config))
		return `failed to load kubelet config file, path: ${config}, error: failed to load Kubelet config file ${config}, error failed to read kubelet config file \\"${config}\\", error: open ${config}: no such file or directory`;
	const bootstrap = '/etc/kubernetes/bootstrap-kubelet.conf';
	if (files.exists('/etc/kubernetes/kubelet.conf') || files.exists(bootstrap)) return undefined;
	return `failed to run Kubelet: unable to load bootstrap kubeconfig: stat ${bootstrap}: no such file or directory`;
}

const pathOf = (bytes: string) => /^[A-Z]+ ([^\s?]+)/.exec(bytes)?.[1] ?? '/';

function textOf({machine: {files}}: ProgramContext, path: string): string {
	return files.exists(path) ? files.readText(path) : '';
}

const notFound = '404 page not found\n';
const health = (path: string, nowMs: number) =>
	path === '/healthz' ? http('200 OK', 'ok', nowMs) : http('404 Not Found', notFound, nowMs);

/** The port that the API server and metrics-server ask; nobody is served unknown. */
function answer(context: ProgramContext, request: string, certificate: string | undefined, authorities: string): string {
	const {machine} = context;
	const nowMs = machine.sim.clock.now();
	const path = pathOf(request);
	const refusal = judge(context, request, path, certificate, authorities);
	if (refusal) return http(refusal.status, refusal.body, nowMs);
	switch (path) {
		case '/healthz':
			return http('200 OK', 'ok', nowMs);
		case '/metrics/resource':
			return http('200 OK', resourceMetrics(nodeUsage(machine, context.memory?.startedMs ?? 0), nowMs), nowMs);
		case '/pods':
			return http('200 OK', JSON.stringify({kind: 'PodList', apiVersion: 'v1', metadata: {}, items: podsOf(context)}), nowMs);
		default:
			machine.sim.notes.notSimulated(`kubelet ${path}`);
			return http('404 Not Found', notFound, nowMs);
	}
}

const podsOf = ({api, machine: {host}}: ProgramContext) => api?.reader.indexed('pods', 'spec.nodeName', host) ?? [];

const http = (status: string, body: string, nowMs: number) =>
	`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\nDate: ${rfc3339(nowMs)}\r\nConnection: close\r\n\r\n${body}`;
