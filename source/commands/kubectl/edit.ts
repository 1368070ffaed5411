import type {KubeObject} from '../../api/object.js';
import {copy, equal} from '../../api/plain.js';
import {statusOf} from './failure.js';
import {exit, failure, hasReason, notSimulated} from './failure.js';
import {fileFlags, managerFlag, printFlags, saveConfigFlag, subresourceFlag, validateFlag} from './flags/flag.js';
import {printerFor, withoutManagedFields} from './output/printer.js';
import {toYaml} from './output/yaml-print.js';
import {toJson, toJsonLine} from './output/json-print.js';
import type {Steps} from './resource/files.js';
import {select} from './resource/select.js';
import {nameWithKind, quotedResource, type Target} from './resource/target.js';
import {parseDocuments} from './resource/yaml-read.js';
import {patchBetween} from './resource/change.js';
import {structSchema} from '../../api/schema.js';
import type {Call, Verb} from './verb.js';
import type {ExecResult} from '../../shell/command.js';
import {throwAll} from './failure.js';

const edit: Verb = {
	name: 'edit',
	summary: 'Edit a resource on the server',
	group: 'Basic Commands (Intermediate):',
	usage: 'edit (RESOURCE/NAME | -f FILENAME)',
	flags: [
		...printFlags,
		...fileFlags,
		...managerFlag('kubectl-edit'),
		...saveConfigFlag,
		...subresourceFlag,
		...validateFlag,
		['output-patch', 'bool', 'false'],
		['windows-line-endings', 'bool', 'false'],
	],
	*run(call) {
		if (call.flags.string('output') !== '') printerFor(call.session, call.flags, {formats: ['json', 'yaml'], only: true});
		const selection = yield* select(call, {fetch: true, latest: true, allowEmpty: true});
		throwAll(selection.errors);
		if (selection.targets.length === 0) throw failure('edit cancelled, no objects found');
		if (selection.targets.length > 1) throw notSimulated('kubectl edit of several objects at once');
		yield* editOne(call, selection.targets[0]!);
		return 0;
	},
};

export default edit;

const header = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

const roundsMax = 20;

/** Opens the object in an editor until it can be saved, or nothing more is changed. Models kubectl/pkg/cmd/util/editor. */
function* editOne(call: Call, target: Target): Steps<void> {
	const {session, flags} = call;
	const format = flags.string('output') === 'json' ? 'json' : 'yaml';
	const subresource = flags.string('subresource') || undefined;
	const original = (
		subresource ? session.get<KubeObject>(target.kind, target.namespace, target.name, {}, subresource) : target.object!
	) as KubeObject;
	const shown = format === 'json' ? `${toJson(withoutManagedFields(original))}\n` : toYaml(withoutManagedFields(original));
	const comment = format === 'json' ? '' : header;
	const path = `/tmp/kubectl-edit-${session.machine.sim.random.fork('kubectl').int(4_000_000_000)}.${format}`;
	let text = comment + shown;
	let problem = '';
	for (let round = 0; round < roundsMax; round++) {
		session.machine.files.write(path, text);
		yield* openEditor(call, path);
		const written = session.machine.files.readText(path);
		const content = withoutComments(written);
		if (problem !== '' && content === withoutComments(text)) return cancelled(call, path, text, problem);
		if (content.trim() === '') return quit(call, path, 'Edit cancelled, saved file was empty.');
		if (content === withoutComments(shown)) return quit(call, path, 'Edit cancelled, no changes made.');
		problem = save(call, target, original, {path, content, subresource}) ?? '';
		if (problem === '') {
			session.machine.files.remove(path, {force: true});
			return;
		}

		text = commentOn(problem) + content;
	}
}

function* openEditor(call: Call, path: string): Steps<void> {
	const {env} = call.session.io;
	const editor = env['KUBE_EDITOR'] || env['EDITOR'];
	if (!editor || /^(vi|vim)$/.test(editor)) {
		yield {edit: path};
		return;
	}

	const result: ExecResult = yield {exec: {line: `${editor} ${path}`}};
	call.session.out(result.stdout);
	if (result.exitCode === 127) throw failure(`unable to launch the editor ${JSON.stringify(editor)}`);
	call.session.err(result.stderr);
	if (result.exitCode !== 0) throw failure(`There was a problem with the editor ${JSON.stringify(editor.split(' ')[0])}`);
}

