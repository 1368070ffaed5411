import {toYaml} from '../output/yaml-print.js';
import type {Call} from '../verb.js';
import {kubeconfigPaths} from './access.js';
import {inGoOrder} from './shape.js';
import {emptyKubeconfig, type Kubeconfig, parseKubeconfig} from './kubeconfig.js';

export type Section = 'clusters' | 'contexts' | 'users';

/** The files of the kubeconfig, each as it is on disk. */
export function openFiles(call: Call): Array<{path: string; config: Kubeconfig}> {
	const {files} = call.session.machine;
	return kubeconfigPaths(call.session.io, call.flags).map(path => ({
		path,
		config: files.exists(path) ? structuredClone(parseKubeconfig(files.readText(path))) : emptyKubeconfig(),
	}));
}

/** The file that holds an entry, else the first that exists, else the last of the list (clientcmd.ModifyConfig). */
export function fileFor(call: Call, holds: (config: Kubeconfig) => boolean): {path: string; config: Kubeconfig} {
	const all = openFiles(call);
	const {files} = call.session.machine;
	return all.find(({config}) => holds(config)) ?? all.find(({path}) => files.exists(path)) ?? all.at(-1)!;
}

export function save(call: Call, {path, config}: {path: string; config: Kubeconfig}): void {
	const {files} = call.session.machine;
	const folder = path.slice(0, path.lastIndexOf('/')) || '/';
	if (!files.exists(folder)) files.makeFolder(folder, {recursive: true});
	files.write(path, toYaml({...config, ...inGoOrder(config)}), {mode: 0o600});
}

/** How a path is named in messages: as given with --kubeconfig, else in full. */
export const shownPath = (call: Call, path: string): string => call.flags.string('kubeconfig') || path;
