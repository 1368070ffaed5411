import type {KubeObject} from '../../../api/object.js';
import {equal} from '../../../api/values/plain.js';
import {createBaseTree} from '../../../os/base-tree.js';
import type {Mount} from '../../../os/files.js';
import type {Layer} from '../../../os/layer.js';
import {normalise, parentOf} from '../../../os/layer.js';
import {createOverlay} from '../../../os/overlay.js';
import type {KubeletContext} from '../context.js';
import type {PodRecord} from '../record.js';
import {memoryKib} from './volume-size.js';
import {MountError, type Payload, payloadOf} from './volume-payload.js';
import {createWrittenLayer, type Written} from './written-volume.js';

export const volumeId = (uid: string, name: string) => `${uid}/${name}`;
const openFolder: Layer = createBaseTree({'/': {folder: true, mode: 0o777}});

/** Teaches the host to open the volumes that its kubelet sets up. */
export function defineVolumes({host, sim}: KubeletContext): void {
	const written = sim.state.table<Written>(`kubelet/${host.spec.name}/volumes`);
	for (const kind of ['configmap', 'secret', 'projected', 'downwardapi'])
		host.volumes.define(kind, id => createWrittenLayer(() => written.get(id)));
	host.volumes.define('emptydir', id => createOverlay(sim, `os/volumes/${id}`, openFolder));
	host.volumes.define('tmpfs', id => createOverlay(sim, `os/volumes/${id}`, openFolder));
	host.volumes.define('shared', id => createOverlay(sim, `os/shared/${id}`, openFolder));
}

/** Sets up every volume of a pod; throws a `MountError` with the volume's name in front at the first that cannot be. */
export function setUpVolumes(context: KubeletContext, record: PodRecord): void {
	for (const volume of record.pod['spec'].volumes ?? []) {
		try {
			setUp(context, record, volume);
		} catch (error) {
			if (!(error instanceof MountError)) throw error;
			throw new MountError(`MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`);
		}
	}
}

function setUp(context: KubeletContext, record: PodRecord, volume: any): void {
	const payload = payloadOf(context, record, volume);
	if (payload) writePayload(context, record, volume, payload);
	else if (volume.emptyDir) makeEmptyDir(context, record, volume);
	else if (volume.hostPath) checkHostPath(context, volume.hostPath);
	else mountOf(context, record, volume.name);
}

/** As AtomicWriter: nothing is touched when nothing changed. */
function writePayload({sim, node}: KubeletContext, {uid, pod}: PodRecord, volume: any, payload: Payload): void {
	const table = sim.state.table<Written>(`kubelet/${node}/volumes`);
	const id = volumeId(uid, volume.name);
	const old = table.get(id);
	if (old && equal(old.payload, payload)) return;
	const group = pod['spec'].securityContext?.fsGroup;
	// A ConfigMap lies on the disk, everything else in memory, where a new file system is sticky.
	const mode = volume.configMap ? 0o777 : 0o1777;
	table.set(id, {payload, atMs: sim.clock.now(), mode, ...(group !== undefined && {group})});
}

/** Open to all; `fsGroup` owns it and what is made in it. Models pkg/volume/volume_linux.go SetVolumeOwnership. */
function makeEmptyDir({host, sim}: KubeletContext, {uid, pod}: PodRecord, volume: any): void {
	const inMemory = volume.emptyDir.medium === 'Memory';
	const layer = host.volumes.open({type: inMemory ? 'tmpfs' : 'emptydir', source: volumeId(uid, volume.name)});
	const group = pod['spec'].securityContext?.fsGroup;
	const mode = (inMemory ? 0o1777 : 0o777) | (group === undefined ? 0 : 0o2000);
	const at = layer.get('/');
	if (at?.mode === mode && at.gid === (group ?? 0)) return;
	layer.put!('/', {type: 'folder', mode, uid: 0, gid: group ?? 0, mtimeMs: sim.clock.now(), size: inMemory ? 40 : 4096});
}

/** The ConfigMaps and Secrets of a running pod, brought up to date. Keys that have gone missing leave the files as they are. */
export function refreshVolumes(context: KubeletContext, record: PodRecord): void {
	for (const volume of record.pod['spec'].volumes ?? []) {
		try {
			const payload = payloadOf(context, record, volume);
			if (payload) writePayload(context, record, volume, payload);
		} catch (error) {
			if (!(error instanceof MountError)) throw error;
		}
	}
}

