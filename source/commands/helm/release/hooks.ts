import {rfc3339} from '../../../api/values/time.js';
import type {KubeObject} from '../../../api/object.js';
import type {Steps} from '../../kubectl/resource/files.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import {helmError} from '../failure.js';
import type {Cluster} from './cluster.js';
import {owned} from './ownership.js';
import type {Release, StoredHook} from './release.js';
import {waitForEnd} from './wait.js';

export const notRun = {started_at: '', completed_at: '', phase: ''};

/** Runs the hooks of an event one after the other: by weight, then by name. Answers the release with when they ran. */
export function* runHooks(
	cluster: Cluster,
	release: Release,
	event: string,
	timeoutMs: number,
	only?: (hook: StoredHook) => boolean,
): Steps<Release> {
	const due = release.hooks
		.filter(hook => hook.events.includes(event) && (only?.(hook) ?? true))
		.sort((a, b) => (a.weight ?? 0) - (b.weight ?? 0) || (a.name < b.name ? -1 : 1));
	let current = release;
	for (const hook of due) {
		const object = objectOf(cluster, hook, release);
		const policies = hook.delete_policies?.length ? hook.delete_policies : ['before-hook-creation'];
		if (policies.includes('before-hook-creation')) yield* removeAndWait(cluster, object);
		const started_at = rfc3339(cluster.nowMs);
		const note = (phase: string) => {
			const last_run = {started_at, completed_at: rfc3339(cluster.nowMs), phase};
			current = {
				...current,
				hooks: current.hooks.map(each => (each.path === hook.path && each.name === hook.name ? {...each, last_run} : each)),
			};
		};

		try {
			cluster.create(object);
			yield* waitForEnd(cluster, object, timeoutMs);
			note('Succeeded');
		} catch (error) {
			note('Failed');
			if (policies.includes('hook-failed')) cluster.remove(object);
			const words = event === 'test' ? '' : `warning: Hook ${event} ${hook.path} failed: 1 error occurred:\n\t* `;
			throw new HookFailed(`${words}${(error as Error).message}${words && '\n\n'}`, current);
		}
	}

	for (const hook of due) if (hook.delete_policies?.includes('hook-succeeded')) cluster.remove(objectOf(cluster, hook, release));
	return current;
}

export class HookFailed extends Error {
	readonly release: Release;

	constructor(text: string, release: Release) {
		super(text);
		this.release = release;
	}
}

function objectOf(cluster: Cluster, hook: StoredHook, release: Release): KubeObject {
	const object = parseDocuments(hook.manifest)[0] as KubeObject | undefined;
	if (!object?.metadata) throw helmError(`unable to build kubernetes object for hook ${hook.path}: Object 'Kind' is missing`);
	const placed = owned(cluster, object, release.name, release.namespace);
	// Hooks are no part of the release: they go without its marks.
	return {...object, metadata: {...object.metadata, ...(placed.metadata.namespace && {namespace: placed.metadata.namespace})}};
}

function* removeAndWait(cluster: Cluster, object: KubeObject): Steps<void> {
	if (!cluster.remove(object)) return;
	for (let tries = 0; cluster.find(object) && tries < 150; tries++) yield {sleepMs: 2000};
}
