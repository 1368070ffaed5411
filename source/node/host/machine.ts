import type {Netstack} from '../../net/netstack.js';
import type {Files} from '../../os/files.js';
import type {Journal} from '../../os/journal.js';
import type {Packages} from '../../os/packages.js';
import type {Processes, Process} from '../../os/process.js';
import type {Units} from '../../os/units.js';
import type {ProgramResult} from '../../shell/machine.js';
import type {Sim} from '../../sim/sim.js';
import type {World} from '../world.js';
import type {Engine} from '../engine/docker.js';

/** Something with a shell: a host (`k8s-master`, `k8s-node1`, `reg`), or one container on it. What commands run on. */
export interface Machine {
	/** Unique: `k8s-node1`, or `<pod uid>/<container name>`. */
	readonly name: string;
	/** What `hostname` prints. */
	readonly hostname: string;
	readonly kind: 'host' | 'container';
	/** The host that carries it; itself for a host. */
	readonly host: string;
	readonly files: Files;
	readonly stack: Netstack;
	/** Of the host; a container's view is filtered by `container`. */
	readonly processes: Processes;
	/** Id of the container, `''` for a host. */
	readonly container: string;
	/** Of a container that shares its PID namespace: what it sees besides its own. */
	readonly pids?: PidNamespace;
	/** The number of a process that a session starts here, where PIDs are counted apart: of one that enters, or of a child of such. */
	nextPid?(enters: boolean): number;
	readonly env: Readonly<Record<string, string>>;
	/** Where a shell starts: `/root`, or the image's working directory. */
	readonly home: string;
	readonly user: string;
	/** Primary group and the supplementary ones, where the pod's security context says so. */
	readonly groups?: {readonly primary?: number; readonly more: readonly number[]};
	/** Of a container that is not privileged: what it may do that is root's. A user who is not root keeps none of it. */
	readonly capabilities?: {
		readonly effective: readonly string[];
		readonly bounding: readonly string[];
		/** It runs as somebody its image was not made for. */
		readonly confined: boolean;
		readonly noNewPrivileges: boolean;
		readonly seccomp: boolean;
	};
	readonly sim: Sim;
	readonly world: World;
	/** Runs a program of a container's image that ends at once (`nginx -s reload`); undefined when the executable is no program of it. */
	runProgram?(argv: readonly string[]): ProgramResult | undefined;
	/** Of a host only. */
	readonly units?: Units;
	/** Docker, where its package is installed. */
	readonly engine?: Engine;
	readonly packages?: Packages;
	readonly journal?: Journal;
}

/** Processes that some containers see together. */
export interface PidNamespace {
	/** The numbers are those of the host (`hostPID`). */
	readonly host: boolean;
	holds(process: Process): boolean;
}
