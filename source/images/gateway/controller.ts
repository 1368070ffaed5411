import {ApiError} from '../../api/status.js';
import type {KubeObject} from '../../api/object.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {FileError} from '../../os/files.js';
import {parseHttpRequest, textAnswer} from '../http/answer.js';
import {apiTrouble, flag} from '../metallb/memory.js';
import {httpConf} from './conf/http-conf.js';
import {initialize, reload, writeFiles} from './data-plane.js';
import {buildGraph} from './graph/graph.js';
import {isValid} from './graph/listeners.js';
import {elect, retryMs} from './leader.js';
import {say} from './log.js';
import {inertKinds, nginxGroup} from './manifest/nginx-crds.js';
import type {GatewayContext} from './memory.js';
import {readObjects, resources} from './resources.js';
import {writeStatuses} from './status.js';

/** Until the caches are filled. */
const cachesMs = 700;
/** Events that come together are one batch. */
const batchMs = 50;
const handler = 'eventLoop.eventHandler';

/** The control plane of NGINX Gateway Fabric: turns Gateways and routes into files for the nginx beside it, and tells them what became of them. */
export const gatewayControlPlane: Program = {
	name: 'nginx-gateway',
	watches: [
		resources.classes,
		resources.gateways,
		resources.httpRoutes,
		resources.grpcRoutes,
		resources.grants,
		resources.slices,
		'services',
		'secrets',
		'namespaces',
		...inertKinds.map(([, plural]) => `${plural}.${nginxGroup}`),
	],
	start(context) {
		if (context.argv.includes('initialize')) return runInitialize(context);
		if (!context.argv.includes('static-mode')) return usage(context);
		const port = (name: string, otherwise: string) => Number(flag(context.argv, name, otherwise));
		context.memory = {
			pod: {namespace: context.env['POD_NAMESPACE'] ?? '', name: context.env['POD_NAME'] ?? '', address: context.env['POD_IP'] ?? ''},
			className: flag(context.argv, 'gatewayclass', ''),
			controllerName: flag(context.argv, 'gateway-ctlr-name', ''),
			service: flag(context.argv, 'service', ''),
			leaseName: flag(context.argv, 'leader-election-lock-name', 'nginx-gateway-leader-election-lock'),
			metricsPort: port('metrics-port', '9113'),
			healthPort: port('health-port', '8081'),
			leader: false,
			batches: 0,
			reloads: 0,
			written: {},
			ready: false,
		};
		say(context, '', 'Starting NGINX Gateway Fabric in static mode', {
			version: '1.6.2',
			commit: '5f2a4b8f8d4c0a8f3f1a4f0f1d3c4b5a69788796',
			dirty: 'false',
		});
		context.wake(cachesMs, 'begin');
	},
	changed(context: GatewayContext, {object}) {
		if (!context.memory) return;
		if (object.apiVersion.startsWith(`${nginxGroup}/`)) context.machine.sim.notes.notSimulated(`NGINX Gateway Fabric: ${object.kind}`);
		else context.wake(batchMs, 'batch');
	},
	wake(context: GatewayContext, key) {
		const trouble = apiTrouble(context);
		if (trouble !== undefined) {
			say(context, 'controller-runtime.source.EventHandler', 'failed to list', {error: trouble}, 'error');
			context.wake(retryMs, key, {periodic: true});
			return;
		}

		if (key === 'begin') begin(context);
		else if (key === 'elect') lead(context);
		else handleBatch(context);
	},
	serve(context: GatewayContext, {local, bytes}) {
		const request = parseHttpRequest(bytes);
		const nowMs = context.machine.sim.clock.now();
		const {memory} = context;
		if (local.port === memory.metricsPort && request?.path === '/metrics') return textAnswer(request, nowMs, metrics(context));
		if (local.port !== memory.healthPort || request?.path !== '/readyz') return textAnswer(request, nowMs, '404 page not found\n', 404);
		return memory.ready
			? textAnswer(request, nowMs, 'ok')
			: textAnswer(request, nowMs, 'nginx has not yet become ready to accept traffic\n', 503);
	},
	signal(context, signal) {
		if (signal !== 'SIGTERM' && signal !== 'SIGINT') return;
		say(context, '', 'Stopping and waiting for non leader election runnables');
		context.exit(0);
	},
};

function runInitialize(context: ProgramContext): void {
	try {
		initialize(context);
		say(context, 'init', 'Finished initializing configuration');
		context.exit(0);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		context.log(`Error: failed to copy files: ${error.message}`, 'stderr');
		context.exit(1);
	}
}

function usage(context: ProgramContext): void {
	context.log(
		'Usage:\n  gateway [command]\n\nAvailable Commands:\n  initialize  Write initial configuration files\n  static-mode Configure NGINX in the scope of a single Gateway resource',
		'stdout',
	);
	context.exit(0);
}

