import {parseAllDocuments} from 'yaml';
import type {Client} from '../api/client.js';
import {groupResource} from '../api/kind.js';
import type {KubeObject} from '../api/object.js';
import {ApiError} from '../api/status.js';
import type {Cluster} from '../cluster/cluster.js';
import type {Snapshot} from '../sim/state.js';
import type {Lab, PlacedFile} from './lab.js';
import {defaultSeed} from './seed.js';
import {variantOf} from './format/variant.js';
import {createCluster} from '../cluster/cluster.js';

/** Who sets the stage: the administrator of kubeadm's admin.conf. */
const administrator = {name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:masters', 'system:authenticated']};

/** Labs that were set up before, by seed: a class is graded from one start. */
const started = new WeakMap<Lab, Map<string, Snapshot>>();
const startedMax = 4;

/** A cluster as the lab wants it: booted, its objects applied, its files placed, at rest. Throws a `SetupError` when the lab is at fault. */
export function startLab(of: Lab, seed: string = defaultSeed): Cluster {
	const lab = variantOf(of, seed);
	const cluster = createCluster({profile: lab.cluster, seed});
	const ready = started.get(lab)?.get(seed);
	if (ready) {
		cluster.restore(ready);
		return cluster;
	}
	for (const file of lab.files) place(cluster, file);
	cluster.settle();
	// Each file finds what the one before it made: a namespace its service account, a webhook its pods.
	for (const {name, text} of lab.setup) {
		applyAll(cluster, name, text);
		cluster.settle();
	}
	const kept = started.get(lab) ?? new Map<string, Snapshot>();
	if (kept.size < startedMax) kept.set(seed, cluster.snapshot());
	started.set(lab, kept);
	return cluster;
}

export class SetupError extends Error {
	override readonly name = 'SetupError';
}

function place(cluster: Cluster, {on, path, content, mode, edit}: PlacedFile) {
	const host = cluster.host(on);
	if (!host) {
		const hosts = cluster.hosts().map(each => each.name);
		throw new SetupError(`files: there is no host "${on}" in this cluster; there are ${hosts.join(', ')}`);
	}
	const folder = path.slice(0, path.lastIndexOf('/'));
	if (edit) {
		const before = host.files.exists(path) ? host.files.readText(path) : '';
		if (!before.includes(edit.find)) throw new SetupError(`files: ${path} on ${on} does not hold "${edit.find}"`);
		host.files.write(
			path,
			before.replaceAll(edit.find, () => edit.with),
		);
		return;
	}
	if (folder) host.files.makeFolder(folder, {recursive: true});
	host.files.write(path, content, mode ? {mode: Number.parseInt(mode, 8)} : {});
}

function applyAll(cluster: Cluster, name: string, text: string) {
	const client = cluster.api.client(administrator, {fieldManager: 'kubectl'});
	for (const document of parseAllDocuments(text)) {
		const object: KubeObject | null = document.toJS();
		if (!object) continue;
		try {
			put(cluster, client, withNamespace(cluster, object));
		} catch (error) {
			if (error instanceof ApiError) throw new SetupError(`${name}: ${object.kind} ${object.metadata?.name}: ${error.message}`);
			throw error;
		}
	}
}

/** What the cluster already has, such as a ConfigMap of kube-system, is changed by a merge patch. */
function put(cluster: Cluster, client: Client, object: KubeObject) {
	const kind = cluster.api.kindOf(object.apiVersion, object.kind);
	const {namespace, name} = object.metadata;
	const resource = kind && groupResource(kind);
	if (!resource || !name || !client.find(resource, namespace, name)) client.create(object);
	else client.patch(resource, namespace, name, 'merge', object);
}

function withNamespace(cluster: Cluster, object: KubeObject): KubeObject {
	const kind = cluster.api.kindOf(object.apiVersion, object.kind);
	return kind?.namespaced && !object.metadata.namespace ? {...object, metadata: {...object.metadata, namespace: 'default'}} : object;
}
