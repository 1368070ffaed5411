import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import type {Processes} from '../../os/process.js';
import type {Volumes} from '../../os/volumes.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import type {Containerd} from '../containerd.js';
import type {ImageReference} from '../image-reference.js';
import type {Machine} from '../machine.js';
import type {Namespaces} from '../namespaces.js';
import type {ProgramRunner} from '../program-runner.js';
import type {Credentials} from '../registry/client.js';
import {type Manifest, manifestOf, type Registries, type ResolvedImage} from '../registry/registries.js';
import type {Container} from '../runtime.js';
import {type BuildContainer, type BuildContainerOptions, createBuildContainer} from './build-container.js';
import {type DaemonConfig, readConfig} from './config.js';
import {type Containers, createContainers} from './containers.js';
import {serveName} from './dns.js';
import {createEndpoints, type Endpoints} from './endpoints.js';
import {defineContainerEtc} from './etc.js';
import {createEventLog} from './event-log.js';
import {checkHealth} from './health.js';
import {createLocalImages, type LocalImage, type LocalImages} from './images.js';
import {createLifecycle, engineActor, type Lifecycle} from './lifecycle.js';
import type {ContainerRecord, ContainerState, EngineEvent, NetworkRecord, VolumeRecord} from './model.js';
import {createNetworks, type Networks} from './networks.js';
import {login, pullImage, type PushedLayer, pushImage, type Transfer} from './transfer.js';

/** Docker on one host. The command line drives it; it lives while dockerd runs. */
export interface Engine {
	readonly images: LocalImages;
	readonly networks: Networks;
	readonly endpoints: Endpoints;
	readonly containers: Containers;
	readonly containerd: Containerd;
	readonly registries: Registries;
	readonly hostVolumes: Volumes;
	buildContainer(options: BuildContainerOptions): BuildContainer;
	/** Steps of builds that were done before, by what they were. */
	readonly buildCache: Table<Manifest>;
	isUp(): boolean;
	config(): DaemonConfig;
	/** What a pull would bring, without keeping it under its name. */
	fetch(reference: ImageReference, credentials?: Credentials): ResolvedImage;
	pull(
		reference: ImageReference,
		credentials?: Credentials,
	): {readonly image: LocalImage; readonly isNew: boolean; readonly tookMs: number};
	push(reference: ImageReference, image: ResolvedImage, credentials?: Credentials): ReturnType<typeof pushImage>;
	login(host: string, credentials: Credentials): void;
	volumes(): readonly VolumeRecord[];
	putVolume(volume: VolumeRecord): void;
	removeVolume(name: string): void;
	events(): readonly EngineEvent[];
	event(type: EngineEvent['type'], action: string, id: string, attributes?: Readonly<Record<string, string>>): void;
	/** dockerd has started, or is about to end. */
	up(pid: number): void;
	down(): void;
	/** A query to the name server in a container. */
	serveName(request: ServiceRequest): ServiceAnswer;
	/** The machine lost its power: nothing ran on. */
	powerLost(): void;
}

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

export type {ContainerRecord, ContainerState, EngineEvent, NetworkRecord, PushedLayer, VolumeRecord};

/** `docker ps` says `running` of what containerd runs, and more. */
export function stateOf(record: ContainerRecord, row: Container | undefined): ContainerState {
	if (record.paused) return 'paused';
	if (record.restarting && row?.state === 'exited') return 'restarting';
	return row?.state ?? 'dead';
}
