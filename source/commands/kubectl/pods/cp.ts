import type {KubeObject} from '../../../api/object.js';
import type {Machine} from '../../../node/host/machine.js';
import {FileError, type Files} from '../../../os/files.js';
import {tarWords} from '../../../shell/tar.js';
import {failure} from '../failure.js';
import type {Call, Verb} from '../verb.js';
import {machineOf} from './exec.js';
import {defaultContainer} from './find-pod.js';
import {programProblem} from './program-path.js';

const cp: Verb = {
	name: 'cp',
	summary: 'Copy files and directories to and from containers',
	group: 'Troubleshooting and Debugging Commands:',
	usage: 'cp <file-spec-src> <file-spec-dest>',
	flags: [
		['container', 'string', '', 'c'],
		['no-preserve', 'bool', 'false'],
		['retries', 'int', '0'],
	],
	*run(call) {
		const [from, to, ...more] = call.args;
		if (from === undefined || to === undefined || more.length > 0) throw failure('source and destination are required');
		const [source, target] = [parseSpec(from), parseSpec(to)];
		if (source.pod && target.pod) throw failure('one of src or dest must be a local file specification');
		if (source.path === '' || target.path === '') throw failure('filepath can not be empty');
		if (target.pod) return upload(call, source.path, target);
		if (source.pod) download(call, source, target.path);
		else throw failure('one of src or dest must be a remote file specification');
		return 0;
	},
};

export default cp;

interface Spec {
	readonly pod?: string;
	readonly namespace?: string;
	readonly path: string;
}

/** `ns/pod:path`, `pod:path` or `path`. */
function parseSpec(text: string): Spec {
	const colon = text.indexOf(':');
	if (colon === 0) throw failure('filespec must match the canonical format: [[namespace/]pod:]file/path');
	if (colon === -1) return {path: text};
	const parts = text.slice(0, colon).split('/');
	const path = text.slice(colon + 1);
	if (parts.length > 2) throw failure('filespec must match the canonical format: [[namespace/]pod:]file/path');
	return parts.length === 2 ? {namespace: parts[0]!, pod: parts[1]!, path} : {pod: parts[0]!, path};
}

/** The container, which needs a `tar` of its own. */
function machineFor(call: Call, {pod: name, namespace}: Spec): Machine {
	const {session, flags} = call;
	const pod = session.get<KubeObject>(session.kindNamed('pods'), namespace ?? session.namespace, name!);
	const {phase} = pod['status'] ?? {};
	if (phase === 'Succeeded' || phase === 'Failed')
		throw failure(`cannot exec into a container in a completed pod; current phase is ${phase}`);
	const container = flags.string('container') || defaultContainer(session, pod);
	const machine = machineOf(call, pod, container);
	const problem = programProblem(machine, 'tar');
	if (problem) {
		const id = session.machine.sim.random.fork('kubectl').hex(64);
		throw failure(
			`Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${problem}: unknown`,
		);
	}

	return machine;
}

function upload(call: Call, path: string, spec: Spec): number {
	const {session} = call;
	const {files} = session.machine;
	const source = session.io.path(path);
	if (!files.exists(source)) throw failure(`${path} doesn't exist in local filesystem`);
	const machine = machineFor(call, spec);
	const target = within(machine, spec.path);
	const isFolder = machine.files.exists(target) && machine.files.stat(target).type === 'folder';
	const final = isFolder || spec.path.endsWith('/') ? join(target, baseOf(source)) : target;
	const folder = parentOf(final);
	const say = tarWords(machine);
	if (!machine.files.exists(folder)) return tarFailed(call, say.noFolder(folder), say.exitCode);
	try {
		copyTree(files, source, machine.files, final);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return tarFailed(call, `${say.cannotOpen(baseOf(final), error.message)}${say.end}`, say.exitCode);
	}

	return 0;
}

/** What the container's tar said, and how it ended: kubectl ends the same way. */
function tarFailed({session}: Call, text: string, exitCode: number): number {
	session.err(`${text}command terminated with exit code ${exitCode}\n`);
	return exitCode;
}

function download(call: Call, spec: Spec, path: string): void {
	const {session} = call;
	const machine = machineFor(call, spec);
	const source = within(machine, spec.path);
	const say = tarWords(machine);
	if (spec.path.startsWith('/')) session.out(say.leading);
	if (!machine.files.exists(source)) {
		session.out(`${say.missing(spec.path)}${say.end}`);
		return;
	}

	const {files} = session.machine;
	const target = session.io.path(path);
	const isFolder = files.exists(target) && files.stat(target).type === 'folder';
	// Nothing is put below a folder that is there: the name is the name (cp.go, untarAll).
	if (isFolder && machine.files.stat(source).type !== 'folder') throw failure(`open ${path}: is a directory`);
	if (!files.exists(parentOf(target))) files.makeFolder(parentOf(target), {recursive: true});
	copyTree(machine.files, source, files, target);
}

const within = (machine: Machine, path: string) => (path.startsWith('/') ? clean(path) : clean(`${machine.home}/${path}`));
const clean = (path: string) => path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';
const join = (folder: string, name: string) => (folder === '/' ? `/${name}` : `${folder}/${name}`);

function copyTree(from: Files, source: string, to: Files, target: string): void {
	if (from.stat(source).type !== 'folder') {
		to.write(target, from.readBytes(source), {mode: from.stat(source).mode});
		return;
	}

	if (!to.exists(target)) to.makeFolder(target);
	for (const name of from.list(source)) copyTree(from, join(source, name), to, join(target, name));
}
