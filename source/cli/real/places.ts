import type {KubeObject} from '../../api/object.js';
import type {Places} from '../../checks/places.js';
import {selectorText} from '../../checks/resource.js';
import type {Kubectl} from './kubectl.js';
import type {RealCluster} from './real-cluster.js';

/** Somewhere in a real cluster where a command can be run. */
export interface RealPlace {
	readonly label: string;
	readonly run: (argv: readonly string[]) => Promise<{exitCode: number; stdout: string; stderr: string}>;
}

/** Cannot be asked of a real cluster; the message says why. */
export class NotHere extends Error {
	override readonly name = 'NotHere';
}

/** A pod is there and runs no commands: what it was to show is missed. */
export class PodSilent extends Error {
	override readonly name = 'PodSilent';
}

/** Pods that stand for nodes: they share the node's network, and go when all is marked. */
export interface Probes {
	on(node: string): Promise<RealPlace>;
	remove(): Promise<void>;
}

export function createProbes({kubectl}: RealCluster, image: string): Probes {
	const made = new Map<string, string>();
	return {
		async on(node) {
			const name = made.get(node) ?? `kubelab-probe-${node.toLowerCase().replace(/[^a-z0-9-]/g, '-')}`.slice(0, 60);
			if (!made.has(node)) {
				made.set(node, name);
				await kubectl.run(['apply', '-f', '-'], JSON.stringify(probePod(name, node, image)));
				const {exitCode, stderr} = await kubectl.run(['wait', '--for=condition=Ready', `pod/${name}`, '-n', 'default', '--timeout=60s']);
				if (exitCode !== 0)
					throw new NotHere(`no probe pod starts on ${node} with the image ${image} (${stderr.trim()}); name another with --probe-image`);
			}
			return placeIn(kubectl, node, 'default', name);
		},
		async remove() {
			if (made.size > 0) await kubectl.run(['delete', 'pod', '-n', 'default', '--wait=false', '--ignore-not-found', ...made.values()]);
		},
	};
}

const probePod = (name: string, node: string, image: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'default', labels: {'app.kubernetes.io/managed-by': 'kubelab'}},
	spec: {
		nodeName: node,
		hostNetwork: true,
		terminationGracePeriodSeconds: 0,
		tolerations: [{operator: 'Exists'}],
		containers: [{name: 'probe', image, command: ['sleep', '3600']}],
	},
});

/** The places of a check. Machines beside the cluster are none of it. */
export async function realPlaces(cluster: RealCluster, probes: Probes, chosen: Places): Promise<RealPlace[]> {
	if (typeof chosen === 'object' && 'pods' in chosen) {
		const {namespace = 'default', name, labels} = chosen.pods;
		const pods = (await cluster.list('pods', namespace, labels && selectorText(labels))) ?? [];
		return pods.filter(pod => name === undefined || pod.metadata.name === name).map(pod => podPlace(cluster, pod));
	}
	const names = typeof chosen === 'string' ? (chosen === 'nodes' ? cluster.nodes.map(node => node.metadata.name!) : [chosen]) : chosen;
	const places: RealPlace[] = [];
	for (const name of names) {
		const node = cluster.nodeNamed(name);
		if (node === undefined) throw new NotHere(`it asks from "${name}", a machine that is no node of this cluster`);
		places.push(await probes.on(node));
	}
	return places;
}

const podPlace = ({kubectl}: RealCluster, {metadata: {namespace = 'default', name = ''}}: KubeObject): RealPlace =>
	placeIn(kubectl, `pod ${namespace}/${name}`, namespace, name);

/** So says kubectl, or the container's runtime, when the command did begin, or is not there. */
const ran = /command terminated with|executable file not found|OCI runtime/;
/** No pod of such a cluster can be asked: a control plane without kubelets, or a user without rights. */
const unreachable = /error dialing backend|\(Forbidden\)/;

/** What kubectl itself says, with a status of its own, must not be taken for what the command said. */
function placeIn(kubectl: Kubectl, label: string, namespace: string, name: string): RealPlace {
	return {
		label,
		async run(argv) {
			const result = await kubectl.run(['exec', '-n', namespace, name, '--', ...argv]);
			if (result.exitCode === 0 || ran.test(result.stderr)) return result;
			const why = result.stderr.trim().split('\n').at(-1) || 'no answer in time';
			if (unreachable.test(why)) throw new NotHere(`kubectl exec does not get into ${label} (${why})`);
			throw new PodSilent(
				`kubectl exec does not get into ${label} (${why}); expected a running container. Look at: kubectl -n ${namespace} describe pod ${name}`,
			);
		},
	};
}
