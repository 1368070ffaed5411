import type {KubeObject} from '../../../api/object.js';
import type {TypeSchema} from '../../../api/schema/schema.js';
import {structSchema} from '../../../api/schema/schema.js';
import {strategicMerge} from '../../../api/patch/strategic-merge.js';
import {mergePatch} from '../../../api/patch/merge-patch.js';
import {copy} from '../../../api/values/plain.js';
import {apiVersionOf, groupResource} from '../../../api/kind.js';
import {failure, hasReason, prefixed} from '../failure.js';
import {type Deletion, deleteTarget} from '../delete/deletion.js';
import {waitForDeletion} from '../delete/wait-for-deletion.js';
import type {Steps} from '../resource/files.js';
import {type DryRun, writeQuery} from '../resource/dry-run.js';
import type {Target} from '../resource/target.js';
import type {Call} from '../verb.js';
import {placed} from '../create/create.js';
import {toJsonLine} from '../output/json-print.js';
import {lastAppliedAnnotation, withLastApplied} from './last-applied.js';
import {threeWayJson, threeWayStrategic} from './three-way.js';

export interface Applied {
	readonly operation: string;
	readonly object: KubeObject;
}

const patchTriesMax = 5;

/** Three-way apply: what the file says, what was applied last, what is there. Models kubectl/pkg/cmd/apply. */
export function* applyClientSide(call: Call, target: Target, dryRun: DryRun, deletion: Deletion): Steps<Applied> {
	const {session, flags} = call;
	const desired = withLastApplied(placed(target));
	const current = findCurrent(call, target);
	if (!current) {
		if (dryRun === 'client') return {operation: 'created', object: desired};
		try {
			return {operation: 'created', object: session.create(target.kind, target.namespace, desired, writeQuery(flags, dryRun))};
		} catch (error) {
			throw prefixed(`error when creating "${target.source}": `, error);
		}
	}

	if (dryRun !== 'client' && current.metadata.annotations?.[lastAppliedAnnotation] === undefined) {
		session.err(
			`Warning: resource ${target.kind.plural}/${target.name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
		);
	}

	const patched = yield* patchWithRetries(call, target, desired, current, dryRun, deletion);
	if (patched.deleting) session.err(`Warning: Detected changes to resource ${target.name} which is currently being deleted.\n`);
	// A client dry run does not look whether anything would change.
	return {operation: patched.changed || dryRun === 'client' ? 'configured' : 'unchanged', object: patched.object};
}

/** What has no name of its own cannot be found again. */
function checkNamed({object}: Target): void {
	const {name, generateName} = object!.metadata;
	if (!name && generateName) throw failure(`from ${generateName}: cannot use generate name with apply`);
}

function findCurrent(call: Call, target: Target): KubeObject | undefined {
	checkNamed(target);
	try {
		if (target.name === '') throw failure('resource name may not be empty');
		return call.session.find(target.kind, target.namespace, target.name);
	} catch (error) {
		throw prefixed(
			`error when retrieving current configuration of:\n${describeTarget(target)}\nfrom server for: "${target.source}": `,
			error,
		);
	}
}

/** resource.Info.String */
export function describeTarget({kind, namespace, name}: Target): string {
	const version = kind.group ? apiVersionOf(kind) : `/${kind.version}`;
	return `Resource: "${version}, Resource=${kind.plural}", GroupVersionKind: "${version}, Kind=${kind.kind}"\nName: "${name}", Namespace: "${namespace ?? ''}"`;
}

interface Patched {
	readonly object: KubeObject;
	readonly changed: boolean;
	readonly deleting: boolean;
}

function* patchWithRetries(
	call: Call,
	target: Target,
	desired: KubeObject,
	first: KubeObject,
	dryRun: DryRun,
	deletion: Deletion,
): Steps<Patched> {
	let current = first;
	for (let tries = 1; ; tries++) {
		const patch = patchFor(target, desired, current, call.flags.bool('overwrite'));
		if (Object.keys(patch).length === 0)
			return {object: current, changed: false, deleting: current.metadata.deletionTimestamp !== undefined};
		if (dryRun === 'client') return {object: locally(target, current, patch), changed: true, deleting: false};
		try {
			const object = send(call, target, patch, dryRun);
			return {object, changed: true, deleting: current.metadata.deletionTimestamp !== undefined};
		} catch (error) {
			if (hasReason(error, 'Conflict') && tries < patchTriesMax) {
				current = call.session.get(target.kind, target.namespace, target.name);
				continue;
			}

			if (call.flags.bool('force') && (hasReason(error, 'Conflict') || hasReason(error, 'Invalid')))
				return yield* recreate(call, target, desired, deletion);
			const wrapped = prefixed(`error when patching "${target.source}": `, error);
			throw prefixed(
				`error when applying patch:\n${toJsonLine(patch)}\nto:\n${describeTarget(target)}\nfor: "${target.source}": `,
				wrapped,
			);
		}
	}
}

const schemaOf = ({kind}: Target): TypeSchema | undefined => (structSchema(kind.schema) ? {shape: 'struct', name: kind.schema} : undefined);

function patchFor(target: Target, desired: KubeObject, current: KubeObject, overwrite: boolean): Record<string, unknown> {
	const text = current.metadata.annotations?.[lastAppliedAnnotation];
	const original = text === undefined || text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
	const type = schemaOf(target);
	try {
		return type
			? threeWayStrategic(original, copy(desired), copy(current), type, overwrite)
			: threeWayJson(original, copy(desired), copy(current));
	} catch (error) {
		throw failure(`error when creating patch for ${groupResource(target.kind)} ${target.name}: ${(error as Error).message}`);
	}
}

function send(call: Call, target: Target, patch: unknown, dryRun: DryRun): KubeObject {
	const {session, flags} = call;
	const subresource = flags.string('subresource');
	return session.patch(
		target.kind,
		target.namespace,
		target.name,
		schemaOf(target) ? 'strategic' : 'merge',
		patch,
		writeQuery(flags, dryRun),
		subresource || undefined,
	);
}

function locally(target: Target, current: KubeObject, patch: Record<string, unknown>): KubeObject {
	const type = schemaOf(target);
	return (type ? strategicMerge(copy(current) as never, copy(patch) as never, type) : mergePatch(copy(current), patch)) as KubeObject;
}

/** `--force`: what cannot be patched is deleted and made again. */
function* recreate(call: Call, target: Target, desired: KubeObject, deletion: Deletion): Steps<Patched> {
	const {session, flags} = call;
	const uid = deleteTarget(session, target, deletion);
	yield* waitForDeletion(call, [{target, uid}], flags.durationMs('timeout'));
	return {object: session.create(target.kind, target.namespace, desired, writeQuery(flags, 'none')), changed: true, deleting: false};
}
