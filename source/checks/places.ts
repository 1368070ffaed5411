import type {KubeObject} from '../api/object.js';
import type {Machine} from '../node/host/machine.js';
import type {World} from '../node/world.js';
import {either, list, map, objectName, object, optional, type Shape, text} from './shape.js';

/** Where something is looked at or sent from: `nodes`, `hosts`, `outside`, a host's name, a list of them, or pods. */
export type Places = string | readonly string[] | {readonly pods: PodChoice};

export interface PodChoice {
	readonly namespace?: string;
	readonly name?: string;
	readonly labels?: Readonly<Record<string, string>>;
}

export const podChoice = object('which pods', {
	namespace: optional(objectName('namespace; default when absent')),
	name: optional(objectName('name of one pod')),
	labels: optional(map('labels they carry', text('label value'))),
});

export const places: Shape = either(
	'a host',
	objectName('`nodes` (all of the cluster), `hosts` (and those beside it), `outside` (beside it), or a host name'),
	list('a list of host names', objectName('host name'), 1),
	object('pods', {pods: {shape: podChoice, required: true}}),
);

export interface Place {
	/** As a learner knows it: `k8s-node1`, `pod default/web-1`. */
	readonly label: string;
	/** Absent when it is not there (no such host, pod not running). */
	readonly machine?: Machine;
	/** How to run something there by hand. */
	readonly prefix: string;
}

export function findPlaces(world: World, chosen: Places): Place[] {
	if (typeof chosen === 'object' && 'pods' in chosen) return podPlaces(world, chosen.pods);
	const names = typeof chosen === 'string' ? namesOf(world, chosen) : chosen;
	return names.map(name => {
		const machine = world.host(name);
		return {label: name, ...(machine && {machine}), prefix: name === controlPlane(world) ? '' : `ssh ${name} `};
	});
}

function namesOf(world: World, word: string): string[] {
	const nodes = new Set(world.api.reader.list('nodes').map(node => node.metadata.name));
	const all = world.hosts().map(host => host.name);
	if (word === 'hosts') return all;
	if (word === 'nodes') return all.filter(name => nodes.has(name));
	if (word === 'outside') return all.filter(name => !nodes.has(name));
	return [word];
}

/** The host learners sit at. */
export const controlPlane = (world: World): string | undefined => world.hosts()[0]?.name;

function podPlaces(world: World, {namespace = 'default', name, labels}: PodChoice): Place[] {
	const labelSelector = Object.entries(labels ?? {})
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	const pods = world.api.reader.list<KubeObject>('pods', {namespace, ...(labelSelector && {labelSelector})});
	const chosen = pods.filter(pod => name === undefined || pod.metadata.name === name);
	// Who asks something of pods that are not there shall learn which.
	if (chosen.length === 0) return [{label: `pod ${namespace}/${name ?? (labelSelector || '*')}`, prefix: ''}];
	return chosen.map(pod => {
		const machine = world.container(pod.metadata.uid!, pod['spec'].containers[0].name);
		return {
			label: `pod ${namespace}/${pod.metadata.name}`,
			...(machine && {machine}),
			prefix: `kubectl -n ${namespace} exec ${pod.metadata.name} -- `,
		};
	});
}
