/** What differs between two moments. Empty lists: nothing. */
export interface WorldDiff {
	/** What was compared, as it was asked for: `start`, `now`, a checkpoint, a branch, a step. */
	readonly from: string;
	readonly to: string;
	/** Virtual milliseconds from one to the other. */
	readonly passedMs: number;
	readonly objects: readonly ObjectDiff[];
	readonly files: readonly FileDiff[];
	/** iptables and IPVS, by host. */
	readonly rules: readonly RulesDiff[];
	/** What a client of each Service meets, where that has changed. */
	readonly reach: readonly ReachDiff[];
}

export type Change = 'created' | 'deleted' | 'changed';

export interface ObjectDiff {
	/** As kubectl takes it: `services`, `deployments.apps`. */
	readonly resource: string;
	readonly namespace?: string;
	readonly name: string;
	readonly change: Change;
	/** Of a changed object. */
	readonly fields: readonly FieldDiff[];
}

export interface FieldDiff {
	/** `spec.ports[0].nodePort`, `metadata.labels['app.kubernetes.io/name']` */
	readonly path: string;
	/** Absent: it was not there. */
	readonly before?: unknown;
	readonly after?: unknown;
}

export interface FileDiff {
	readonly host: string;
	readonly path: string;
	readonly change: Change;
	readonly lines: readonly LineDiff[];
}

export interface LineDiff {
	readonly sign: '+' | '-';
	readonly text: string;
}

export interface RulesDiff {
	readonly host: string;
	/** `iptables nat`, `iptables filter`, `ipvs`, ... */
	readonly table: string;
	readonly lines: readonly LineDiff[];
}

export interface ReachDiff {
	/** `default/web` */
	readonly service: string;
	/** `10.96.4.7:80` */
	readonly address: string;
	/** The host that asks. */
	readonly from: string;
	/** `answered`, `refused`, `timeout`, ...; `no such address` before it exists. */
	readonly before: string;
	readonly after: string;
}
