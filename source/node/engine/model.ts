import type {Manifest} from '../registry/manifest.js';
import type {Healthcheck} from '../registry/image-config.js';

/** What the daemon answers instead: printed after `Error response from daemon: `. */
export class EngineError extends Error {}

export interface PortBinding {
	readonly protocol: 'tcp' | 'udp';
	readonly containerPort: number;
	/** `''`: every address. */
	readonly hostAddress: string;
	/** Absent: the daemon chooses one when the container starts. */
	readonly hostPort?: number;
}

export type PublishedPort = PortBinding & {readonly hostPort: number};

export interface Bind {
	readonly type: 'bind' | 'volume' | 'tmpfs';
	/** Host path, or the volume's name. */
	readonly source: string;
	readonly target: string;
	readonly readOnly: boolean;
}

export interface RestartPolicy {
	readonly name: 'no' | 'always' | 'unless-stopped' | 'on-failure';
	readonly maximum: number;
}

export interface ContainerConfig {
	/** As typed. */
	readonly image: string;
	readonly imageId: string;
	readonly manifest: Manifest;
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	/** Of the command line, then of the image. */
	readonly env: Readonly<Record<string, string>>;
	readonly workingDir: string;
	readonly user: string;
	readonly hostname: string;
	readonly tty: boolean;
	readonly stdin: boolean;
	readonly labels: Readonly<Record<string, string>>;
	/** `80/tcp` */
	readonly exposed: readonly string[];
	readonly stopSignal: string;
	readonly stopTimeout?: number;
	readonly healthcheck?: Healthcheck;
}

export interface HostConfig {
	/** `bridge`, `host`, `none`, `container:<id>`, or a network's name. */
	readonly network: string;
	readonly aliases: readonly string[];
	readonly address?: string;
	readonly ports: readonly PortBinding[];
	readonly publishAll: boolean;
	readonly restart: RestartPolicy;
	readonly autoRemove: boolean;
	readonly privileged: boolean;
	readonly readOnly: boolean;
	readonly binds: readonly Bind[];
	readonly memory: number;
	readonly nanoCpus: number;
	readonly cpuShares: number;
	readonly dns: readonly string[];
	readonly dnsSearch: readonly string[];
	readonly dnsOptions: readonly string[];
	readonly extraHosts: readonly string[];
	readonly links: readonly string[];
	readonly capAdd: readonly string[];
	readonly capDrop: readonly string[];
}

export interface Endpoint {
	readonly endpointId: string;
	readonly aliases: readonly string[];
	/** Asked for with --ip. */
	readonly wanted?: string;
	/** While it runs. */
	readonly address?: string;
	readonly mac?: string;
	/** The end on the bridge. */
	readonly link?: string;
}

/** A container as dockerd remembers it; what runs of it is containerd's business. */
export interface ContainerRecord {
	readonly id: string;
	readonly name: string;
	readonly createdMs: number;
	readonly config: ContainerConfig;
	readonly host: HostConfig;
	/** By network name. */
	readonly endpoints: Readonly<Record<string, Endpoint>>;
	readonly published: readonly PublishedPort[];
	readonly restarts: number;
	readonly paused: boolean;
	/** It ended, and its restart is due. */
	readonly restarting?: boolean;
	/** The user stopped it: its restart policy rests. */
	readonly stopped: boolean;
	/** What keeps it from starting. */
	readonly error: string;
	readonly health?: {readonly status: 'starting' | 'healthy' | 'unhealthy'; readonly failing: number};
	/** Where the embedded name server listens for it. */
	readonly dnsPort?: number;
	/** Pids of its docker-proxy processes. */
	readonly proxies: readonly number[];
}

export interface NetworkRecord {
	readonly id: string;
	readonly name: string;
	readonly driver: 'bridge' | 'host' | 'null';
	/** Linux device. */
	readonly bridge: string;
	readonly subnet: string;
	readonly gateway: string;
	readonly internal: boolean;
	readonly attachable: boolean;
	readonly labels: Readonly<Record<string, string>>;
	readonly options: Readonly<Record<string, string>>;
	readonly createdMs: number;
}

export interface VolumeRecord {
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly anonymous: boolean;
	readonly createdMs: number;
}

export interface EngineEvent {
	readonly atMs: number;
	readonly type: 'container' | 'image' | 'network' | 'volume';
	readonly action: string;
	readonly id: string;
	readonly attributes: Readonly<Record<string, string>>;
}

/** `created`, `running`, ... as `docker ps` and `docker inspect` say it. */
export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';
