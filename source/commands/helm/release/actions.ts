import type {KubeObject} from '../../../api/object.js';
import {ApiError} from '../../../api/status.js';
import type {Steps} from '../../kubectl/resource/files.js';
import {type Chart, crdsOf, type ValueMap} from '../chart/chart.js';
import type {HelmCall} from '../context.js';
import {HelmError, helmError, wrapped} from '../failure.js';
import {inUninstallOrder, manifestsOf} from '../render/manifests.js';
import {HookFailed, runHooks} from './hooks.js';
import {existing, owned} from './ownership.js';
import {clusterCapabilities, goTime, itemsOf, newRelease, objectsOf, prepare} from './prepare.js';
import type {Release, ReleaseStatus} from './release.js';
import {waitUntilReady} from './wait.js';

const timeoutOf = ({flags}: HelmCall) => flags.durationMs('timeout');
const withStatus = (release: Release, status: ReleaseStatus, description = release.info.description): Release => ({
	...release,
	info: {...release.info, status, description},
});

/** Objects of a manifest with the release's marks; kinds must be known. */
function build(call: HelmCall, release: Release, words: string): KubeObject[] {
	try {
		return objectsOf(release).map(object => {
			if (!object.apiVersion || !object.kind)
				throw helmError(
					`error validating "": error validating data: ${[...(object.apiVersion ? [] : ['apiVersion not set']), ...(object.kind ? [] : ['kind not set'])].join(', ').replace(/^(.*, .*)$/, '[$1]')}`,
				);
			if (!object.metadata) object.metadata = {name: ''};
			call.cluster.kindOf(object);
			return owned(call.cluster, object, release.name, release.namespace);
		});
	} catch (error) {
		throw wrapped(words, error);
	}
}

function createAll(call: HelmCall, objects: readonly KubeObject[]): void {
	for (const object of objects) {
		try {
			call.cluster.create(object);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			throw helmError(`1 error occurred:\n\t* ${error.message}\n\n`);
		}
	}
}

function* installCrds(call: HelmCall, chart: Chart): Steps<void> {
	const made: KubeObject[] = [];
	for (const {name, text} of crdsOf(chart)) {
		for (const object of manifestsOf(name, text).flatMap(each => itemsOf(each.object))) {
			try {
				made.push(call.cluster.create(object));
			} catch (error) {
				if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw wrapped(`failed to install CRD ${name}`, error);
			}
		}
	}

	if (made.length > 0) yield* waitUntilReady(call.cluster, made, 60_000, false);
}

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export function checkReleaseName(name: string): void {
	if (name.length <= 53 && namePattern.test(name)) return;
	throw helmError(
		`release name ${JSON.stringify(name)}: invalid release name, must match regex ${namePattern.source} and the length must not be longer than 53`,
	);
}

export type DryRun = 'none' | 'client' | 'server';

export function* install(call: HelmCall, name: string, chart: Chart, config: ValueMap, dryRun: DryRun): Steps<Release> {
	const {cluster, storage, namespace, flags} = call;
	cluster.reach();
	checkReleaseName(name);
	const past = storage.history(name, namespace);
	if (dryRun === 'none' && past.length > 0) {
		const last = past.at(-1)!.info.status;
		if (!(flags.has('replace') && flags.bool('replace') && (last === 'uninstalled' || last === 'failed')))
			throw helmError('cannot re-use a name that is still in use');
	}

	if (dryRun === 'none' && !flags.bool('skip-crds')) yield* installCrds(call, chart);
	const facts = {name, namespace, revision: (past.at(-1)?.version ?? 0) + 1, isUpgrade: false};
	const prepared = prepare(call, chart, config, facts, clusterCapabilities(call), dryRun !== 'client');
	const release = newRelease(call, prepared, facts, config, 'pending-install', 'Initial install underway');
	const objects = build(call, release, 'unable to build kubernetes objects from release manifest');
	let adopted: KubeObject[];
	try {
		adopted = existing(cluster, objects, name, namespace);
	} catch (error) {
		throw wrapped('Unable to continue with install', error);
	}

	if (dryRun !== 'none') return withStatus(release, 'pending-install', 'Dry run complete');
	if (flags.bool('create-namespace')) createNamespace(call);
	for (const old of past) storage.update(withStatus(old, 'superseded'));
	storage.create(release);
	return yield* performInstall(call, release, objects, adopted);
}

function createNamespace({cluster, namespace}: HelmCall): void {
	try {
		cluster.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace, labels: {name: namespace}}} as KubeObject);
	} catch (error) {
		if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error;
	}
}

