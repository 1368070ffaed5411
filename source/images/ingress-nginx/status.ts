import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {ApiError} from '../../api/status.js';
import {isOn} from './arguments.js';
import {isLeader} from './leader.js';
import {type Log, silence} from './log.js';
import {type ControllerContext, note, resources, split} from './memory.js';
import {podOf} from './sync.js';

type Point = {readonly ip: string} | {readonly hostname: string};

const intervalMs = ({memory}: ControllerContext): number => Math.max(5, Number(memory.given['status-update-interval'])) * 1000;

/** The leader's tick: writes `status.loadBalancer` of Ingresses that say something else (internal/ingress/status/status.go). */
export function tickStatus(context: ControllerContext, log: Log): void {
	if (!isLeader(context) || !isOn(context.memory.given, 'update-status')) return;
	const points = runningAddresses(context, log);
	if (points) writeStatus(context, log, points);
	note(context, {nextStatusMs: context.machine.sim.clock.now() + intervalMs(context)});
	planStatus(context);
}

/** Keeps the tick where it is; one that will change something is work to be waited for. */
export function planStatus(context: ControllerContext): void {
	const {memory, machine} = context;
	if (!isLeader(context) || memory.nextStatusMs === undefined || memory.phase !== 'running') return;
	const points = runningAddresses(context, silence);
	const pending = points !== undefined && staleOnes(context, points).length > 0;
	context.wake(Math.max(0, memory.nextStatusMs - machine.sim.clock.now()), 'status', {periodic: !pending});
}

const order = (a: any, b: any): number => {
	const [x, y] = [a.hostname ?? '', b.hostname ?? ''];
	if (x !== y) return x < y ? -1 : 1;
	return (a.ip ?? '') < (b.ip ?? '') ? -1 : (a.ip ?? '') > (b.ip ?? '') ? 1 : 0;
};

function staleOnes({memory: {seen}, client}: ControllerContext, points: readonly Point[]): readonly KubeObject[] {
	return Object.entries(seen).flatMap(([key, {taken}]) => {
		const [namespace, name] = split(key);
		const ingress = taken && client!.find<KubeObject>(resources.ingresses, namespace, name);
		if (!ingress) return [];
		const current = (ingress['status']?.loadBalancer?.ingress ?? []).map(({ip, hostname}: any) => (ip ? {ip} : {hostname})).sort(order);
		return equal(current, [...points].sort(order)) ? [] : [ingress];
	});
}

function writeStatus(context: ControllerContext, log: Log, points: readonly Point[]): void {
	for (const ingress of staleOnes(context, points)) {
		const {namespace, name} = ingress.metadata;
		const currentValue = ingress['status']?.loadBalancer?.ingress ?? null;
		log.info('status.go:304', 'updating Ingress status', {namespace, ingress: name, currentValue, newValue: points});
		try {
			context.client!.updateStatus({...ingress, status: {loadBalancer: points.length > 0 ? {ingress: points} : {}}});
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			log.plain('W', 'status.go:309', `error updating ingress rule: ${error.message}`);
		}
	}
}

const pointOf = (text: string): Point => (/^[\d.]+$|:/.test(text) ? {ip: text} : {hostname: text});

/** Where clients find this controller; undefined when that cannot be told now. */
function runningAddresses(context: ControllerContext, log: Log): readonly Point[] | undefined {
	const {given} = context.memory;
	const fixed = given['publish-status-address'];
	if (fixed !== '') return fixed.split(/,\s*/).map(pointOf);
	if (given['publish-service'] !== '') return serviceAddresses(context, given['publish-service']);
	return nodeAddresses(context, log);
}

function serviceAddresses({client}: ControllerContext, key: string): readonly Point[] | undefined {
	const [namespace, name] = split(key);
	const service = client!.find<any>('services', namespace, name);
	if (!service) return undefined;
	const {type, clusterIP, externalName, externalIPs = []} = service.spec;
	if (type === 'ExternalName') return [{hostname: externalName}];
	if (type === 'ClusterIP') return [{ip: clusterIP}];
	if (type === 'NodePort') return externalIPs.length > 0 ? externalIPs.map((ip: string) => ({ip})) : [{ip: clusterIP}];
	const given: Point[] = (service.status?.loadBalancer?.ingress ?? []).map(({ip, hostname}: any) => (ip ? {ip} : {hostname}));
	const more = externalIPs.filter((ip: string) => !given.some(point => 'ip' in point && point.ip === ip));
	return [...given, ...more.map((ip: string) => ({ip}))].sort(order);
}

/** Addresses of the nodes with a ready pod of this controller. */
function nodeAddresses(context: ControllerContext, log: Log): readonly Point[] {
	const {client, memory} = context;
	const found = new Set<string>();
	for (const pod of replicas(context)) {
		const {status, spec, metadata} = pod as any;
		if (status?.phase !== 'Running') continue;
		const ready = status.conditions?.some((each: any) => each.type === 'Ready' && each.status === 'True');
		if (!ready) {
			log.info('status.go:219', 'POD is not ready', {pod: `${metadata.namespace}/${metadata.name}`, node: spec.nodeName});
			continue;
		}

		const node = client!.find<any>('nodes', undefined, spec.nodeName);
		const address = (type: string) => node?.status?.addresses?.find((each: any) => each.type === type && each.address)?.address;
		const internal = address('InternalIP');
		found.add((isOn(memory.given, 'report-node-internal-ip-address') ? internal : (address('ExternalIP') ?? internal)) ?? '');
	}

	return [...found].map(pointOf).sort(order);
}

/** Pods with the same labels as this one. */
function replicas(context: ControllerContext): readonly KubeObject[] {
	const {labels = {}} = podOf(context).metadata;
	const labelSelector = Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	return context.client!.list<KubeObject>('pods', {namespace: context.memory.pod.namespace, labelSelector});
}

/** The last replica takes its addresses back when it goes. */
export function withdrawStatus(context: ControllerContext, log: Log): void {
	if (!isLeader(context)) return;
	if (!isOn(context.memory.given, 'update-status-on-shutdown')) {
		log.plain('W', 'status.go:129', 'skipping update of status of Ingress rules');
		return;
	}

	const points = runningAddresses(context, silence) ?? [];
	if (points.length > 1) {
		log.info('status.go:144', 'leaving status update for next leader');
		return;
	}

	if (replicas(context).length > 1) return;
	log.info('status.go:153', 'removing value from ingress status', {address: points});
	writeStatus(context, log, []);
}
