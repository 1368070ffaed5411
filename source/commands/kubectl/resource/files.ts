import type {Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {FileError} from '../../../os/files.js';
import {glob} from '../../../shell/expand/glob.js';
import type {Effect, EffectResult, ExecResult} from '../../../shell/command.js';
import {aggregateText, Failure, failure, rawFailure, throwAll} from '../failure.js';
import {buildKustomization} from '../kustomize/build.js';
import {Unreachable} from '../config/unreachable.js';
import type {Session} from '../session.js';
import type {Target} from './target.js';
import {forbidArguments} from './arguments.js';
import {remember} from './forgotten.js';
import {checkType} from './types-known.js';
import {logLine} from '../klog.js';
import {isServerChecked, problemsOf, typeProblems} from './client-validation.js';
import {decode, decodeItem, documentsOf} from './decode.js';

export type Steps<T> = Generator<Effect, T, EffectResult>;

export interface FileOptions {
	readonly filenames: readonly string[];
	readonly kustomize?: string;
	/** What was named beside the files, which already say what is meant. */
	readonly args?: readonly string[];
	readonly recursive?: boolean;
	/** Look at the objects first, as verbs that send them do. */
	readonly validate?: 'Strict' | 'Warn' | undefined;
	/** `--local`: no server is asked, kinds are not looked up. */
	readonly local?: boolean;
	/** What a file says of the namespace counts, whatever `-n` says (`get` does not insist). */
	readonly anyNamespace?: boolean;
	/** What says nothing of its namespace has none then. */
	readonly allNamespaces?: boolean;
	/** Only kinds that kubectl has types for. */
	readonly typed?: boolean;
}

interface Source {
	readonly name: string;
	readonly text: string;
}

/** Standard input, a URL, or what is on the disk. */
type Place = string | Source | {readonly kustomize: string};

/** Objects of all files, and what went wrong with the others. */
export function* readTargets(session: Session, options: FileOptions): Steps<{targets: Target[]; errors: Error[]; single: boolean}> {
	const targets: Target[] = [];
	const errors: Error[] = [];
	const places = locate(session, options);
	forbidArguments(options.args ?? []);
	for (const place of places) {
		try {
			const source = yield* read(session, place);
			for (const document of documentsOf(source)) targets.push(...objectsOf(session, document, source.name, options));
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			errors.push(error);
		}
	}

	return {targets, errors, single: places.length === 1 && places[0] !== '-'};
}

/** What is wrong with the names is said before anything is read (Builder.FilenameParam). */
function locate(session: Session, {filenames, kustomize, recursive = false}: FileOptions): Place[] {
	const errors: Error[] = [];
	if (kustomize && filenames.length > 0) errors.push(failure('only one of -f or -k can be specified'));
	if (kustomize && recursive) errors.push(failure("the -k flag can't be used with -f or -R"));
	const found: Place[] = [];
	for (const name of errors.length > 0 ? [] : filenames) {
		try {
			found.push(...(name === '-' || isUrl(name) ? [name] : readPath(session, name, recursive)));
			if (found.length + errors.length === 0)
				throw failure(`error reading [${name}]: recognized file extensions are [${extensions.join(' ')}]`);
		} catch (error) {
			errors.push(error as Error);
		}
	}

	throwAll(errors);
	return kustomize ? [{kustomize}] : found;
}

const isUrl = (name: string): boolean => /^https?:\/\//.test(name);

function* read(session: Session, place: Place): Steps<Source> {
	if (place === '-') return {name: 'STDIN', text: session.io.stdin};
	if (typeof place === 'string') return yield* download(place);
	return 'kustomize' in place ? {name: place.kustomize, text: buildKustomization(session, place.kustomize)} : place;
}

function* download(url: string): Steps<Source> {
	const answer: ExecResult = yield {exec: {argv: ['curl', '-sS', '-L', '-w', '\n%{http_code}', url]}};
	if (answer.exitCode !== 0) {
		const host = /^https?:\/\/([^/]+)/.exec(url)![1];
		if (answer.exitCode === 7)
			throw new Failure(`The connection to the server ${host} was refused - did you specify the right host or port?`, {raw: true});
		throw new Failure(
			`Unable to connect to the server: dial tcp: ${/resolve host/.test(answer.stderr) ? `lookup ${host}: no such host` : answer.stderr.trim().replace(/^curl: \(\d+\) /, '')}`,
			{raw: true},
		);
	}

	const cut = answer.stdout.lastIndexOf('\n');
	const code = Number(answer.stdout.slice(cut + 1));
	if (code !== 200)
		throw failure(`unable to read URL "${url}", server reported ${code === 404 ? '404 Not Found' : code}, status code=${code}`);
	return {name: url, text: answer.stdout.slice(0, cut)};
}

const extensions = ['.json', '.yaml', '.yml'];

function readPath(session: Session, name: string, recursive: boolean): Source[] {
	if (name === '/dev/stdin') return [{name, text: session.io.stdin}];
	const {files} = session.machine;
	const path = session.io.path(name);
	if (!files.exists(path)) {
		const matches = glob(session.machine, session.io.cwd, name, {hidden: true});
		if (matches.length === 0) throw failure(`the path "${name}" does not exist`);
		return matches.flatMap(match => readPath(session, match, recursive));
	}

	if (files.stat(path).type !== 'folder') return [{name, text: readText(session, name)}];
	return filesBelow(session, name.replace(/\/$/, ''), recursive).map(file => ({name: file, text: readText(session, file)}));
}

function filesBelow(session: Session, folder: string, recursive: boolean): string[] {
	const {files} = session.machine;
	return files.list(session.io.path(folder)).flatMap(entry => {
		const name = folder === '.' ? entry : `${folder}/${entry}`;
		if (files.stat(session.io.path(name)).type === 'folder') return recursive ? filesBelow(session, name, true) : [];
		return extensions.some(extension => entry.endsWith(extension)) ? [name] : [];
	});
}

export function readText(session: Session, name: string): string {
	try {
		return session.machine.files.readText(session.io.path(name));
	} catch (error) {
		if (error instanceof FileError) throw failure(`open ${name}: ${error.message.toLowerCase()}`);
		throw error;
	}
}

export function objectsOf(session: Session, document: unknown, source: string, options: FileOptions): Target[] {
	reachFor(session, source, options);
	if (options.validate) validateDocument(session, document, source, options.validate);
	return targetsOf(session, decode(document, source), source, options, false);
}

function targetsOf(session: Session, object: KubeObject, source: string, options: FileOptions, listed: boolean): Target[] {
	if (object.kind.endsWith('List') && Array.isArray(object['items'])) {
		return (object['items'] as unknown[]).flatMap(item => targetsOf(session, decodeItem(item, object, source), source, options, true));
	}

	const kind = kindOfObject(session, object, source, listed);
	remember(session, kind);
	if (options.typed) {
		try {
			checkType(kind);
		} catch (error) {
			throw failure(`unable to decode "${source}": ${(error as Error).message}`);
		}
	}

	if (!object.metadata || typeof object.metadata !== 'object') object.metadata = {name: ''};
	return [{kind, namespace: namespaceOf(session, kind, object, options), name: object.metadata.name ?? '', object, source}];
}

/** Files are checked against the server's schema before anybody asks what it serves. */
function reachFor(session: Session, source: string, {validate}: FileOptions): void {
	try {
		session.connect(!validate);
	} catch (error) {
		if (!(error instanceof Unreachable)) throw error;
		const asked = (path: string) => `Get "${session.access.server}${path}?timeout=32s": ${error.cause}`;
		if (!validate) throw failure(`unable to recognize "${source}": ${asked('/api')}`);
		throw failure(
			`error validating "${source}": error validating data: failed to download openapi: ${asked('/openapi/v2')}; if you choose to ignore these errors, turn validation off with --validate=false`,
		);
	}
}

/** kubectl looks at the type, and at what the server cannot be asked to look at strictly (validation.ParamVerifyingSchema). */
function validateDocument(session: Session, document: unknown, source: string, how: 'Strict' | 'Warn'): void {
	const untyped = typeProblems(document);
	const unchecked = !untyped && !isServerChecked(session, document as KubeObject);
	if (unchecked && how === 'Warn') {
		const text = 'cannot perform warn validation if server-side field validation is unsupported, skipping validation';
		session.err(logLine(session, 'W', 'schema.go:145', text));
	}

	const problems = untyped ?? (unchecked && how === 'Strict' ? problemsOf(session, document as KubeObject) : []);
	if (problems.length === 0) return;
	throw failure(
		`error validating "${source}": error validating data: ${aggregateText(problems)}; if you choose to ignore these errors, turn validation off with --validate=false`,
	);
}

function kindOfObject(session: Session, object: KubeObject, source: string, listed: boolean): Kind {
	const {apiVersion, kind} = object;
	const lower = kind.toLowerCase();
	const found =
		session.api.kindOf(apiVersion, kind) ??
		session.api
			.kinds()
			.find(
				known =>
					known.kind.toLowerCase() === kind &&
					lower === kind &&
					(known.group ? `${known.group}/${known.version}` : known.version) === apiVersion,
			);
	if (found) return found;
	if (listed) throw rawFailure(`unable to recognize no matches for kind "${kind}" in version "${apiVersion}"`);
	throw failure(
		`resource mapping not found for name: "${object.metadata?.name ?? ''}" namespace: "${object.metadata?.namespace ?? ''}" from "${source}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
	);
}

/** The object's own namespace, else that of the session; `-n` must agree (resource.RequireNamespace). */
function namespaceOf(session: Session, kind: Kind, object: KubeObject, options: FileOptions): string | undefined {
	if (!kind.namespaced) return undefined;
	const own = object.metadata.namespace;
	if (own && !options.local && !options.anyNamespace && session.namespaceForced && own !== session.namespace) {
		throw failure(
			`the namespace from the provided object "${own}" does not match the namespace "${session.namespace}". You must pass '--namespace=${own}' to perform this operation.`,
		);
	}

	return own || (options.allNamespaces ? undefined : session.namespace);
}