function* performInstall(call: HelmCall, pending: Release, objects: readonly KubeObject[], adopted: readonly KubeObject[]): Steps<Release> {
	const {storage, flags, cluster} = call;
	const {name} = pending;
	let release = pending;
	const hooks = function* (event: string): Steps<void> {
		if (!flags.bool('no-hooks')) release = yield* hooksOf(call, release, event);
	};

	try {
		yield* hooks('pre-install');
		createAll(
			call,
			objects.filter(object => !adopted.includes(object)),
		);
		for (const object of adopted) cluster.patch(object, object, false);
		yield* waiting(call, objects);
		yield* hooks('post-install');
	} catch (error) {
		if (error instanceof EndedByHook) release = error.release;
		const problem = (error as Error).message;
		if (!(error instanceof HelmError || error instanceof ApiError)) throw error;
		storage.update(withStatus(release, 'failed', `Release ${JSON.stringify(name)} failed: ${problem}`));
		if (!flags.bool('atomic')) throw error;
		yield* uninstall(call, name, {keepHistory: false, noHooks: flags.bool('no-hooks'), wait: false, timeoutMs: timeoutOf(call)});
		throw helmError(`release ${name} failed, and has been uninstalled due to atomic being set: ${problem}`);
	}

	const done = withStatus(release, 'deployed', flags.string('description') || 'Install complete');
	storage.update(done);
	return done;
}

class EndedByHook extends HelmError {
	readonly release: Release;

	constructor(text: string, release: Release) {
		super(text);
		this.release = release;
	}
}

function* hooksOf(call: HelmCall, release: Release, event: string): Steps<Release> {
	try {
		return yield* runHooks(call.cluster, release, event, timeoutOf(call));
	} catch (error) {
		if (!(error instanceof HookFailed)) throw error;
		throw new EndedByHook(
			`failed ${event}: ${error.message}`.replace(/^failed ((?:pre|post)-(?:upgrade|rollback)): /, '$1 hooks failed: '),
			error.release,
		);
	}
}

function* waiting(call: HelmCall, objects: readonly KubeObject[]): Steps<void> {
	const {flags, cluster} = call;
	if (flags.bool('wait') || flags.bool('wait-for-jobs') || flags.bool('atomic'))
		yield* waitUntilReady(cluster, objects, timeoutOf(call), flags.bool('wait-for-jobs'));
}

/** One revision more: what differs is patched, what is new created, what is gone deleted. */
export function* upgrade(
	call: HelmCall,
	name: string,
	chart: Chart,
	config: ValueMap,
	current: Release,
	last: Release,
	dryRun: DryRun,
): Steps<Release> {
	const facts = {name, namespace: call.namespace, revision: last.version + 1, isUpgrade: true};
	const prepared = prepare(call, chart, config, facts, clusterCapabilities(call), dryRun !== 'client');
	const release = newRelease(call, prepared, facts, config, 'pending-upgrade', 'Preparing upgrade', current.info.first_deployed);
	if (dryRun !== 'none') {
		build(call, release, 'unable to build kubernetes objects from new release manifest');
		return withStatus(release, 'pending-upgrade', 'Dry run complete');
	}

	return yield* replace(call, current, release, 'upgrade', call.flags.string('description') || 'Upgrade complete');
}

const failureWords = {upgrade: 'Upgrade', rollback: 'Rollback'} as const;

function* replace(call: HelmCall, current: Release, pending: Release, kind: 'upgrade' | 'rollback', description: string): Steps<Release> {
	const {storage, flags, cluster, namespace} = call;
	const {name} = pending;
	const objects = build(call, pending, 'unable to build kubernetes objects from new release manifest');
	const old = build(call, current, 'unable to build kubernetes objects from current release manifest');
	const same = (a: KubeObject, b: KubeObject) =>
		a.kind === b.kind &&
		a.metadata.name === b.metadata.name &&
		a.metadata.namespace === b.metadata.namespace &&
		a.apiVersion.split('/')[0] === b.apiVersion.split('/')[0];
	const added = objects.filter(object => !old.some(each => same(each, object)));
	let adopted: KubeObject[];
	try {
		adopted = existing(cluster, added, name, namespace);
	} catch (error) {
		throw wrapped('Unable to continue with update', error);
	}

	let release = pending;
	storage.create(release);
	try {
		if (!flags.bool('no-hooks')) release = yield* hooksOf(call, release, `pre-${kind}`);
		for (const object of objects) {
			const before = old.find(each => same(each, object));
			if (before && cluster.find(object)) cluster.patch(before, object, flags.bool('force'));
			else if (adopted.includes(object)) cluster.patch(object, object, flags.bool('force'));
			else createOne(call, object);
		}

		for (const object of old)
			if (!objects.some(each => same(each, object)) && object.metadata.annotations?.['helm.sh/resource-policy'] !== 'keep')
				cluster.remove(object);
		yield* waiting(call, objects);
		if (!flags.bool('no-hooks')) release = yield* hooksOf(call, release, `post-${kind}`);
	} catch (error) {
		if (!(error instanceof HelmError || error instanceof ApiError)) throw error;
		if (error instanceof EndedByHook) release = error.release;
		storage.update(withStatus(release, 'failed', `${failureWords[kind]} ${JSON.stringify(name)} failed: ${error.message}`));
		if (kind === 'rollback' || !flags.bool('atomic')) throw error;
		const target = storage.history(name, namespace).findLast(each => each.info.status === 'deployed' || each.info.status === 'superseded');
		if (target) yield* rollback(call, name, target.version);
		throw helmError(`release ${name} failed, and has been rolled back due to atomic being set: ${error.message}`);
	}

	for (const each of storage.history(name, namespace))
		if (each.info.status === 'deployed' && each.version !== release.version) storage.update(withStatus(each, 'superseded'));
	const done = withStatus(release, 'deployed', description);
	storage.update(done);
	prune(call, name);
	return done;
}

