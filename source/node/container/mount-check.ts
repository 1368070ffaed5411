import type {Mount} from '../../os/files.js';
import {join, type Layer} from '../../os/layer.js';
import type {Volumes} from '../../os/volumes.js';
import type {ContainerRow} from './container-spec.js';

const plugins: Readonly<Record<string, string>> = {
	configmap: 'configmap',
	secret: 'secret',
	projected: 'projected',
	downwardapi: 'downward-api',
	emptydir: 'empty-dir',
	tmpfs: 'empty-dir',
	shared: 'nfs',
};
/** What every container is given; all other mounts are those of its spec, in order. */
const builtIn = new Set(['proc', 'sysfs', 'cgroup', 'etc']);

/** A folder cannot be mounted on a file, nor a file on a folder: what runc says of the first such mount (libcontainer/rootfs_linux.go). */
export function mountProblem(row: ContainerRow, root: Layer, volumes: Volumes): string | undefined {
	const own = row.mounts.filter(({mount}) => !builtIn.has(mount.type));
	for (const [index, {path, mount}] of own.entries()) {
		const from = volumes.open(mount).get(mount.path ?? '/');
		const onto = targetOf(row, path, root, volumes);
		if (!from || !onto || (from.type === 'folder') === (onto.type === 'folder')) continue;
		const source = hostPathOf(row, mount, index);
		const flags = mount.readOnly ? '0x5001' : '0x5000';
		const why = `mount ${source}:${path} (via /proc/self/fd/6), flags: ${flags}: not a directory`;
		return `unable to start container process: error during container init: error mounting "${source}" to rootfs at "${path}": ${why}: unknown`;
	}

	return undefined;
}

/** What lies there before: in the image, or in a volume that is mounted above. */
function targetOf(row: ContainerRow, path: string, root: Layer, volumes: Volumes) {
	const above = row.mounts.filter(each => path.startsWith(`${each.path}/`)).sort((a, b) => b.path.length - a.path.length)[0];
	if (!above) return root.get(path);
	return volumes.open(above.mount).get(join(above.mount.path ?? '/', path.slice(above.path.length + 1)));
}

function hostPathOf({podUid, name}: ContainerRow, {type, source, path}: Mount, index: number): string {
	if (type === 'hostpath') return path ?? '/';
	const volume = source.slice(source.indexOf('/') + 1).replace(/@.*$/, '');
	const pod = `/var/lib/kubelet/pods/${podUid}`;
	return path ? `${pod}/volume-subpaths/${volume}/${name}/${index}` : `${pod}/volumes/kubernetes.io~${plugins[type] ?? type}/${volume}`;
}