export function dropVolumes({sim, node}: KubeletContext, record: PodRecord): void {
	for (const {name} of record.pod['spec'].volumes ?? []) {
		sim.state.table<Written>(`kubelet/${node}/volumes`).delete(volumeId(record.uid, name));
		sim.state.drop(`os/volumes/${volumeId(record.uid, name)}`);
	}
}

const typeChecks: Readonly<Record<string, readonly [type: string, words: string]>> = {
	Directory: ['folder', 'is not a directory'],
	File: ['file', 'is not a file'],
	Socket: ['socket', 'is not a socket file'],
	CharDevice: ['device', 'is not a character device'],
	BlockDevice: ['block', 'is not a block device'],
};

function checkHostPath({host}: KubeletContext, {path, type = ''}: {path: string; type?: string}): void {
	const {files} = host.machine;
	const full = normalise(path);
	if (!files.exists(full)) {
		if (type === 'DirectoryOrCreate' || type === '') files.makeFolder(full, {recursive: true});
		else if (type === 'FileOrCreate') {
			files.makeFolder(parentOf(full), {recursive: true});
			files.write(full, '');
		}
	}

	const check = typeChecks[type];
	if (check && (!files.exists(full) || files.stat(full).type !== check[0]))
		throw new MountError(`hostPath type check failed: ${path} ${check[1]}`);
}

/** What a volume is to the machine's mount table. */
export function mountOf(context: KubeletContext, record: PodRecord, name: string): Mount {
	const {pod, uid} = record;
	const volume = pod['spec'].volumes?.find((each: any) => each.name === name);
	if (!volume) throw new MountError(`volume "${name}" is not in the pod`);
	const source = volumeId(uid, name);
	const sizeKib = memoryKib(context, record, volume);
	if (volume.configMap) return {type: 'configmap', source, readOnly: true};
	if (volume.secret) return {type: 'secret', source, readOnly: true, sizeKib};
	if (volume.projected) return {type: 'projected', source, readOnly: true, sizeKib};
	if (volume.downwardAPI) return {type: 'downwardapi', source, readOnly: true, sizeKib};
	if (volume.emptyDir) return volume.emptyDir.medium === 'Memory' ? {type: 'tmpfs', source, sizeKib} : {type: 'emptydir', source};
	if (volume.hostPath) return hostPath(context, volume.hostPath.path);
	if (volume.nfs) return {type: 'shared', source: `nfs/${volume.nfs.server}${normalise(volume.nfs.path)}`, readOnly: volume.nfs.readOnly};
	if (volume.persistentVolumeClaim) return claimed(context, pod.metadata.namespace ?? 'default', volume.persistentVolumeClaim);
	const kind = Object.keys(volume).find(key => key !== 'name') ?? 'nothing';
	context.sim.notes.notSimulated(`Pod spec.volumes[].${kind}`);
	throw new MountError(`not simulated: volumes of kind ${kind}`);
}

const hostPath = ({host}: KubeletContext, path: string): Mount => ({
	type: 'hostpath',
	source: '',
	path: host.machine.files.realpath(normalise(path)),
});

function claimed(context: KubeletContext, namespace: string, {claimName, readOnly}: {claimName: string; readOnly?: boolean}): Mount {
	const claim = context.client.find<KubeObject>('persistentvolumeclaims', namespace, claimName);
	if (!claim) throw new MountError(`persistentvolumeclaim "${claimName}" not found`);
	const volume = context.client.find<KubeObject>('persistentvolumes', undefined, claim['spec'].volumeName ?? '');
	if (!volume) throw new MountError(`PVC ${namespace}/${claimName} is not bound`);
	const {hostPath: onHost, local, nfs} = volume['spec'];
	if (onHost) {
		checkHostPath(context, {path: onHost.path, type: onHost.type});
		return {...hostPath(context, onHost.path), readOnly};
	}

	if (local) {
		checkHostPath(context, {path: local.path, type: 'Directory'});
		return {...hostPath(context, local.path), readOnly};
	}

	return {type: 'shared', source: nfs ? `nfs/${nfs.server}${normalise(nfs.path)}` : `pv/${volume.metadata.name}`, readOnly};
}