const withoutComments = (text: string): string =>
	text
		.split('\n')
		.filter(line => !line.trimStart().startsWith('#'))
		.join('\n');

function quit({session}: Call, path: string, words: string): void {
	session.machine.files.remove(path, {force: true});
	session.err(`${words}\n`);
}

/** The file was saved as it was after a failure: it stays, and the failure stands. */
function cancelled({session}: Call, path: string, text: string, problem: string): never {
	session.machine.files.write(path, text);
	void problem;
	session.err(`A copy of your changes has been stored to ${JSON.stringify(path)}\nerror: Edit cancelled, no valid changes were saved.\n`);
	throw exit(1);
}

const commentOn = (problem: string): string => {
	const lines = problem.split('\n').filter(line => line !== '');
	return `${header}${lines.map(line => `# ${line}\n`).join('')}#\n`;
};

/** Sends the difference as a patch; answers what was wrong with it, or nothing. */
function save(
	call: Call,
	target: Target,
	original: KubeObject,
	{path, content, subresource}: {path: string; content: string; subresource: string | undefined},
): string | undefined {
	const {session, flags} = call;
	let edited: KubeObject;
	try {
		edited = parseDocuments(content)[0] as KubeObject;
	} catch (error) {
		session.err(`error: ${quotedResource(target.kind, target.name)} is invalid\n`);
		return `The edited file had a syntax error: error parsing edited-file: error converting YAML to JSON: ${(error as Error).message}`;
	}

	if (!edited?.kind || !edited.apiVersion) {
		session.err(`error: ${quotedResource(target.kind, target.name)} is invalid\n`);
		return `The edited file had a syntax error: unable to decode "edited-file": Object '${edited?.kind ? 'apiVersion' : 'Kind'}' is missing`;
	}

	if (edited.metadata?.name !== original.metadata.name || edited.kind !== original.kind || edited.apiVersion !== original.apiVersion) {
		session.err(`A copy of your changes has been stored to ${JSON.stringify(path)}\n`);
		throw failure('At least one of apiVersion, kind and name was changed');
	}

	const before = withoutManagedFields(original) as KubeObject;
	if (equal(before, edited)) {
		session.out(`${nameWithKind(target.kind, target.name)} skipped\n`);
		return undefined;
	}

	try {
		const patch = patchBetween(target, copy(before), edited);
		if (flags.bool('output-patch')) session.out(`Patch: ${toJsonLine(patch)}\n`);
		const type = structSchema(target.kind.schema) ? 'strategic' : 'merge';
		const result = session.patch<KubeObject>(
			target.kind,
			target.namespace,
			target.name,
			type,
			patch,
			{fieldManager: flags.string('field-manager'), fieldValidation: 'Strict'},
			subresource,
		);
		const printer = flags.string('output') === '' ? undefined : printerFor(session, flags);
		session.out(printer ? printer.print(result) : `${nameWithKind(target.kind, target.name)} edited\n`);
		return undefined;
	} catch (error) {
		return failed(call, target, error);
	}
}

/** What goes into the file as a comment; a short form goes to stderr at once. */
function failed({session}: Call, target: Target, error: unknown): string {
	const status = statusOf(error);
	if (status && hasReason(error, 'Invalid')) {
		session.err(`error: ${quotedResource(target.kind, target.name)} is invalid\n`);
		const causes = (status.details?.causes ?? []).map(cause => `* ${cause.field ? `${cause.field}: ` : ''}${cause.message}`);
		return [`${target.kind.plural}${target.kind.group ? `.${target.kind.group}` : ''} "${target.name}" was not valid:`, ...causes].join(
			'\n',
		);
	}

	if (status && hasReason(error, 'NotFound')) {
		session.err(`error: ${quotedResource(target.kind, target.name)} could not be found on the server\n`);
		return `${quotedResource(target.kind, target.name)} could not be found on the server`;
	}

	session.err(
		`error: ${quotedResource(target.kind, target.name)} could not be patched: ${(error as Error).message}\nYou can run \`kubectl replace -f /tmp/kubectl-edit.yaml\` to try this update again.\n`,
	);
	return `${quotedResource(target.kind, target.name)} could not be patched: ${(error as Error).message}`;
}
