import type {ApiServer} from '../api/server.js';
import type {BaseEntries} from '../os/base-tree.js';
import type {Command} from '../shell/command.js';
import type {Sim} from '../sim/sim.js';
import type {Machine} from './host/machine.js';
import type {Registries} from './registry/registries.js';
import type {Runtime} from './runtime.js';

/** What a machine can reach beyond itself. `cluster/` builds it; commands and programs only see this. */
export interface World {
	readonly sim: Sim;
	readonly api: ApiServer;
	/** All that is or was ever put into an image registry. */
	readonly registries: Registries;
	/** Hosts in the order of the topology. */
	hosts(): readonly Machine[];
	host(name: string): Machine | undefined;
	/** The host that has this address on a link (for ssh). */
	hostAt(address: string): Machine | undefined;
	/** The container runtime of a node (containerd). */
	runtime(node: string): Runtime;
	/** A running container as a machine. */
	container(podUid: string, container: string): Machine | undefined;
	/** Networks beside those of hosts and pods: what `ip netns add` makes. */
	readonly networks?: {
		open(name: string): import('../net/netstack.js').Netstack;
		remove(name: string): void;
	};
	/** A tool by its name (`curl`, `sort`): what containers run is what is typed. */
	tool?(name: string): Command<Machine> | undefined;
	/** What `kubeadm join` leaves on a host; undefined where it is no node. */
	kubeadmFiles?(host: string): BaseEntries | undefined;
	/** Takes all pods of a host away, as `kubeadm reset` has containerd do. */
	removePods?(host: string): void;
	/** Sends `SIGTERM` and the like to a process of a host, by the host's pid: what `kill` does. */
	signal?(host: string, pid: number, signal: string): void;
	/** True while the host has power. */
	isUp(host: string): boolean;
	/** Cuts or gives power. */
	setPower(host: string, on: boolean): void;
	/**
	 * Whether `from` can open the API server at `address:port` right now, by sending real packets. kubectl, kubelets and kube-proxies ask
	 * before they use `api`: a stopped kube-apiserver pod or a cut cable is felt as it would be.
	 */
	apiReachable(from: Machine, address: string, port: number): import('../net/outcome.js').Outcome;
}
