import type {Machine} from '../../node/host/machine.js';
import type {BaseEntry} from '../../os/base-tree.js';

/** An executable that knows of which release it is: what is built from its image knows it, too. */
export const released = (path: string, version: string): Readonly<Record<string, BaseEntry>> => ({
	[path]: {text: `\u007fELF ${path} version=${version}\n`, mode: 0o755},
});

/** `otherwise` when somebody has put another file in its place. */
export function versionIn({files}: Machine, path: string, otherwise: string): string {
	const text = files.exists(path) ? files.readText(path) : '';
	return / version=(.*)\n$/.exec(text)?.[1] ?? otherwise;
}