function createOne({cluster}: HelmCall, object: KubeObject): void {
	try {
		cluster.create(object);
	} catch (error) {
		throw error instanceof ApiError ? helmError(`failed to create resource: ${error.message}`) : error;
	}
}

/** `--history-max`: the oldest go, but never what is deployed. */
function prune({storage, namespace, flags}: HelmCall, name: string): void {
	const most = flags.has('history-max') ? flags.int('history-max') : 10;
	if (most <= 0) return;
	const history = storage.history(name, namespace);
	let excess = history.length - most;
	for (const each of history) {
		if (excess <= 0) return;
		if (each.info.status === 'deployed') continue;
		storage.remove(each);
		excess--;
	}
}

export function* rollback(call: HelmCall, name: string, revision: number): Steps<Release> {
	const {storage, namespace, flags} = call;
	const history = storage.history(name, namespace);
	const current = history.at(-1);
	if (!current) throw helmError('release: not found');
	const version = revision === 0 ? current.version - 1 : revision;
	const target = history.find(each => each.version === version);
	if (!target) throw helmError(version > 0 && revision !== 0 ? `release has no ${version} version` : 'release: not found');
	const release: Release = {
		...target,
		info: {
			...target.info,
			first_deployed: current.info.first_deployed,
			last_deployed: goTime(call.cluster.nowMs),
			deleted: '',
			status: 'pending-rollback',
			description: `Rollback to ${version}`,
		},
		version: current.version + 1,
	};
	if (flags.has('dry-run') && flags.bool('dry-run') && flags.string('dry-run') === 'true') return release;
	return yield* replace(call, current, release, 'rollback', `Rollback to ${version}`);
}

export interface Uninstall {
	readonly keepHistory: boolean;
	readonly noHooks: boolean;
	readonly wait: boolean;
	readonly timeoutMs: number;
	readonly propagation?: string;
}

/** Answers what was kept by its own wish. */
export function* uninstall(
	call: HelmCall,
	name: string,
	{keepHistory, noHooks, wait, timeoutMs, propagation = 'Background'}: Uninstall,
): Steps<readonly KubeObject[]> {
	const {storage, cluster, namespace} = call;
	const history = storage.history(name, namespace);
	let release = history.at(-1);
	if (!release) throw helmError(`uninstall: Release not loaded: ${name}: release: not found`);
	if (release.info.status === 'uninstalled') {
		if (keepHistory) throw helmError(`the release named ${JSON.stringify(name)} is already deleted`);
		for (const each of history) storage.remove(each);
		return [];
	}

	release = {
		...release,
		info: {
			...release.info,
			status: 'uninstalling',
			deleted: goTime(cluster.nowMs),
			description: 'Deletion in progress (or silently failed)',
		},
	};
	storage.update(release);
	if (!noHooks) release = yield* runHooks(cluster, release, 'pre-delete', timeoutMs);
	const objects = inUninstallOrder(manifestsOf('', release.manifest)).flatMap(({object}) => itemsOf(object));
	const kept = objects.filter(object => object.metadata?.annotations?.['helm.sh/resource-policy'] === 'keep');
	for (const object of objects)
		if (!kept.includes(object) && cluster.session.api.kindOf(object.apiVersion, object.kind)) cluster.remove(object, propagation);
	const until = cluster.nowMs + timeoutMs;
	while (wait && objects.some(object => !kept.includes(object) && cluster.find(object))) {
		if (cluster.nowMs > until) throw helmError('context deadline exceeded');
		yield {sleepMs: 2000};
	}

	if (!noHooks) release = yield* runHooks(cluster, release, 'post-delete', timeoutMs);
	if (keepHistory) storage.update(withStatus(release, 'uninstalled', call.flags.string('description') || 'Uninstallation complete'));
	else for (const each of history) storage.remove(each);
	return kept;
}
