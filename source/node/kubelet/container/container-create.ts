import {grantedCapabilities} from '../../../os/capabilities.js';
import {normalise} from '../../../os/layer.js';
import type {MountEntry} from '../../../os/mount-table.js';
import type {ContainerSpec} from '../../container/container-spec.js';
import {defaultPath} from '../../program/executable.js';
import type {KubeletContext} from '../context.js';
import {expand, makeEnvironment} from './environment.js';
import {hostnameOf} from '../pod-etc.js';
import {mountOf} from '../volume/pod-volumes.js';
import {type PodRecord, podIdOf, type SpecContainer, stateOf} from '../record.js';
import {manifestOf, type ResolvedImage} from '../../registry/manifest.js';
import {ConfigError} from './config-error.js';

/** Everything containerd needs to know; throws a `ConfigError` when something the spec refers to is not there. */
export function containerSpec(context: KubeletContext, record: PodRecord, container: SpecContainer, image: ResolvedImage): ContainerSpec {
	const {spec} = container;
	const {pod} = record;
	const {variant} = image;
	const set = makeEnvironment(context, record, spec);
	const lookup = (name: string) => set[name];
	const expanded = (words: readonly string[] | undefined) => words?.map(word => expand(word, lookup));
	const command = expanded(spec.command);
	const args = expanded(spec.args);
	const argv = command ? [...command, ...(args ?? [])] : [...variant.entrypoint, ...(args ?? variant.command)];
	const user = userOf(record, spec, variant.user);
	checkUser(record, spec, user);
	const env = {
		PATH: defaultPath,
		HOSTNAME: hostnameOf(record, context.node, context.cluster.clusterDomain),
		...variant.env,
		...set,
		HOME: set['HOME'] ?? variant.env?.['HOME'] ?? (user === 'root' || user === '0' ? '/root' : '/'),
	};
	return {
		sandbox: record.sandbox!,
		podUid: record.uid,
		podNamespace: pod.metadata.namespace ?? 'default',
		podName: pod.metadata.name,
		name: spec.name,
		attempt: stateOf(record, spec.name).restarts,
		image: spec.image,
		manifest: manifestOf(image),
		argv,
		env: spec.tty ? {...env, TERM: 'xterm'} : env,
		workingDir: normalise(spec.workingDir || variant.workingDir || '/'),
		user,
		groups: groupsOf(record, spec),
		// An image that was built for a user has its files prepared for that one; trees do not say so.
		...(user !== 'root' && !(variant.user && variant.user !== 'root' && variant.user !== '0') && {confined: true}),
		mounts: mounts(context, record, spec, set),
		readOnly: spec.securityContext?.readOnlyRootFilesystem === true,
		tty: spec.tty === true,
		stdin: spec.stdin === true,
		stopSignal: spec.lifecycle?.stopSignal ?? variant.stopSignal ?? 'SIGTERM',
		terminationMessagePath: spec.terminationMessagePath ?? '/dev/termination-log',
		privileged: spec.securityContext?.privileged === true,
		capabilities: grantedCapabilities(spec.securityContext?.capabilities ?? {}),
		noNewPrivileges: spec.securityContext?.allowPrivilegeEscalation === false,
		seccomp: isFiltered(spec.securityContext?.seccompProfile ?? pod['spec'].securityContext?.seccompProfile),
		...pidNamespaceOf(record, spec),
	};
}

const isFiltered = (profile: any): boolean => profile !== undefined && profile.type !== 'Unconfined';

function pidNamespaceOf(record: PodRecord, spec: any): Pick<ContainerSpec, 'pids'> {
	const pod = record.pod['spec'];
	const target = spec.targetContainerName && stateOf(record, spec.targetContainerName).id;
	const pids = pod.hostPID ? 'host' : pod.shareProcessNamespace ? record.sandbox : target;
	return pids ? {pids} : {};
}

function userOf(record: PodRecord, spec: any, imageUser: string | undefined): string {
	const wanted = spec.securityContext?.runAsUser ?? record.pod['spec'].securityContext?.runAsUser;
	const user = wanted === undefined ? (imageUser ?? 'root') : String(wanted);
	return user === '0' ? 'root' : user.split(':')[0]!;
}

function groupsOf(record: PodRecord, spec: any): ContainerSpec['groups'] {
	const pod = record.pod['spec'].securityContext ?? {};
	const primary: number | undefined = spec.securityContext?.runAsGroup ?? pod.runAsGroup;
	const more: number[] = [...(pod.supplementalGroups ?? []), ...(pod.fsGroup === undefined ? [] : [pod.fsGroup])];
	return primary === undefined && more.length === 0 ? undefined : {...(primary !== undefined && {primary}), more};
}

