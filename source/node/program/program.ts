import type {Client, WatchEvent} from '../../api/client.js';
import type {ApiServer} from '../../api/server.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import type {Machine} from '../host/machine.js';

/**
 * What runs in a container (or as a host's daemon): nginx, coredns, kube-proxy, a shell script. A program is a set of pure
 * reactions; all that it remembers is `context.memory`, plain data. So a running container can be saved, rewound and replayed.
 */
export interface Program {
	/** As `images/index.ts` and `Process.program` name it. */
	readonly name: string;
	/** The process began. May listen, log, schedule a wake-up, or exit at once. */
	start(context: ProgramContext): void;
	/** A wake-up asked for with `context.wake`. */
	wake?(context: ProgramContext, key: string): void;
	/** Bytes arrived on a socket it listens on. */
	serve?(context: ProgramContext, request: ServiceRequest): ServiceAnswer;
	/** Processor time that one answer costs, where it is more than that of a web server. */
	readonly answerMicros?: number;
	/** Resources it watches, as `Client` names them: `services`, `endpointslices.discovery.k8s.io`. */
	readonly watches?: readonly string[];
	/** An object of `watches` changed. Runs right after the write, for each running process of this program: note it and ask to be woken, no more. */
	changed?(context: ProgramContext, event: WatchEvent): void;
	/** Whether a change can be anything to it on whatever machine; absent: each may. Asked first, since most are nothing to most. */
	hears?(event: WatchEvent): boolean;
	/** A pod was plugged in on this machine: as netlink tells those who listen. Note it and ask to be woken, no more. */
	linked?(context: ProgramContext): void;
	/** SIGTERM, SIGHUP, SIGINT, SIGQUIT. Absent: SIGTERM and SIGINT end it with 143 and 130. SIGKILL is never asked. */
	signal?(context: ProgramContext, signal: string): void;
}

export interface ProgramContext<M = any> {
	readonly machine: Machine;
	readonly pid: number;
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	memory: M;
	/** Calls `wake(key)` after `delayMs`; periodic work does not keep the world from settling. */
	wake(delayMs: number, key: string, options?: {periodic?: boolean}): void;
	cancelWake(key: string): void;
	/** One or more lines of the container's log. */
	log(text: string, stream?: 'stdout' | 'stderr'): void;
	/** Listens; `serve` gets what arrives. */
	listen(protocol: 'tcp' | 'udp', address: string, port: number): void;
	/** The API as the pod's service account sees it. Absent for programs outside the cluster. */
	readonly client?: Client;
	readonly api?: ApiServer;
	/** Ends the process: the container is finished when this is its first process. */
	exit(code: number): void;
}
