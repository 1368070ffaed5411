import type {Machine} from '../../../node/host/machine.js';
import {resolveName} from '../../../node/host/resolve.js';
import type {BaseEntry} from '../../../os/base-tree.js';
import {parentOf} from '../../../os/layer.js';
import type {ContainerPackage} from './catalogue.js';

/** Where the mirrors of all distributions stand. */
const mirror = 'mirrors.aliyun.com';

/** Whether a download would come through: by name, over the container's own network. */
export function reachesMirror(machine: Machine): boolean {
	const address = resolveName(machine, mirror);
	if (!address) return false;
	const connection = machine.stack.connect(address, 80);
	connection.close();
	return connection.outcome.kind === 'connected';
}

const recordPath = '/var/lib/kubelab-packages';

/** Names of what was installed in this container, or in a layer below it. */
export const installed = ({files}: Machine): ReadonlySet<string> =>
	new Set(files.exists(recordPath) ? files.readText(recordPath).split('\n').filter(Boolean) : []);

export function remember({files}: Machine, names: ReadonlySet<string>): void {
	put(files, recordPath, `${[...names].sort().join('\n')}\n`, 0o644);
}

type Files = Machine['files'];

function put(files: Files, path: string, text: string, mode: number): void {
	files.makeFolder(parentOf(path), {recursive: true});
	files.write(path, text, {mode});
	files.chmod(path, mode);
}

/** Puts a package's files where they belong; a server comes with what its image has, and names the program that it runs. */
export function install({files, world}: Machine, {commands, server}: ContainerPackage): void {
	const found = server === undefined ? undefined : world.registries.lookup({repository: server, tag: 'latest'});
	for (const [path, entry] of Object.entries(found?.variant.files ?? {})) if (!files.exists(path)) place(files, path, entry);
	const program = found?.image.program?.name;
	for (const path of commands)
		if (!files.exists(path)) put(files, path, `\u007fELF ${path}${program ? ` program=${program}` : ''}\n`, 0o755);
}

function place(files: Files, path: string, entry: BaseEntry): void {
	if (typeof entry === 'string') put(files, path, entry, 0o644);
	else if ('symlink' in entry) {
		files.makeFolder(parentOf(path), {recursive: true});
		files.symlink(entry.symlink, path);
	} else if ('folder' in entry) files.makeFolder(path, {recursive: true, mode: entry.mode});
	else if ('make' in entry) put(files, path, entry.make(), entry.mode ?? 0o644);
	else if ('text' in entry) put(files, path, entry.text ?? '', entry.mode ?? 0o644);
}

export function uninstall({files}: Machine, {commands}: ContainerPackage): void {
	for (const path of commands) files.remove(path, {force: true});
}
