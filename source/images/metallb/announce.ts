import type {KubeObject} from '../../api/object.js';
import {socketOwner} from '../../node/program/program-runner.js';
import {type Candidates, devicesFor, electedNode} from './election.js';
import {logLine} from './log.js';
import {configurationFrom, recorderOf, type SpeakerContext} from './memory.js';
import {poolWith} from './pool.js';

const statuses = 'servicel2statuses.metallb.io';

/** Speaks for a service's addresses if this node is the one to do it, else falls silent. */
export function announceService(
	context: SpeakerContext,
	key: string,
	service: KubeObject,
	among: Omit<Candidates, 'service' | 'advertisements'>,
): void {
	const {memory} = context;
	const ips: string[] = (service['status']?.loadBalancer?.ingress ?? []).flatMap(({ip}: any) => (ip ? [ip] : []));
	const silent = (reason: string) => withdrawService(context, key, reason);
	if (ips.length === 0) {
		silent('noIPAllocated');
		return;
	}

	const configuration = configurationFrom(memory.applied!);
	const pool = poolWith(configuration.pools, ips);
	if (!pool) {
		logLine(context, 'main.go:397', 'error', {
			event: 'setBalancer',
			error: 'assigned IP not allowed by config',
			ips,
			msg: 'IP allocated by controller not allowed by config',
		});
		silent('ipNotAllowed');
		return;
	}

	const advertisements = configuration.l2Advertisements.get(pool.name) ?? [];
	if (electedNode(ips[0]!, {...among, service, advertisements}) !== memory.node) {
		silent('notOwner');
		return;
	}

	const devices = announcingDevices(context, devicesFor(configuration, pool.name, memory.node));
	const before = memory.announced[key];
	if (before && before.ips.join() !== ips.join()) silent('loadBalancerIPChanged');
	const record = recorderOf(context, 'metallb-speaker');
	if (devices.length === 0) {
		for (const ip of ips)
			record(
				service,
				'Warning',
				'announceFailed',
				`the interfaces specified by LB IP "${ip}" doesn't exist in assigned node "${memory.node}" with protocol "layer2"`,
			);
	}

	speak(context, key, {ips, devices});
	logLine(context, 'main.go:420', 'info', {
		event: 'serviceAnnounced',
		ips,
		pool: pool.name,
		protocol: 'layer2',
		msg: 'service has IP, announcing',
	});
	record(service, 'Normal', 'nodeAssigned', `announcing from node "${memory.node}" with protocol "layer2"`);
	if (devices.length > 0) writeStatus(context, service, devices);
}

/** Services that share an address keep it answered until the last of them is silent. */
export function withdrawService(context: SpeakerContext, key: string, reason: string): void {
	const {memory} = context;
	const before = memory.announced[key];
	if (!before) return;
	speak(context, key, undefined);
	logLine(context, 'main.go:461', 'info', {
		event: 'serviceWithdrawn',
		ip: before.ips,
		ips: before.ips,
		reason,
		msg: 'withdrawing service announcement',
	});
	const [namespace, name] = key.split('/');
	for (const {metadata} of statusesOf(context, namespace!, name!)) context.client!.delete(statuses, memory.namespace, metadata.name);
}

function speak(context: SpeakerContext, key: string, said: {ips: readonly string[]; devices: readonly string[]} | undefined): void {
	const {machine, pid, memory} = context;
	const {[key]: before, ...others} = memory.announced;
	const spoken = (ip: string, device: string) =>
		Object.values(announced).some(({ips, devices}) => ips.includes(ip) && devices.includes(device));
	const announced = said ? {...others, [key]: said} : others;
	context.memory = {...memory, announced};
	for (const ip of before?.ips ?? []) for (const device of before!.devices) if (!spoken(ip, device)) machine.stack.withdraw(ip, {device});
	for (const ip of said?.ips ?? [])
		for (const device of said!.devices) machine.stack.announce(ip, {device, owner: socketOwner(machine.host, pid)});
}

/** Devices that are up and can speak ARP, without those that the ConfigMap `metallb-excludel2` leaves out. */
function announcingDevices({machine, memory}: SpeakerContext, wanted: readonly string[] | undefined): string[] {
	const excluded = memory.excluded.map(pattern => new RegExp(pattern));
	return machine.stack.links
		.list()
		.filter(({name, up, noArp, type}) => up && !noArp && type !== 'loopback' && !excluded.some(pattern => pattern.test(name)))
		.map(({name}) => name)
		.filter(name => !wanted || wanted.includes(name));
}

const labels = {node: 'metallb.io/node', name: 'metallb.io/service-name', namespace: 'metallb.io/service-namespace'};

const statusesOf = ({client, memory}: SpeakerContext, namespace: string, name: string): readonly KubeObject[] =>
	client!.list(statuses, {
		namespace: memory.namespace,
		labelSelector: `${labels.node}=${memory.node},${labels.name}=${name},${labels.namespace}=${namespace}`,
	});

/** ServiceL2Status: which node speaks, and through what. */
function writeStatus(context: SpeakerContext, {metadata}: KubeObject, devices: readonly string[]): void {
	const {client, memory} = context;
	const [namespace, name] = [metadata.namespace!, metadata.name];
	const meta = {
		generateName: 'l2-',
		namespace: memory.namespace,
		labels: {[labels.node]: memory.node, [labels.name]: name, [labels.namespace]: namespace},
	};
	const object =
		statusesOf(context, namespace, name)[0] ??
		client!.create<any>({apiVersion: 'metallb.io/v1beta1', kind: 'ServiceL2Status', metadata: meta, spec: {}});
	const status = {node: memory.node, serviceName: name, serviceNamespace: namespace, interfaces: devices.map(device => ({name: device}))};
	client!.updateStatus({...object, status});
}

/** What an earlier speaker of this node left behind when the node lost its power. */
export function dropStaleStatuses({client, memory}: SpeakerContext): void {
	const left = client!.list(statuses, {namespace: memory.namespace, labelSelector: `${labels.node}=${memory.node}`});
	for (const {metadata} of left) client!.delete(statuses, memory.namespace, metadata.name);
}
