import type {KubeObject} from '../../../api/object.js';
import {equal} from '../../../api/values/plain.js';
import type {ExecResult} from '../../../shell/command.js';
import {exit, failure} from '../failure.js';
import {decode, documentsOf} from '../resource/decode.js';
import {objectsOf, type Steps} from '../resource/files.js';
import type {Target} from '../resource/target.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import type {Call} from '../verb.js';
import {fileText, type Reason, withoutComments} from './file-text.js';
import {Results} from './results.js';

/** What becomes of a file that was saved: patches, annotations or new objects. */
export interface Editing {
	/** What the first comment says is edited. */
	readonly subject: 'object' | 'annotation';
	save(edited: readonly Target[], originals: readonly Target[], results: Results): void;
}

const roundsMax = 20;

/** Opens all objects in one file, until it can be saved or nothing more is changed. Models EditOptions.Run (cmd/util/editor/editoptions.go). */
export function* editTogether(call: Call, originals: readonly Target[], editing: Editing): Steps<void> {
	const {session, flags} = call;
	const format = flags.string('output') === 'json' ? 'json' : 'yaml';
	const file = (): string => `/tmp/kubectl-edit-${session.machine.sim.random.fork('kubectl').int(4_000_000_000)}.${format}`;
	const original = fileText(originals, format);
	let reasons: readonly Reason[] = [];
	let before: string | undefined;
	let last: string | undefined;
	for (let round = 0; round < roundsMax; round++) {
		const path = file();
		session.machine.files.write(path, fileText(originals, format, {subject: editing.subject, reasons, body: before}));
		yield* openEditor(call, path, last);
		const edited = session.machine.files.readText(path);
		if (before !== undefined && sameContent(before, edited))
			throw preserved(call, path, failure('Edit cancelled, no valid changes were saved.'));
		if (last !== undefined) session.machine.files.remove(last, {force: true});
		last = path;
		before = withoutComments(edited);
		const results = new Results();
		const problem = invalidText(edited);
		if (problem !== undefined) {
			session.err(`${results.invalidFile(originals[0]!, problem)}\n`);
			({reasons} = results);
			continue;
		}

		if (sameContent(original, edited)) return quit(call, path, 'Edit cancelled, no changes made.');
		try {
			const targets = documentsOf({name: 'edited-file', text: edited}).flatMap(document =>
				objectsOf(session, document, 'edited-file', {filenames: []}),
			);
			editing.save(targets, originals, results);
		} catch (error) {
			throw preserved(call, path, error as Error);
		}

		if (results.retryable) {
			session.err(`You can run \`kubectl replace -f ${path}\` to try this update again.\n`);
			throw exit(1);
		}

		if (results.notFound) {
			session.err(`The edits you made on deleted resources have been saved to ${JSON.stringify(path)}\n`);
			throw exit(1);
		}

		if (results.reasons.length === 0) return session.machine.files.remove(path, {force: true});
		({reasons} = results);
	}
}

function* openEditor(call: Call, path: string, last: string | undefined): Steps<void> {
	const {env} = call.session.io;
	const editor = env['KUBE_EDITOR'] || env['EDITOR'];
	if (!editor || /^(vi|vim)$/.test(editor)) {
		yield {edit: path};
		return;
	}

	const result: ExecResult = yield {exec: {line: `${editor} ${path}`}};
	call.session.out(result.stdout);
	if (result.exitCode === 127) throw preserved(call, last, failure(`unable to launch the editor ${JSON.stringify(editor)}`));
	call.session.err(result.stderr);
	if (result.exitCode !== 0) throw preserved(call, last, failure(`there was a problem with the editor ${JSON.stringify(editor)}`));
}

/** Two texts mean the same when they parse to the same, or are the same but for comments (cmdutil.StripComments). */
function sameContent(a: string, b: string): boolean {
	try {
		return equal(parseDocuments(a)[0] ?? null, parseDocuments(b)[0] ?? null);
	} catch {
		return withoutComments(a) === withoutComments(b);
	}
}

/** The little that kubectl looks at itself before anything is sent. */
function invalidText(text: string): string | undefined {
	try {
		const document = parseDocuments(text)[0] as Partial<KubeObject> | undefined;
		if (typeof document !== 'object' || document === null || Array.isArray(document)) return 'invalid object to validate';
		const missing = [...(document.apiVersion ? [] : ['apiVersion not set']), ...(document.kind ? [] : ['kind not set'])];
		if (missing.length > 0) return missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
		decode(document, 'edited-file');
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

function quit({session}: Call, path: string, words: string): void {
	session.machine.files.remove(path, {force: true});
	session.err(`${words}\n`);
}

function preserved({session}: Call, path: string | undefined, error: Error): Error {
	if (path !== undefined) session.err(`A copy of your changes has been stored to ${JSON.stringify(path)}\n`);
	return error;
}
