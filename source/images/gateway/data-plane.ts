import {baseName} from '../../node/image/image-tree.js';
import {type Files, secretsFolder} from './conf/http-conf.js';
import type {GatewayContext} from './memory.js';

/** Writes what has changed into the volumes that nginx shares; false when there was nothing to write. */
export function writeFiles(context: GatewayContext, wanted: Files): boolean {
	const {machine, memory} = context;
	const {files} = machine;
	const same = Object.keys(wanted).length === Object.keys(memory.written).length;
	if (same && Object.entries(wanted).every(([path, text]) => memory.written[path] === text)) return false;
	for (const path of Object.keys(memory.written)) if (!(path in wanted) && files.exists(path)) files.remove(path);
	for (const [path, text] of Object.entries(wanted)) files.write(path, text, {mode: path.startsWith(secretsFolder) ? 0o640 : 0o644});
	context.memory = {...memory, written: wanted};
	return true;
}

/** Sends SIGHUP to the nginx of this pod; what is wrong when there is none. */
export function reload({machine}: GatewayContext): string | undefined {
	const runtime = machine.world.runtime(machine.host);
	const own = runtime.container(machine.container);
	const nginx = runtime.containers().find(each => each.podUid === own?.podUid && each.name === 'nginx' && each.state === 'running');
	if (nginx?.pid === undefined) return 'failed to find NGINX main process: context deadline exceeded';
	runtime.signalProcess(nginx.pid, 'SIGHUP');
	return undefined;
}

/** `gateway initialize --source FILE --destination FOLDER`: what an init container prepares. */
export function initialize({machine, argv}: Pick<GatewayContext, 'machine' | 'argv'>): void {
	const {files} = machine;
	const after = (flag: string) => argv.flatMap((word, index) => (word === flag ? (argv[index + 1] ?? []) : []));
	const [destination = ''] = after('--destination');
	for (const source of after('--source')) files.write(`${destination}/${baseName(source)}`, files.readText(source));
}
