import type {WatchEvent} from '../../api/client.js';
import {ApiError} from '../../api/status.js';
import type {Program} from '../../node/program/program.js';
import {apiTrouble} from '../metallb/memory.js';
import {answerReview} from './admission/webhook.js';
import {answerHealth} from './health.js';
import {elect} from './leader.js';
import {type Log, logOf, silence} from './log.js';
import {type ControllerContext, note, resources, split} from './memory.js';
import {isNginxPort, reloadFile, serveNginx} from './nginx/nginx.js';
import {record} from './record.js';
import {shutDown} from './shutdown.js';
import {begin, connect, die, prepare} from './startup.js';
import {planStatus, tickStatus} from './status.js';
import {lookAtClasses, lookAtIngress, lookAtSecret, watchedSecrets} from './store.js';
import {requestSync, sync} from './sync.js';

/** Until the caches are filled, and until nginx is started after that. */
const cachesMs = 100;
const nginxMs = 1200;
const retryMs = 1000;
/** Between an API change and the reflector that hears of it. */
const watchMs = 5;

/** nginx-ingress-controller: watches Ingresses, compiles them for nginx, judges new ones, writes their status. nginx is part of it here. */
export const controller: Program = {
	name: 'nginx-ingress-controller',
	watches: [resources.ingresses, resources.classes, 'services', resources.slices, 'secrets', 'configmaps'],
	start: begin,
	changed(context, event) {
		const key = context.memory?.phase === 'running' ? wakeUpFor(context, event) : undefined;
		if (key) context.wake(watchMs, key);
	},
	wake(context: ControllerContext, key) {
		const log = logOf(context);
		const task = key.split(' ')[0]!;
		if (task === 'client') {
			begun(context, log);
			return;
		}

		if (task === 'exit') {
			log.info('sigterm.go:49', 'Exiting', {code: 0});
			context.exit(0);
			return;
		}

		if (context.memory.phase === 'stopping') return;
		attempt(context, log, key, () => tasks[task]!(context, log, key.slice(task.length + 1)));
	},
	serve(context, request) {
		const {port} = request.local;
		const {given} = context.memory as ControllerContext['memory'];
		if (isNginxPort(port, context.memory)) return serveNginx(context, request);
		return port === Number(given['healthz-port']) ? answerHealth(context, request.bytes) : answerReview(context, request);
	},
	signal(context, signal) {
		if (signal === 'SIGTERM' || signal === 'SIGINT') shutDown(context, logOf(context), signal);
		if (signal === 'SIGHUP') reloadFile(context);
	},
};

function begun(context: ControllerContext, log: Log): void {
	const connected = connect(context, log);
	if (connected === false) return;
	const wrong = connected === true ? prepare(context, log) : connected.error;
	if (wrong !== undefined) die(context, log, 'main.go:325', wrong);
	else listenForHealth(context, log);
}

function listenForHealth(context: ControllerContext, log: Log): void {
	const {given} = context.memory;
	try {
		context.listen('tcp', given['healthz-host'] || '*', Number(given['healthz-port']));
	} catch {
		die(context, log, 'main.go:174', `listen tcp :${given['healthz-port']}: bind: address already in use`);
		return;
	}

	context.wake(cachesMs, 'caches');
}

/** Without the API, what is known stays in force; the task waits. */
function attempt(context: ControllerContext, log: Log, key: string, task: () => void): void {
	const again = () => context.wake(retryMs, key, {periodic: true});
	const trouble = apiTrouble(context);
	if (trouble !== undefined) {
		if (key === 'elect') logLost(context, log, trouble);
		again();
		return;
	}

	try {
		task();
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		log.plain('E', 'queue.go:130', `"requeuing" err=${JSON.stringify(error.message)} key=${JSON.stringify(key)}`);
		again();
	}
}

/** What the leader's election says of an API server that does not answer. */
function logLost({memory: {given, pod}, env}: ControllerContext, log: Log, trouble: string): void {
	const lease = `${pod.namespace}/${given['election-id']}`;
	const [namespace, name] = split(lease);
	const url = `https://${env['KUBERNETES_SERVICE_HOST']}:443/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${name}`;
	log.plain('E', 'leaderelection.go:332', `error retrieving resource lock ${lease}: Get "${url}": ${trouble}`);
}

