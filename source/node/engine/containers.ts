import {grantedCapabilities} from '../../os/capabilities.js';
import type {Volumes} from '../../os/volumes.js';
import type {MountEntry} from '../../os/mount-table.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import {defaultPath} from '../program/executable.js';
import type {Machine} from '../host/machine.js';
import type {Namespaces} from '../container/namespaces.js';
import {containerNamespace} from './endpoints.js';
import {dropEtc, etcMounts, tmpfsMount} from './etc.js';
import {engineActor, type Lifecycle} from './lifecycle.js';
import {type Bind, type ContainerRecord, EngineError, type EngineEvent, type VolumeRecord} from './model.js';
import {randomName} from './names.js';
import {copyUp, volumePath} from './volume-data.js';
import {manifestOf} from '../registry/manifest.js';
import type {Containerd} from '../container/cri.js';
import type {Networks, LocalImage, LocalImages, Containers} from './docker.js';

export interface ContainersParts {
	readonly sim: Sim;
	readonly host: string;
	readonly containerd: Containerd;
	readonly namespaces: Namespaces;
	readonly volumes: Volumes;
	readonly networks: Networks;
	readonly images: LocalImages;
	readonly records: Table<ContainerRecord>;
	readonly volumeRows: Table<VolumeRecord>;
	readonly machine: Machine;
	lifecycle(): Lifecycle;
	event(type: EngineEvent['type'], action: string, id: string, attributes?: Readonly<Record<string, string>>): void;
}

const killAfterMs = 10_000;

