import {recordApart, recordFlag} from './record.js';
import {apiVersionOf} from '../../api/kind.js';
import {jsonPatch} from '../../api/patch/json-patch.js';
import {mergePatch} from '../../api/patch/merge-patch.js';
import type {KubeObject} from '../../api/object.js';
import {goJsonProblem} from '../../api/values/go-json.js';
import {copy} from '../../api/values/plain.js';
import {structSchema} from '../../api/schema/schema.js';
import {strategicMerge} from '../../api/patch/strategic-merge.js';
import {failure, Failure} from './failure.js';
import {dryRunFlag, fileFlags, managerFlag, printFlags, subresourceFlag} from './flags/flag.js';
import {printerFor} from './output/printer.js';
import {dryRunOf, writeQuery} from './resource/dry-run.js';
import {select, visit} from './resource/select.js';
import {nameWithKind, type Target} from './resource/target.js';
import {parseDocuments} from '../../api/values/go-yaml.js';
import {readFile} from './create/config-sources.js';
import type {Call, Verb} from './verb.js';

const types = ['json', 'merge', 'strategic'] as const;
type Type = (typeof types)[number];

const patch: Verb = {
	name: 'patch',
	summary: 'Update fields of a resource',
	group: 'Advanced Commands:',
	usage: 'patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
	flags: [
		...printFlags,
		...fileFlags,
		...dryRunFlag,
		...managerFlag('kubectl-patch'),
		...subresourceFlag,
		['local', 'bool', 'false'],
		['patch', 'string', '', 'p'],
		['patch-file', 'string', ''],
		['type', 'string', 'strategic'],
	],
	hiddenFlags: recordFlag,
	*run(call) {
		const {flags, session} = call;
		const type = (flags.string('type').toLowerCase() || 'strategic') as Type;
		if (flags.bool('local') && call.args.length > 0) throw failure('cannot specify --local and server resources');
		if (flags.string('patch') !== '' && flags.string('patch-file') !== '')
			throw failure('cannot specify --patch and --patch-file together');
		if (flags.string('patch') === '' && flags.string('patch-file') === '')
			throw failure('must specify --patch or --patch-file containing the contents of the patch');
		if (!types.includes(type)) throw failure(`--type must be one of [${types.join(' ')}], not "${flags.string('type')}"`);
		const dryRun = dryRunOf(call);
		const body = patchBody(call);
		const selection = yield* select(call, {local: flags.bool('local')});
		if (selection.targets.length === 0 && selection.errors.length === 0) throw failure('no objects passed to patch');
		yield* visit(selection, function* (target) {
			const local = flags.bool('local') || dryRun === 'client';
			const before = flags.bool('local') ? target.object! : session.get<KubeObject>(target.kind, target.namespace, target.name);
			const subresource = flags.string('subresource') || undefined;
			if (type === 'strategic' && target.kind.customSchema && !local) throw noStrategic(target);
			const after = local
				? patchedLocally(target, before, type, body)
				: session.patch<KubeObject>(target.kind, target.namespace, target.name, type, body, writeQuery(flags, dryRun), subresource);
			if (!local) recordApart(call, target, dryRun);
			const printer = printerFor(session, flags);
			session.out(
				printer ? printer.print(after) : `${label(target, after, subresource)} ${operation(before, after, local || dryRun === 'server')}\n`,
			);
		});
		return 0;
	},
};

export default patch;

const label = (target: Target, after: KubeObject, subresource: string | undefined) =>
	nameWithKind(subresource === 'scale' ? {kind: after.kind, group: after.apiVersion.split('/')[0]!} : target.kind, target.name);

function operation(before: KubeObject, after: KubeObject, local: boolean): string {
	const same = local
		? JSON.stringify(before) === JSON.stringify(after)
		: before.metadata.resourceVersion === after.metadata.resourceVersion;
	return same ? 'patched (no change)' : 'patched';
}

/** A custom resource has no Go type that would tell how its lists are merged. */
const noStrategic = ({kind}: Target) =>
	failure(
		`application/strategic-merge-patch+json is not supported by ${apiVersionOf(kind)}, Kind=${kind.kind}: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml`,
	);

/** YAML is turned into JSON; text that is neither is sent as the string it is. */
function patchBody(call: Call): unknown {
	const {flags} = call;
	const text = flags.string('patch') !== '' ? flags.string('patch') : readPatchFile(call, flags.string('patch-file'));
	// What looks like JSON goes to the server as it is, and it is the server that finds it broken.
	if (/^\s*\{/.test(text)) {
		try {
			return JSON.parse(text);
		} catch (error) {
			const decoding = flags.string('type') === 'strategic' ? '' : 'error decoding patch: ';
			const message = decoding + (goJsonProblem(text) ?? (error as Error).message);
			throw new Failure(message, {status: badRequest(message)});
		}
	}

	try {
		return parseDocuments(text)[0];
	} catch (error) {
		throw failure(`unable to parse ${JSON.stringify(text)}: ${(error as Error).message}`);
	}
}

function readPatchFile(call: Call, name: string): string {
	if (name === '-') return call.session.io.stdin;
	try {
		return readFile(call, name);
	} catch (error) {
		throw failure(`unable to read patch file: ${(error as Error).message.replace(/^Cannot read file [^,]*, /, '')}`);
	}
}

const badRequest = (message: string) =>
	({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'BadRequest', code: 400}) as const;

function patchedLocally({kind}: Target, before: KubeObject, type: Type, body: unknown): KubeObject {
	try {
		if (type === 'json') return jsonPatch(copy(before), body as never) as KubeObject;
		if (type === 'merge') return mergePatch(copy(before), body) as KubeObject;
		return strategicMerge(
			copy(before) as never,
			copy(body) as never,
			structSchema(kind.schema) && {shape: 'struct', name: kind.schema},
		) as KubeObject;
	} catch (error) {
		throw failure((error as Error).message);
	}
}
