import type {Client} from '../../api/client.js';
import type {RecordEvent} from '../../api/event-recorder.js';
import type {ApiServer} from '../../api/server.js';
import type {Random} from '../../sim/random.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import type {Cni} from '../net/cni.js';
import type {Host} from '../host/host.js';
import type {ClusterSpec} from '../host/host-spec.js';
import type {Registries} from '../registry/registries.js';
import type {World} from '../world.js';
import {fieldPath, type PodRecord, type SpecContainer} from './record.js';
import type {Containerd} from '../container/cri.js';

/** What all parts of one kubelet share. */
export interface KubeletContext {
	readonly sim: Sim;
	readonly node: string;
	readonly host: Host;
	readonly world: World;
	readonly cluster: ClusterSpec;
	readonly containerd: Containerd;
	readonly registries: Registries;
	readonly cni: Cni;
	readonly api: ApiServer;
	readonly client: Client;
	readonly random: Random;
	readonly records: Table<PodRecord>;
	/** Name of the clock actor. */
	readonly actor: string;
	readonly event: RecordEvent;
	/** Whether the API server can be reached now. */
	reachable(): boolean;
	get(uid: string): PodRecord | undefined;
	put(record: PodRecord): PodRecord;
}

/** An event about a pod, or about one of its containers. */
export function podEvent(
	context: KubeletContext,
	record: PodRecord,
	type: 'Normal' | 'Warning',
	reason: string,
	message: string,
	container?: SpecContainer,
): void {
	if (!context.reachable()) return;
	const {pod} = record;
	context.event(pod, type, reason, message, container && {fieldPath: fieldPath(container)});
}
