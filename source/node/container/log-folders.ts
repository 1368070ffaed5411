import {rfc3339} from '../../api/values/time.js';
import {createGenerated} from '../../os/generated.js';
import type {Layer} from '../../os/layer.js';
import type {Container, LogLine, Runtime} from '../runtime.js';

export const podLogFolder = '/var/log/pods';
export const containerLogFolder = '/var/log/containers';

/** `kube-system_coredns-x_<uid>/coredns/0.log` */
const pathOf = ({podNamespace, podName, podUid, name, attempt}: Container): string =>
	`/${podNamespace}_${podName}_${podUid}/${name}/${attempt}.log`;

/** As the runtime writes it: when, from where, whether the line is full. */
const lineOf = ({atMs, stream, text}: LogLine): string =>
	`${rfc3339(atMs).replace('Z', `.${String(atMs % 1000).padStart(3, '0')}000000Z`)} ${stream} F ${text}\n`;

const ofPods = (runtime: Runtime) => runtime.containers().filter(container => container.namespace === 'k8s.io');

/** What `crictl logs` reads, as the files that it is on a real node. */
export const createPodLogs = (runtime: () => Runtime, nowMs: () => number): Layer =>
	createGenerated({
		nowMs,
		names(path) {
			const folder = path === '/' ? '/' : `${path}/`;
			const below = ofPods(runtime())
				.map(pathOf)
				.filter(each => each.startsWith(folder))
				.map(each => each.slice(folder.length).split('/')[0]!);
			return below.length > 0 || path === '/' ? [...new Set(below)] : undefined;
		},
		file(path) {
			const found = ofPods(runtime()).find(each => pathOf(each) === path);
			return found && {mode: 0o640, read: () => runtime().logs(found.id).map(lineOf).join('')};
		},
	});

/** One link for each container, named for those who collect logs. */
export function createContainerLogLinks(runtime: () => Runtime, nowMs: () => number): Layer {
	const nameOf = ({podName, podNamespace, name, id}: Container) => `${podName}_${podNamespace}_${name}-${id}.log`;
	return createGenerated({
		nowMs,
		names: path => (path === '/' ? ofPods(runtime()).map(nameOf) : undefined),
		file(path) {
			const found = ofPods(runtime()).find(each => `/${nameOf(each)}` === path);
			return found && {symlink: true, read: () => `${podLogFolder}${pathOf(found)}`};
		},
	});
}