function begin(context: GatewayContext): void {
	const {memory} = context;
	const absent = readObjects(context.client!) ? absentKind(context) : '"GatewayClass" in version "gateway.networking.k8s.io/v1"';
	if (absent !== undefined) {
		context.log(`failed to start control loop: failed to prepare the first batch: no matches for kind ${absent}`, 'stderr');
		context.exit(1);
		return;
	}

	context.listen('tcp', '*', memory.healthPort);
	context.listen('tcp', '*', memory.metricsPort);
	for (const [kind, plural] of inertKinds)
		if (someExist(context, `${plural}.${nginxGroup}`)) context.machine.sim.notes.notSimulated(`NGINX Gateway Fabric: ${kind}`);
	say(context, 'leader-election', `attempting to acquire leader lease ${memory.pod.namespace}/${memory.leaseName}...`);
	lead(context);
	handleBatch(context);
}

/** Whoever forgets `crds.yaml` meets a control plane that does not come up. */
function absentKind({client}: GatewayContext): string | undefined {
	for (const [kind, plural, version] of inertKinds) {
		try {
			if (version) client!.list<KubeObject>(`${plural}.${nginxGroup}`);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (error.status.code === 404) return `"${kind}" in version "${nginxGroup}/${version}"`;
		}
	}
	return undefined;
}

function someExist({client}: GatewayContext, resource: string): boolean {
	try {
		return client!.list<KubeObject>(resource).length > 0;
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return false;
	}
}

function lead(context: GatewayContext): void {
	const before = context.memory.leader;
	const leader = elect(context);
	context.memory = {...context.memory, leader};
	if (leader && !before) {
		const {pod, leaseName} = context.memory;
		say(context, 'leader-election', `successfully acquired lease ${pod.namespace}/${leaseName}`);
		context.wake(batchMs, 'batch');
	}

	context.wake(retryMs, 'elect', {periodic: true});
}

/** Everything is worked out anew; nginx is only told what has changed. */
function handleBatch(context: GatewayContext): void {
	const {memory, client, machine} = context;
	const objects = readObjects(client!);
	if (!objects) return;
	const batchID = memory.batches + 1;
	const {className, controllerName, metricsPort, healthPort} = memory;
	const ports = new Map([
		[metricsPort, 'MetricsPort'],
		[healthPort, 'HealthPort'],
	]);
	const graph = buildGraph(objects, {className, controllerName, ports});
	context.memory = {...memory, batches: batchID};
	if (graph.gateways?.listeners.some(each => each.source.protocol === 'TLS' && isValid(each)))
		machine.sim.notes.notSimulated('NGINX Gateway Fabric: a listener with TLS mode Passthrough (TLSRoute); nothing listens on its port');
	if (writeFiles(context, httpConf(graph, objects))) reconfigure(context, batchID);
	if (!context.memory.leader) return;
	const nowMs = machine.sim.clock.now();
	for (const error of writeStatuses(graph, {client: client!, nowMs, controllerName, addresses: addresses(context)}))
		say(context, 'statusUpdater', 'Failed to update status', {error}, 'error');
}

function reconfigure(context: GatewayContext, batchID: number): void {
	const error = reload(context);
	if (error === undefined) {
		context.memory = {...context.memory, reloads: context.memory.reloads + 1, ready: true};
		say(context, handler, 'NGINX configuration was successfully updated', {batchID});
		return;
	}

	say(context, handler, 'Failed to update NGINX configuration', {batchID, error}, 'error');
	// Told again when nginx is there.
	context.memory = {...context.memory, written: {}};
	context.wake(retryMs, 'batch', {periodic: true});
}

/** Of the Service in front of nginx; the pod's own when there is none. */
function addresses({client, memory: {pod, service}}: GatewayContext): readonly object[] {
	const found = client!.find<any>('services', pod.namespace, service);
	const ip = (value: string) => ({type: 'IPAddress', value});
	if (!found) return pod.address === '' ? [] : [ip(pod.address)];
	if (found.spec.type !== 'LoadBalancer') return [ip(found.spec.clusterIP)];
	return (found.status?.loadBalancer?.ingress ?? []).map((each: any) => (each.ip ? ip(each.ip) : {type: 'Hostname', value: each.hostname}));
}

const metrics = ({memory: {className, reloads}}: GatewayContext): string =>
	`# HELP nginx_gateway_fabric_nginx_reloads_total Number of successful NGINX reloads\n# TYPE nginx_gateway_fabric_nginx_reloads_total counter\nnginx_gateway_fabric_nginx_reloads_total{class="${className}"} ${reloads}\n`;
