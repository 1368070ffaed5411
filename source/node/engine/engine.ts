import type {Processes} from '../../os/process.js';
import type {Volumes} from '../../os/volumes.js';
import type {Sim} from '../../sim/sim.js';
import type {Machine} from '../host/machine.js';
import type {Namespaces} from '../container/namespaces.js';
import type {ProgramRunner} from '../program/program-runner.js';
import type {Registries} from '../registry/registries.js';
import type {Container} from '../runtime.js';
import {createBuildContainer} from './build-container.js';
import {readConfig} from './config.js';
import {createContainers} from './containers.js';
import {serveName} from './dns.js';
import {createEndpoints} from './endpoints.js';
import {defineContainerEtc} from './etc.js';
import {createEventLog} from './event-log.js';
import {checkHealth} from './health.js';
import {createLocalImages} from './images.js';
import {createLifecycle, engineActor, type Lifecycle} from './lifecycle.js';
import type {ContainerRecord, ContainerState, VolumeRecord} from './model.js';
import {createNetworks} from './networks.js';
import {login, pullImage, pushImage, type Transfer} from './transfer.js';
import type {Credentials} from '../registry/credentials.js';
import {manifestOf, type Manifest} from '../registry/manifest.js';
import type {Containerd} from '../container/cri.js';
import type {DaemonConfig, Engine} from './docker.js';

export interface EngineParts {
	readonly sim: Sim;
	readonly host: string;
	readonly machine: Machine;
	readonly containerd: Containerd;
	readonly processes: Processes;
	readonly namespaces: Namespaces;
	readonly volumes: Volumes;
	readonly registries: Registries;
	readonly nameServer: string;
	readonly bootedMs: number;
	runner(): ProgramRunner;
}

/** The parts of the daemon, and who calls whom. */
function joinDaemon(parts: EngineParts) {
	const {sim, host, containerd, namespaces, registries} = parts;
	const records = sim.state.table<ContainerRecord>(`docker/${host}/containers`);
	const volumeRows = sim.state.table<VolumeRecord>(`docker/${host}/volumes`);
	const daemonPid = sim.state.cell<number>(`docker/${host}/pid`, 0);
	const images = createLocalImages(sim, host, registries);
	const networks = createNetworks(sim, host, () => namespaces.get(host)!, parts.bootedMs);
	const endpoints = createEndpoints(host, namespaces, networks);
	const log = createEventLog(sim, host);
	const event = log.add;
	let lifecycle: Lifecycle;
	const containers = createContainers({...parts, networks, images, records, volumeRows, event, lifecycle: () => lifecycle});
	lifecycle = createLifecycle({...parts, networks, endpoints, records, daemonPid: () => daemonPid.get(), event});
	const due: Readonly<Record<string, (id: string) => void>> = {
		restart(id) {
			if (daemonPid.get() !== 0) lifecycle.restartDue(id);
		},
		kill: containers.killNow,
		remove: containers.discardId,
		health: id => checkHealth({sim, containerd, records, event, actor: engineActor(host)}, id),
	};
	return {records, volumeRows, daemonPid, images, networks, endpoints, containers, log, lifecycle, due};
}

/** Put together when first asked for: most hosts of most worlds never run a container of it. */
export function createEngine(parts: EngineParts): () => Engine {
	const {sim, host, containerd, volumes} = parts;
	let daemon: ReturnType<typeof joinDaemon> | undefined;
	let engine: Engine | undefined;
	const joined = () => (daemon ??= joinDaemon(parts));
	defineContainerEtc(sim, volumes);
	containerd.onExit(row => {
		if (row.namespace === 'moby') joined().lifecycle.exited(row.id);
	});
	sim.clock.on(engineActor(host), key => {
		const [word = '', id = ''] = key.split(' ');
		joined().due[word]?.(id);
	});
	return () => (engine ??= engineOf(parts, joined()));
}

function engineOf(parts: EngineParts, daemon: ReturnType<typeof joinDaemon>): Engine {
	const {sim, host, machine, containerd, processes, namespaces, volumes, registries, nameServer} = parts;
	const {records, volumeRows, daemonPid, images, networks, endpoints, containers, log} = daemon;
	const config = sim.state.cell<DaemonConfig>(`docker/${host}/config`, {mirrors: [], insecure: [], liveRestore: false});
	const transfer = (credentials?: Credentials): Transfer => ({
		machine,
		registries,
		config: config.get(),
		nameServer,
		...(credentials && {credentials}),
	});
	return {
		images,
		networks,
		endpoints,
		containers,
		containerd,
		registries,
		hostVolumes: volumes,
		buildContainer: options => createBuildContainer({sim, host, containerd, namespaces, networks, endpoints}, options),
		buildCache: sim.state.table<Manifest>(`docker/${host}/build-cache`),
		isUp: () => daemonPid.get() !== 0 && processes.get(daemonPid.get()) !== undefined,
		config: () => config.get(),
		fetch: (reference, credentials) => pullImage(transfer(credentials), reference),
		pull(reference, credentials) {
			const found = pullImage(transfer(credentials), reference);
			const before = images.find(reference.name);
			const name = reference.digest ? `${reference.repository}@${reference.digest}` : reference.name;
			const image = images.put(name, manifestOf(found), found.digest);
			log.add('image', 'pull', name, {name});
			return {image, isNew: before?.id !== image.id, tookMs: registries.pullMs(found, reference.registry)};
		},
		push(reference, image, credentials) {
			const result = pushImage(transfer(credentials), reference, image);
			if (!result.error) images.noteDigest(reference.name, image.digest);
			return result;
		},
		login: (where, credentials) => login(transfer(credentials), where),
		volumes: () => [...volumeRows.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
		putVolume: volume => volumeRows.set(volume.name, volume),
		removeVolume: name => void volumeRows.delete(name),
		events: log.list,
		event: log.add,
		up(pid) {
			daemonPid.set(pid);
			config.set(readConfig(machine.files));
			networks.setUp();
			for (const {id, host: own, stopped} of records.values())
				if (own.restart.name === 'always' || (own.restart.name === 'unless-stopped' && !stopped))
					sim.clock.schedule(0, engineActor(host), `restart ${id}`);
		},
		down() {
			for (const record of records.values()) if (!config.get().liveRestore) containers.endNow(record.id, true);
			daemonPid.set(0);
		},
		serveName: request => serveName(request, [...records.values()], machine, nameServer),
		powerLost() {
			daemonPid.set(0);
			for (const {id} of records.values()) containers.endNow(id);
		},
	};
}

/** `docker ps` says `running` of what containerd runs, and more. */
export function stateOf(record: ContainerRecord, row: Container | undefined): ContainerState {
	if (record.paused) return 'paused';
	if (record.restarting && row?.state === 'exited') return 'restarting';
	return row?.state ?? 'dead';
}