const tasks: Readonly<Record<string, (context: ControllerContext, log: Log, key: string) => void>> = {
	caches(context, log) {
		const {client, memory} = context;
		for (const name of ['configmap', 'tcp-services-configmap', 'udp-services-configmap'] as const)
			configMapEvent(context, log, memory.given[name], 'CREATE');
		for (const {metadata} of client!.list(resources.ingresses)) lookAtIngress(context, log, `${metadata.namespace}/${metadata.name}`);
		context.wake(nginxMs, 'nginx');
	},
	nginx(context, log) {
		const {given, pod} = context.memory;
		log.info('nginx.go:317', 'Starting NGINX process');
		log.plain('I', 'leaderelection.go:250', `attempting to acquire leader lease ${pod.namespace}/${given['election-id']}...`);
		const address = given['validating-webhook'];
		if (address !== '') {
			const [certPath, keyPath] = [given['validating-webhook-certificate'], given['validating-webhook-key']];
			log.info('nginx.go:337', 'Starting validation webhook', {address, certPath, keyPath});
			context.listen('tcp', '*', Number(address.slice(address.lastIndexOf(':') + 1)));
		}

		note(context, {phase: 'running'});
		// What came while the caches were filled.
		lookAtClasses(context, silence);
		for (const {metadata} of context.client!.list(resources.ingresses))
			lookAtIngress(context, log, `${metadata.namespace}/${metadata.name}`);
		sync(context, log);
		tasks['elect']!(context, log, '');
	},
	elect(context, log) {
		const before = context.memory.leader;
		if (elect(context, log) && before !== context.memory.leader) tickStatus(context, log);
	},
	status: tickStatus,
	sync(context, log) {
		sync(context, log);
		planStatus(context);
	},
	ingress(context, log, key) {
		if (lookAtIngress(context, log, key)) requestSync(context);
	},
	classes(context, log) {
		lookAtClasses(context, log);
		requestSync(context);
	},
	secret(context, log, key) {
		lookAtSecret(context, log, key);
		requestSync(context);
	},
	configmap(context, log, key) {
		configMapEvent(context, log, key, 'UPDATE');
		requestSync(context);
	},
};

function configMapEvent(context: ControllerContext, log: Log, key: string, reason: 'CREATE' | 'UPDATE'): void {
	const [namespace, name] = split(key);
	const found = name === '' ? undefined : context.client!.find('configmaps', namespace, name);
	if (found) record(context, log, found, 'Normal', reason, `ConfigMap ${key}`);
}

/** What a change in the API means for this controller. */
function wakeUpFor(context: ControllerContext, {type, object, old}: WatchEvent): string | undefined {
	const {memory} = context;
	const {namespace, name, labels} = object.metadata;
	const key = `${namespace}/${name}`;
	switch (object.kind) {
		case 'Ingress':
			return `ingress ${key}`;
		case 'IngressClass':
			return 'classes';
		case 'Secret':
			return watchedSecrets(context).has(key) ? `secret ${key}` : undefined;
		case 'ConfigMap':
			if (type === 'MODIFIED' && old?.metadata.resourceVersion === object.metadata.resourceVersion) return undefined;
			return isOwnConfigMap(memory, key) ? `configmap ${key}` : isNamed(context, key) ? syncKey(context) : undefined;
		case 'EndpointSlice':
			return serves(memory, `${namespace}/${labels?.['kubernetes.io/service-name'] ?? ''}`) ? syncKey(context) : undefined;
		default:
			if (key === memory.given['publish-service']) planStatus(context);
			return serves(memory, key) ? syncKey(context) : undefined;
	}
}

function syncKey(context: ControllerContext): undefined {
	requestSync(context);
	return undefined;
}

const isOwnConfigMap = ({given}: ControllerContext['memory'], key: string): boolean =>
	[given.configmap, given['tcp-services-configmap'], given['udp-services-configmap']].includes(key);

/** Whether an Ingress, or the ConfigMap, names this ConfigMap. */
function isNamed({memory: {seen}}: ControllerContext, key: string): boolean {
	return Object.values(seen).some(({read}) => read?.includes(`${key}@`));
}

const served = new WeakMap<object, ReadonlySet<string>>();

/** Whether a Service is one that Ingresses lead to. */
function serves({nginx, seen}: ControllerContext['memory'], key: string): boolean {
	const known = served.get(seen) ?? new Set(servicesOf(seen));
	served.set(seen, known);
	return (
		known.has(key) ||
		(nginx?.configuration.backends.some(({service}) => service && `${service.namespace}/${service.name}` === key) ?? false)
	);
}

const servicesOf = (seen: ControllerContext['memory']['seen']): readonly string[] =>
	Object.values(seen).flatMap(({taken}) => {
		if (!taken) return [];
		const {defaultBackend, rules = []} = taken['spec'] ?? {};
		const backends = [defaultBackend, ...rules.flatMap(({http}: any) => (http?.paths ?? []).map(({backend}: any) => backend))];
		const names = backends.flatMap(backend => backend?.service?.name ?? []);
		return names.map(name => `${taken.metadata.namespace}/${name}`);
	});
