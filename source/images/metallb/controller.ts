import type {WatchEvent} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {Program} from '../../node/program/program.js';
import {createAllocator, type Allocator} from './allocator.js';
import {type Adopter, adopt} from './adopt.js';
import {type Dialect, universeTf} from './annotations.js';
import {readResources, resourceNames} from './configuration.js';
import {converge} from './converge.js';
import {type LogFields, logLine} from './log.js';
import {listenOrExit} from './listen.js';
import {configurationFrom, flag, ownNamespace, recorderOf, slim, type ControllerContext, type ControllerMemory} from './memory.js';
import {retrying} from './retry.js';
import {memberlistSecret, provideCertificate} from './secrets.js';
import {written} from './status.js';
import {greet, startMs} from './start.js';
import {serveWebhook} from './webhook.js';

/** MetalLB's controller: gives addresses to services, and judges MetalLB's own objects as an admission webhook. */
export const controllerSpeaking = (dialect: Dialect): Program => ({
	name: 'metallb-controller',
	watches: ['services', resourceNames.pools, resourceNames.namespaces],
	start(context) {
		const {argv} = context;
		const namespace = ownNamespace(context);
		context.memory = {namespace, loadBalancerClass: flag(argv, 'lb-class', ''), allocations: {}} satisfies ControllerMemory;
		greet(context, 'main.go:178', 'controller');
		if (!listenOrExit(context, '*', Number(flag(argv, 'port', '7472')))) return;
		context.wake(startMs, 'certificate');
		context.wake(startMs, 'config');
	},
	changed(context, event) {
		const {object} = event;
		if (object.kind === 'Service') context.wake(0, `service ${object.metadata.namespace}/${object.metadata.name}`);
		else if (object.kind === 'IPAddressPool' ? object.metadata.namespace === context.memory?.namespace : relabelled(event))
			context.wake(0, 'config');
	},
	wake(context, key) {
		retrying(context, key, () => run(context, key, dialect));
	},
	serve: serveWebhook,
});

export const controller = controllerSpeaking(universeTf);

const relabelled = ({type, object, old}: WatchEvent): boolean =>
	type !== 'MODIFIED' || !equal(object.metadata.labels, old?.metadata.labels);

function run(context: ControllerContext, key: string, dialect: Dialect): void {
	const [task, name] = key.split(' ');
	if (task === 'certificate') provideCertificate(context);
	else if (task === 'listen') listenOrExit(context, '*', 9443);
	else if (task === 'config') applyConfiguration(context, dialect);
	else if (reconcile(context, name!, dialect)) reconcileAll(context, dialect);
}

const adopter: Adopter = {controller: 'PoolReconciler', callers: ['pool_controller.go:61', 'pool_controller.go:82']};

function applyConfiguration(context: ControllerContext, dialect: Dialect): void {
	const {namespace, applied: before} = context.memory;
	if (!before) memberlistSecret(context);
	const applied = slim({...readResources(context.client!, namespace), l2Advertisements: [], bgpAdvertisements: []});
	if (before && equal(before, applied)) return;
	if (adopt(context, applied, adopter)) reconcileAll(context, dialect);
}

/** One pass finds room that a later service gave up: then another follows. */
function reconcileAll(context: ControllerContext, dialect: Dialect): void {
	const names = context.client!.list('services').map(({metadata}) => `${metadata.namespace}/${metadata.name}`);
	for (let again = true, pass = 0; again && pass < 3; pass++) {
		again = false;
		for (const name of names) again = reconcile(context, name, dialect) || again;
	}
}

/** True when others may find room now. */
function reconcile(context: ControllerContext, key: string, dialect: Dialect): boolean {
	const {applied, allocations, loadBalancerClass} = context.memory;
	if (!applied) return false;
	const [namespace = '', name = ''] = key.split('/');
	const service = context.client!.find<KubeObject>('services', namespace, name);
	const {pools} = configurationFrom(applied);
	const allocator = createAllocator(pools, allocations);
	const held = allocations[key];
	const foreign = (service?.['spec'].loadBalancerClass ?? '') !== loadBalancerClass;
	if (!service || foreign) {
		if (!held) return false;
		allocator.unassign(key);
		context.memory = {...context.memory, allocations: allocator.all};
		log(context, key, 'info', {event: 'serviceDeleted', msg: 'service deleted'});
		return true;
	}

	if (service['spec'].type !== 'LoadBalancer' && !held && !service['status']?.loadBalancer?.ingress?.length) return false;
	const status = settleService(context, service, allocator, pools.length === 0, dialect);
	context.memory = {...context.memory, allocations: allocator.all};
	if (status) {
		context.client!.updateStatus(status);
		log(context, key, 'info', {event: 'serviceUpdated', msg: 'updated service object'});
	}

	const now = allocator.allocation(key);
	const sharingChanged = held !== undefined && (held.sharingKey !== now?.sharingKey || held.backendKey !== now?.backendKey);
	return sharingChanged || (held !== undefined && held.ips.join() !== now?.ips.join());
}

/** The service as it is to be written; undefined when nothing changes. */
function settleService(
	context: ControllerContext,
	service: KubeObject,
	allocator: Allocator,
	noPools: boolean,
	dialect: Dialect,
): KubeObject | undefined {
	const {namespace, name} = service.metadata;
	const record = recorderOf(context, 'metallb-controller');
	const converged = converge(service, {
		dialect,
		allocator,
		noPools,
		event: (type, reason, message) => record(service, type, reason, message),
		log: (level, fields) => log(context, `${namespace}/${name}`, level, fields),
	});
	return converged.keep ? undefined : written(service, converged.ips, converged.pool, dialect);
}

const log = (context: ControllerContext, key: string, level: 'info' | 'error', fields: LogFields): void =>
	logLine(context, 'service_controller.go:64', level, {controller: 'ServiceReconciler', service: key, ...fields});
