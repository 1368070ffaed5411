import type {Client} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import type {NodeInfo, NodeInfos} from './node-info.js';
import type {Amounts} from './requests.js';

/** The placing of one pod: what all filters and scores may look at. */
export interface Cycle {
	readonly pod: KubeObject;
	readonly requests: Amounts;
	readonly nodes: readonly NodeInfo[];
	readonly infos: NodeInfos;
	readonly client: Client;
	/** What a plug-in worked out once for all nodes, by its name. */
	readonly memo: Map<string, unknown>;
	/** Pods that count as gone, while preemption tries a node. */
	readonly without: ReadonlySet<KubeObject>;
}

/** Why a node will not do. `hopeless`: removing pods from it would not help. */
export interface Refusal {
	readonly reasons: readonly string[];
	readonly hopeless?: boolean;
}

export interface Filter {
	readonly name: string;
	/** Absent: looks at every pod. */
	concerns?(cycle: Cycle): boolean;
	refuse(cycle: Cycle, info: NodeInfo): Refusal | undefined;
}

export function once<T>(cycle: Cycle, name: string, compute: () => T): T {
	if (!cycle.memo.has(name)) cycle.memo.set(name, compute());
	return cycle.memo.get(name) as T;
}
