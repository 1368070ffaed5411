import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import type {KubeObject} from '../../api/object.js';
import {categorize} from './endpoint.js';
import {type HttpRequest, httpAnswer, parseHttpRequest} from './http.js';
import {strftime} from '../../sim/strftime.js';
import {countUp, type Proxier, type ProxyContext, proxyOf, remember} from './memory.js';
import {metricsText} from './metrics.js';
import type {PortChange} from './service-map.js';

const metricsPort = 10_249;
const healthzPort = 10_256;
const plain = {'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff'};
const json = {'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff'};

export function openHealthPorts(context: ProxyContext): void {
	const {log} = proxyOf(context);
	const metrics = listen(context, '127.0.0.1', metricsPort);
	if (metrics)
		log.error('server.go:496', 'Unhandled Error', `starting metrics server failed: listen tcp 127.0.0.1:${metricsPort}: bind: ${metrics}`);
	const healthz = listen(context, '*', healthzPort);
	const address = `0.0.0.0:${healthzPort}`;
	if (healthz)
		log.error(
			'server.go:463',
			'Healthz server failed',
			`failed to start proxy healthz on ${address}: listen tcp ${address}: bind: ${healthz}`,
		);
}

/** Why the port cannot be had; undefined when it can. A taken port does not stop the proxy. */
function listen(context: ProxyContext, address: string, port: number): string | undefined {
	try {
		context.listen('tcp', address, port);
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

/** Opens and closes `healthCheckNodePort`s (pkg/proxy/healthcheck/service_health.go). */
export function listenHealthChecks({context, log}: Proxier, changes: readonly PortChange[]): void {
	const ports = {...context.memory.healthPorts};
	for (const {before, after} of changes) {
		const service = (after ?? before)!.port.service;
		const wanted = after?.port.healthCheckNodePort ?? 0;
		if ((ports[service] ?? 0) === wanted) continue;
		if (ports[service]) context.machine.stack.sockets.close('tcp', '*', ports[service]);
		delete ports[service];
		if (wanted === 0) continue;
		const taken = listen(context, '*', wanted);
		if (taken)
			log.error('service_health.go:171', 'Failed to start healthcheck', `listen tcp :${wanted}: bind: ${taken}`, {service, port: wanted});
		else ports[service] = wanted;
	}

	remember(context, {healthPorts: ports});
}

export function serveHealth(context: ProxyContext, {bytes, local}: ServiceRequest): ServiceAnswer {
	const nowMs = context.machine.sim.clock.now();
	const request = parseHttpRequest(bytes);
	if (!request)
		return {
			bytes: httpAnswer(nowMs, 400, {'Content-Type': 'text/plain; charset=utf-8', Connection: 'close'}, '400 Bad Request'),
			end: 'closed',
		};
	const {status, headers, body} = answer(context, local.port, request, nowMs);
	return {
		bytes: httpAnswer(nowMs, status, headers, body, request.method === 'HEAD'),
		end: request.headers['connection'] === 'close' ? 'closed' : 'open',
	};
}

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

function answer(context: ProxyContext, port: number, request: HttpRequest, nowMs: number): Answer {
	if (port === metricsPort) {
		const page = metricsPages[request.path];
		return page ? {status: 200, headers: plain, body: page(context)} : notFound;
	}

	if (port === healthzPort)
		return request.path === '/healthz' || request.path === '/livez' ? proxyHealth(context, request.path, nowMs) : notFound;
	return serviceHealth(context, port, nowMs);
}

const notFound: Answer = {status: 404, headers: plain, body: '404 page not found\n'};

const metricsPages: Readonly<Record<string, (context: ProxyContext) => string>> = {
	'/proxyMode': ({memory}) => memory.config.mode || 'iptables',
	'/healthz': () => 'ok',
	'/metrics': metricsText,
	'/configz': ({memory}) => JSON.stringify({'kubeproxy.config.k8s.io': {Mode: memory.config.mode, ClusterCIDR: memory.config.clusterCIDR}}),
};

/** A queued sync that is later than twice the sync period means that this proxy is stuck. */
const isLive = ({memory}: ProxyContext, nowMs: number) => memory.queuedMs === 0 || nowMs - memory.queuedMs < 2 * memory.config.syncMs;

function proxyHealth(context: ProxyContext, path: string, nowMs: number): Answer {
	const {memory, client} = context;
	const live = isLive(context, nowMs);
	const node = client?.find<KubeObject>('nodes', undefined, memory.nodeName);
	const leaving = node?.metadata.deletionTimestamp !== undefined || taints(node).includes('ToBeDeletedByClusterAutoscaler');
	const eligible = path === '/livez' || !leaving;
	const last = goTime(memory.lastSyncMs, 362_523_751 % 1_000_000);
	const body = JSON.stringify({
		lastUpdated: live && eligible ? goTime(nowMs, 4992) : last,
		currentTime: goTime(nowMs, 881),
		...(path === '/healthz' && {nodeEligible: !leaving}),
		healthy: live,
		status: {IPv4: {lastUpdated: last, healthy: live}, IPv6: {lastUpdated: goTime(memory.lastSyncMs, 475_763), healthy: live}},
	});
	const status = live && eligible ? 200 : 503;
	countUp(context, `${path === '/healthz' ? 'healthz' : 'livez'}${status}`);
	return {status, headers: json, body};
}

const taints = (node: KubeObject | undefined): string[] => (node?.['spec']?.taints ?? []).map((taint: any) => taint.key);

/** RFC 3339 with nanoseconds; those below the millisecond are made up. */
function goTime(ms: number, nanoseconds: number): string {
	return `${strftime('%FT%T.%3N', ms)}${String(nanoseconds).padStart(6, '0')}Z`;
}

function serviceHealth(context: ProxyContext, port: number, nowMs: number): Answer {
	const {map} = proxyOf(context);
	const ports = [...map.ports.values()].filter(state => state.port.healthCheckNodePort === port);
	const service = ports[0]?.port.service;
	if (!service) return notFound;
	const [namespace, name] = service.split('/');
	const local = new Set(
		ports.flatMap(state =>
			(categorize(state.endpoints, state.port, context.memory.settings!).local ?? []).filter(e => e.ready).map(e => e.ip),
		),
	);
	const live = isLive(context, nowMs);
	const body = `{\n\t"service": {\n\t\t"namespace": "${namespace}",\n\t\t"name": "${name}"\n\t},\n\t"localEndpoints": ${local.size},\n\t"serviceProxyHealthy": ${live}\n}`;
	return {status: local.size > 0 && live ? 200 : 503, headers: {...json, 'X-Load-Balancing-Endpoint-Weight': String(local.size)}, body};
}
