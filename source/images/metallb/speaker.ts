import {parse} from 'yaml';
import type {WatchEvent} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import type {Program} from '../../node/program/program.js';
import {type Adopter, adopt} from './adopt.js';
import {announceService, dropStaleStatuses, withdrawService} from './announce.js';
import {readResources, resourceNames} from './configuration.js';
import {listenOrExit} from './listen.js';
import {logLine} from './log.js';
import {hear, joinMembers, leaveMembers, liveNodes, memberPort, probeMembers} from './member-list.js';
import {flag, ownNamespace, slim, type SpeakerMemory, type SpeakerContext} from './memory.js';
import {metricsAnswer} from './metrics.js';
import {retrying} from './retry.js';
import {greet, startMs} from './start.js';

const exclusionFile = '/etc/metallb/excludel2.yaml';
const slices = 'endpointslices.discovery.k8s.io';

/** MetalLB's speaker on one node: answers ARP for the addresses that it is elected to speak for. */
export const speaker: Program = {
	name: 'metallb-speaker',
	watches: [
		'services',
		slices,
		'nodes',
		resourceNames.pools,
		resourceNames.l2Advertisements,
		resourceNames.bgpAdvertisements,
		'bgppeers.metallb.io',
	],
	start(context) {
		const {argv, env, machine} = context;
		const node = env['METALLB_NODE_NAME'] ?? '';
		greet(context, 'main.go:96', 'speaker');
		const key = `${env['METALLB_ML_SECRET_KEY_PATH']}/secretkey`;
		const missing = node === '' ? 'must specify --node-name or METALLB_NODE_NAME' : `open ${key}: no such file or directory`;
		if (node === '' || (env['METALLB_ML_SECRET_KEY_PATH'] && !machine.files.exists(key))) {
			logLine(context, 'main.go:112', 'error', {
				op: 'startup',
				error: missing,
				msg: node === '' ? 'missing configuration' : 'failed to read memberlist secret key file',
			});
			context.exit(1);
			return;
		}

		const excluded = excludedDevices(context);
		if (!excluded) return;
		const address = env['METALLB_ML_BIND_ADDR'] ?? env['METALLB_HOST'] ?? '';
		context.memory = {namespace: ownNamespace(context), node, address, excluded, members: {}, announced: {}} satisfies SpeakerMemory;
		if (!listenOrExit(context, address || '*', Number(flag(argv, 'port', '7472')))) return;
		if (!listenOrExit(context, address || '*', memberPort)) return;
		context.listen('udp', address || '*', memberPort);
		context.wake(startMs, 'join');
		context.wake(startMs, 'config');
	},
	changed(context, event) {
		const key = context.memory && wakeUpFor(context, event);
		if (key) context.wake(0, key);
	},
	wake(context, key) {
		if (key === 'probe') {
			if (probeMembers(context)) context.wake(0, 'all');
			return;
		}

		retrying(context, key, () => run(context, key));
	},
	serve(context, request): ServiceAnswer {
		return request.local.port === memberPort
			? answerMember(context, request)
			: metricsAnswer(request.bytes, context.machine.sim.clock.now(), 0);
	},
	signal(context, signal) {
		if (signal === 'SIGHUP') return;
		logLine(context, 'main.go:121', 'info', {op: 'shutdown', msg: 'starting shutdown'});
		if (context.memory) leaveMembers(context);
		context.exit(0);
	},
};

/** What the ConfigMap `metallb-excludel2` says; one that cannot be read ends the process. */
function excludedDevices(context: SpeakerContext): readonly string[] | undefined {
	const {files} = context.machine;
	try {
		const patterns: unknown = files.exists(exclusionFile) ? parse(files.readText(exclusionFile))?.announcedInterfacesToExclude : undefined;
		const list = Array.isArray(patterns) ? patterns.map(String) : [];
		for (const pattern of list) new RegExp(pattern);
		return list;
	} catch (error) {
		logLine(context, 'main.go:139', 'error', {
			op: 'startup',
			error: (error as Error).message,
			msg: 'failed to parse announcedInterfacesToExclude from configMap',
		});
		context.exit(1);
		return undefined;
	}
}

function answerMember(context: SpeakerContext, {bytes}: ServiceRequest): ServiceAnswer {
	if (bytes === '') return {bytes: '', end: 'open'};
	if (hear(context, bytes)) context.wake(0, 'all');
	return {bytes: 'ack'};
}

/** What a change in the API means: one service, the configuration, or every service. */
function wakeUpFor({machine, memory}: SpeakerContext, {type, object, old}: WatchEvent): string | undefined {
	const {namespace, name, labels} = object.metadata;
	if (object.kind === 'Service')
		return object['spec'].type === 'LoadBalancer' || memory.announced[`${namespace}/${name}`] ? `service ${namespace}/${name}` : undefined;
	if (object.kind === 'EndpointSlice') {
		const service = labels?.['kubernetes.io/service-name'];
		const found = service && machine.world.api.reader.find<KubeObject>('services', namespace, service);
		return found && found['spec'].type === 'LoadBalancer' ? `service ${namespace}/${service}` : undefined;
	}

	if (object.kind === 'Node') return type !== 'MODIFIED' || !equal(labels, old?.metadata.labels) ? 'config' : undefined;
	return namespace === memory.namespace ? 'config' : undefined;
}

function run(context: SpeakerContext, key: string): void {
	const [task, name] = key.split(' ');
	if (task === 'join') joinMembers(context);
	else if (task === 'config') applyConfiguration(context);
	else if (task === 'all') reconcileAll(context);
	else reconcile(context, name!);
}

const adopter: Adopter = {controller: 'ConfigReconciler', callers: ['config_controller.go:158', 'config_controller.go:189']};

function applyConfiguration(context: SpeakerContext): void {
	const {memory, machine, client} = context;
	const applied = slim(readResources(client!, memory.namespace));
	if (client!.list('bgppeers.metallb.io', {namespace: memory.namespace}).length > 0) machine.sim.notes.notSimulated('MetalLB BGP sessions');
	if (memory.applied && equal(memory.applied, applied)) {
		reconcileAll(context);
		return;
	}

	if (!adopt(context, applied, adopter)) return;
	if (!memory.applied) dropStaleStatuses(context);
	reconcileAll(context);
}

function reconcileAll(context: SpeakerContext): void {
	const balancers = context.client!.list('services').filter(({spec}: any) => spec.type === 'LoadBalancer');
	const keys = balancers.map(({metadata}) => `${metadata.namespace}/${metadata.name}`);
	for (const key of new Set([...Object.keys(context.memory.announced), ...keys])) reconcile(context, key);
}

function reconcile(context: SpeakerContext, key: string): void {
	if (!context.memory.applied) return;
	const [namespace = '', name = ''] = key.split('/');
	const service = context.client!.find<KubeObject>('services', namespace, name);
	if (!service) withdrawService(context, key, 'serviceDeleted');
	else if (service['spec'].type !== 'LoadBalancer') withdrawService(context, key, 'notLoadBalancer');
	else if ((service['spec'].loadBalancerClass ?? '') === flag(context.argv, 'lb-class', ''))
		announceService(context, key, service, {
			slices: context.client!.list(slices, {namespace, labelSelector: `kubernetes.io/service-name=${name}`}),
			nodes: context.client!.list('nodes'),
			speakers: liveNodes(context),
			ignoreExclusion: context.argv.includes('--ignore-exclude-lb'),
		});
}
