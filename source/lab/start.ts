import {parseAllDocuments} from 'yaml';
import type {KubeObject} from '../api/object.js';
import {ApiError} from '../api/status.js';
import type {Cluster} from '../cluster/cluster.js';
import type {Snapshot} from '../sim/state.js';
import type {Lab} from './lab.js';
import {defaultSeed} from './seed.js';
import {variantOf} from './variant.js';
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
	for (const {on, path, content, mode} of lab.files) {
		const host = cluster.host(on);
		if (!host)
			throw new SetupError(
				`files: there is no host "${on}" in this cluster; there are ${cluster
					.hosts()
					.map(each => each.name)
					.join(', ')}`,
			);
		const folder = path.slice(0, path.lastIndexOf('/'));
		if (folder) host.files.makeFolder(folder, {recursive: true});
		host.files.write(path, content, mode ? {mode: Number.parseInt(mode, 8)} : {});
	}
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

function applyAll(cluster: Cluster, name: string, text: string) {
	const client = cluster.api.client(administrator, {fieldManager: 'kubectl'});
	for (const document of parseAllDocuments(text)) {
		const object: KubeObject | null = document.toJS();
		if (!object) continue;
		try {
			client.create(withNamespace(cluster, object));
		} catch (error) {
			if (error instanceof ApiError) throw new SetupError(`${name}: ${object.kind} ${object.metadata?.name}: ${error.message}`);
			throw error;
		}
	}
}

function withNamespace(cluster: Cluster, object: KubeObject): KubeObject {
	const kind = cluster.api.kindOf(object.apiVersion, object.kind);
	return kind?.namespaced && !object.metadata.namespace ? {...object, metadata: {...object.metadata, namespace: 'default'}} : object;
}