export function createContainers(parts: ContainersParts): Containers {
	const {sim, host, containerd, namespaces, networks, records, event} = parts;
	const actor = engineActor(host);
	const list = () => [...records.values()].reverse();
	const find = (text: string) => {
		const name = text.replace(/^\//, '');
		const exact = list().find(each => each.name === name) ?? records.get(text);
		if (exact || text === '') return exact;
		const begun = list().filter(each => each.id.startsWith(text));
		if (begun.length > 1) throw new EngineError(`multiple IDs found with provided prefix: ${text}`);
		return begun[0];
	};

	const change = (id: string, patch: Partial<ContainerRecord>) => {
		const record = records.get(id);
		if (record) records.set(id, {...record, ...patch});
	};

	const running = (id: string) => containerd.row(id)?.state === 'running';
	const killNow = (id: string) => {
		if (running(id)) containerd.kill(id, 'Error');
	};

	const discard = (record: ContainerRecord, withVolumes = true) => {
		const {id} = record;
		const row = containerd.row(id);
		for (const key of ['restart', 'kill', 'health', 'remove']) sim.clock.cancel(actor, `${key} ${id}`);
		if (row?.state === 'running') containerd.kill(id, 'Error');
		records.delete(id);
		containerd.remove(id);
		if (row) containerd.removeSandbox(row.sandbox);
		if (namespaces.get(containerNamespace(id))) namespaces.remove(containerNamespace(id));
		dropEtc(sim, id);
		const anonymous = record.host.binds.filter(bind => bind.type === 'volume' && parts.volumeRows.get(bind.source)?.anonymous);
		if (withVolumes) for (const {source} of anonymous) parts.volumeRows.delete(source);
		event('container', 'destroy', id, {image: record.config.image, name: record.name});
	};

	const checkName = (name: string, own = '') => {
		if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
			throw new EngineError(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
		const other = list().find(each => each.name === name && each.id !== own);
		if (other)
			throw new EngineError(
				`Conflict. The container name "/${name}" is already in use by container "${other.id}". You have to remove (or rename) that container to be able to reuse that name.`,
			);
	};

	return {
		list,
		find,
		change,
		killNow,
		discard,
		discardId(id) {
			const record = records.get(id);
			if (record && !running(id)) discard(record);
		},
		get(text) {
			const found = find(text);
			if (!found) throw new EngineError(`No such container: ${text}`);
			return found;
		},
		create(name, image, config, hostConfig) {
			if (name !== undefined) checkName(name);
			const shared = hostConfig.network.startsWith('container:') ? this.get(hostConfig.network.slice('container:'.length)) : undefined;
			if (!shared && !['host', 'none'].includes(hostConfig.network)) networks.get(hostConfig.network);
			const id = containerd.freshId();
			const random = sim.random.fork(`docker/${host}/names`);
			const endpointId = random.hex(64);
			const network = shared ? undefined : networks.find(hostConfig.network === 'default' ? 'bridge' : hostConfig.network);
			const record: ContainerRecord = {
				id,
				name: name ?? randomName(random, each => list().some(other => other.name === each)),
				createdMs: sim.clock.now(),
				config,
				host: shared ? {...hostConfig, network: `container:${shared.id}`} : hostConfig,
				endpoints: network
					? {[network.name]: {endpointId, aliases: hostConfig.aliases, ...(hostConfig.address && {wanted: hostConfig.address})}}
					: {},
				published: [],
				restarts: 0,
				paused: false,
				stopped: false,
				error: '',
				proxies: [],
			};
			records.set(id, record);
			install(parts, record, image, shared);
			event('container', 'create', id, {image: config.image, name: record.name});
			return record;
		},
		start(id, options) {
			change(id, {restarts: 0});
			parts.lifecycle().start(id, options);
		},
		signal: (id, signal) => parts.lifecycle().signal(id, signal),
		stop(id, timeoutMs) {
			const record = records.get(id)!;
			change(id, {stopped: true, restarting: false});
			sim.clock.cancel(actor, `restart ${id}`);
			if (!running(id)) return;
			if (record.paused) change(id, {paused: false});
			const patience = timeoutMs ?? (record.config.stopTimeout === undefined ? killAfterMs : record.config.stopTimeout * 1000);
			sim.clock.reschedule(patience, actor, `kill ${id}`);
			parts.lifecycle().signal(id, record.config.stopSignal);
			if (!running(id)) sim.clock.cancel(actor, `kill ${id}`);
			event('container', 'stop', id, {image: record.config.image, name: record.name});
		},
		endNow(id, byDaemon = false) {
			if (!running(id)) return;
			const before = records.get(id)!;
			change(id, {stopped: true});
			if (byDaemon) parts.lifecycle().signal(id, before.config.stopSignal);
			killNow(id);
			change(id, {stopped: before.stopped});
		},
		remove(record, {force = false, volumes = false} = {}) {
			const {id, name, paused} = record;
			if (running(id) && !force)
				throw new EngineError(
					`cannot remove container "${name === '' ? id : `/${name}`.replace(/^\//, '/')}": container is ${paused ? 'paused and must be unpaused first' : 'running: stop the container before removing or force remove'}`,
				);
			change(id, {stopped: true, host: {...record.host, autoRemove: false}});
			discard(records.get(id)!, volumes || record.host.autoRemove);
		},
		machine: id => containerd.machine(id),
		rename(record, name) {
			if (name === record.name) throw new EngineError('Renaming a container with the same name as its current name');
			checkName(name, record.id);
			change(record.id, {name});
			event('container', 'rename', record.id, {name, oldName: `/${record.name}`});
		},
	};
}

/** Tells containerd what it will run. */
function install(parts: ContainersParts, record: ContainerRecord, image: LocalImage, shared: ContainerRecord | undefined): void {
	const {containerd, namespaces, host} = parts;
	const {id, config, host: own} = record;
	const isHost = own.network === 'host';
	const namespace = isHost ? host : containerNamespace(shared?.id ?? id);
	if (!namespaces.get(namespace)) namespaces.create(namespace);
	const hostname =
		config.hostname || (isHost ? parts.machine.hostname : shared ? shared.config.hostname || shared.id.slice(0, 12) : id.slice(0, 12));
	const sandbox = containerd.bareSandbox({
		podUid: id,
		podNamespace: '',
		podName: record.name,
		hostname,
		namespace,
		address: '',
		attempt: 0,
	});
	const user = config.user === '' || config.user === '0' ? 'root' : config.user.split(':')[0]!;
	const mounts: MountEntry[] = [
		{path: '/proc', mount: {type: 'proc', source: `${id}/docker`}},
		{path: '/sys', mount: {type: 'sysfs', source: `${id}/docker`, readOnly: true}},
		...etcMounts(id),
		...own.binds.map(bind => (bind.type === 'tmpfs' ? tmpfsMount(id, bind.target) : mountOf(bind))),
	];
	containerd.create(
		{
			sandbox,
			podUid: id,
			podNamespace: '',
			podName: record.name,
			name: 'docker',
			attempt: 0,
			image: config.image,
			manifest: manifestOf(image.resolved),
			argv: [...config.entrypoint, ...config.command],
			env: {
				PATH: defaultPath,
				HOSTNAME: hostname,
				...(config.tty && {TERM: 'xterm'}),
				...config.env,
				HOME: config.env['HOME'] ?? (user === 'root' ? '/root' : '/'),
			},
			workingDir: config.workingDir || '/',
			user,
			mounts,
			readOnly: own.readOnly,
			tty: config.tty,
			stdin: config.stdin,
			stopSignal: config.stopSignal,
			terminationMessagePath: '',
			privileged: own.privileged,
			capabilities: grantedCapabilities({add: own.capAdd, drop: own.capDrop}),
			seccomp: true,
		},
		{namespace: 'moby', id},
	);
	for (const bind of own.binds) if (bind.type === 'volume') copyUp(parts, image, bind);
}

const mountOf = ({type, source, target, readOnly}: Bind): MountEntry => ({
	path: target,
	mount: {type: 'hostpath', source: '', path: type === 'volume' ? volumePath(source) : source, ...(readOnly && {readOnly})},
});