function checkUser(record: PodRecord, spec: any, user: string): void {
	const nonRoot = spec.securityContext?.runAsNonRoot ?? record.pod['spec'].securityContext?.runAsNonRoot;
	if (!nonRoot) return;
	const where = `(pod: "${podIdOf(record)}", container: ${spec.name})`;
	if ((spec.securityContext?.runAsUser ?? record.pod['spec'].securityContext?.runAsUser) === 0)
		throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`);
	if (user === 'root') throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`);
	if (!/^\d+$/.test(user))
		throw new ConfigError(`container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${where}`);
}

function mounts(context: KubeletContext, record: PodRecord, spec: any, env: Readonly<Record<string, string>>): MountEntry[] {
	const source = `${record.uid}/${spec.name}/${stateOf(record, spec.name).restarts}`;
	const etc = (path: string, file: string): MountEntry => ({path, mount: {type: 'etc', source, path: file}});
	const result: MountEntry[] = [
		{path: '/proc', mount: {type: 'proc', source: `${record.uid}/${spec.name}`}},
		{path: '/sys', mount: {type: 'sysfs', source: `${record.uid}/${spec.name}`, readOnly: true}},
		{path: '/sys/fs/cgroup', mount: {type: 'cgroup', source: `${record.uid}/${spec.name}`, readOnly: true}},
		etc('/etc/hosts', '/hosts'),
		etc('/etc/hostname', '/hostname'),
		etc('/etc/resolv.conf', '/resolv.conf'),
		etc(spec.terminationMessagePath ?? '/dev/termination-log', '/termination-log'),
	];
	for (const mount of spec.volumeMounts ?? []) {
		const volume = mountOf(context, record, mount.name);
		const subPath = mount.subPathExpr ? expandPath(mount.subPathExpr, env) : mount.subPath;
		const path = subPath ? subPathOf(context, volume, subPath) : volume.path;
		const frozen = subPath && volume.readOnly && volume.type !== 'hostpath';
		result.push({
			path: normalise(mount.mountPath).replace(/^\/var\/run(?=\/|$)/, '/run'),
			mount: frozen
				? freeze(context, record, spec, mount, volume, subPath)
				: {...volume, ...(path && {path}), readOnly: mount.readOnly || volume.readOnly},
		});
	}

	return result;
}

/** Here a name that is not there is no text but a mistake. Models container/helpers.go ExpandContainerVolumeMounts. */
function expandPath(text: string, env: Readonly<Record<string, string>>): string {
	const missing = new Set<string>();
	const path = expand(text, name => {
		if (!env[name]) missing.add(name);
		return env[name];
	});
	if (missing.size > 0) throw new ConfigError(`missing value for ${[...missing].sort().join(', ')}`);
	return path;
}

/** A folder named by subPath is made when it is missing, as open as its volume is. */
function subPathOf({host}: KubeletContext, volume: MountEntry['mount'], subPath: string): string {
	const path = normalise(`${volume.path ?? ''}/${subPath}`);
	const layer = host.volumes.open(volume);
	if (layer.get(path) || !layer.put) return path;
	const above = layer.get(volume.path ?? '/');
	const mode = (above?.mode ?? 0o755) & 0o2777;
	const mtimeMs = host.machine.sim.clock.now();
	let made = '';
	for (const part of path.split('/').filter(Boolean)) {
		made += `/${part}`;
		if (!layer.get(made)) layer.put(made, {type: 'folder', mode, uid: 0, gid: above?.gid ?? 0, mtimeMs, size: 4096});
	}

	return path;
}

/** A file of a ConfigMap mounted by subPath is bound to the file of that moment and never changes: it is copied aside. */
function freeze(
	{host, sim}: KubeletContext,
	record: PodRecord,
	spec: any,
	mount: any,
	volume: MountEntry['mount'],
	subPath: string,
): MountEntry['mount'] {
	const source = host.volumes.open(volume);
	const copyId = `${record.uid}/${mount.name}@${spec.name}`;
	const target = host.volumes.open({type: 'emptydir', source: copyId});
	const data = source.get('/..data')?.text;
	const path = normalise(subPath);
	const from = data && source.get(`/${data}${path}`);
	// A key that is not there becomes an empty folder, as every missing subPath does.
	if (!from) target.put!(path, {type: 'folder', mode: 0o755, uid: 0, gid: 0, mtimeMs: sim.clock.now(), size: 4096});
	const copyTree = (inner: string) => {
		const inode = source.get(`/${data}${inner}`);
		if (!inode) return;
		target.put!(inner, {...inode, mtimeMs: sim.clock.now()});
		if (inode.type === 'folder') for (const name of source.children(`/${data}${inner}`)) copyTree(`${inner}/${name}`);
	};
	copyTree(path);
	return {type: 'emptydir', source: copyId, path, readOnly: true};
}
