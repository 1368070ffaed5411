import type {
	EngineError,
	NetworkRecord,
	ContainerRecord,
	Endpoint,
	PublishedPort,
	ContainerConfig,
	HostConfig,
	EngineEvent,
	VolumeRecord,
} from './model.js';
import type {Registries} from '../registry/registries.js';
import type {Machine} from '../host/machine.js';
import type {LayerRow} from '../registry/image-config.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import type {Volumes} from '../../os/volumes.js';
import type {Table} from '../../sim/state.js';
import type {ImageReference} from '../image/image-reference.js';
import type {Credentials} from '../registry/credentials.js';
import type {Containerd} from '../container/cri.js';
import type {Manifest, ResolvedImage} from '../registry/manifest.js';

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
	push(
		reference: ImageReference,
		image: ResolvedImage,
		credentials?: Credentials,
	): {readonly layers: readonly PushedLayer[]; readonly error?: EngineError};
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

export interface NetworkOptions {
	readonly name: string;
	readonly driver?: string;
	readonly subnet?: string;
	readonly gateway?: string;
	readonly internal?: boolean;
	readonly attachable?: boolean;
	readonly labels?: Readonly<Record<string, string>>;
	readonly options?: Readonly<Record<string, string>>;
}

export interface Networks {
	list(): readonly NetworkRecord[];
	/** By name, id, or the beginning of an id. */
	find(text: string): NetworkRecord | undefined;
	get(text: string): NetworkRecord;
	create(options: NetworkOptions): NetworkRecord;
	remove(network: NetworkRecord): void;
	/** A free address; throws when there is none, or the one asked for is taken. */
	allocate(network: NetworkRecord, wanted?: string): string;
	release(network: NetworkRecord, address: string): void;
	/** The devices and rules of all networks, as a starting daemon makes them. */
	setUp(): void;
}

/** Containers on bridges: a veth pair, an address, rules, and the way out. */
export interface Endpoints {
	/** Plugs a starting container in; published ports lead to its first network. */
	connect(record: ContainerRecord, ports: readonly PublishedPort[]): ContainerRecord['endpoints'];
	disconnect(record: ContainerRecord): ContainerRecord['endpoints'];
	plug(id: string, network: NetworkRecord, endpoint: Endpoint, ports: readonly PublishedPort[]): Endpoint;
	unplug(id: string, network: NetworkRecord, endpoint: Endpoint, ports: readonly PublishedPort[]): Endpoint;
}

/** An image under one of its names, or without any. */
export interface LocalImage {
	/** `docker.io/library/nginx:latest`; `''` when it has none. */
	readonly name: string;
	/** `sha256:...` */
	readonly id: string;
	/** Of the manifest, when it came from a registry or went to one. */
	readonly digest?: string;
	readonly resolved: ResolvedImage;
	readonly createdMs: number;
	/** As the daemon counts: unpacked. */
	readonly sizeBytes: number;
}

export interface LocalImages {
	/** Newest first. */
	list(): readonly LocalImage[];
	/** By name, id, beginning of an id, or digest. */
	find(text: string): LocalImage | undefined;
	get(text: string): LocalImage;
	namesOf(id: string): readonly string[];
	/** Gives an image a name; the one that had it before is left without. */
	put(name: string, manifest: Manifest, digest?: string): LocalImage;
	noteDigest(name: string, digest: string): void;
	/** Takes a name away; the image goes with its last one unless `keep`. */
	untag(name: string, keep?: boolean): void;
	removeId(id: string): void;
}

export interface Containers {
	/** Newest first. */
	list(): readonly ContainerRecord[];
	find(text: string): ContainerRecord | undefined;
	/** By name, id or the beginning of an id; throws when there is none. */
	get(text: string): ContainerRecord;
	create(name: string | undefined, image: LocalImage, config: ContainerConfig, host: HostConfig): ContainerRecord;
	/** `held`: the client itself runs what its first process would. */
	start(id: string, options?: {held?: boolean}): void;
	signal(id: string, signal: string): void;
	/** Sends its stop signal; SIGKILL follows. `stopped`: on the user's wish. */
	stop(id: string, timeoutMs?: number): void;
	killNow(id: string): void;
	/** As if the machine had been cut off from it. */
	endNow(id: string, byDaemon?: boolean): void;
	change(id: string, patch: Partial<ContainerRecord>): void;
	remove(record: ContainerRecord, options?: {force?: boolean; volumes?: boolean}): void;
	/** The removal that --rm asked for. */
	discardId(id: string): void;
	/** Without asking. */
	discard(record: ContainerRecord, volumes?: boolean): void;
	machine(id: string): Machine | undefined;
	rename(record: ContainerRecord, name: string): void;
}

/** A container in which one step of a build works: never listed, gone when the step is done. */
export interface BuildContainer {
	readonly machine: Machine;
	/** What the step wrote. */
	rows(): ReadonlyArray<readonly [path: string, row: LayerRow]>;
	/** Why a command cannot be executed in it. */
	problem(name: string): string | undefined;
	discard(): void;
}

export interface BuildContainerOptions {
	/** Absent: nothing, as `FROM scratch`. */
	readonly manifest?: Manifest;
	readonly env: Readonly<Record<string, string>>;
	readonly user: string;
	readonly workingDir: string;
	/** `default`, `host` or `none`. */
	readonly network: string;
}

export interface PushedLayer {
	readonly digest: string;
	readonly state: 'Pushed' | 'Layer already exists';
}

/** What dockerd took from /etc/docker/daemon.json when it started. */
export interface DaemonConfig {
	readonly mirrors: readonly string[];
	readonly insecure: readonly string[];
	readonly liveRestore: boolean;
}
