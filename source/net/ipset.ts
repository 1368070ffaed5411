/** The ipsets of one namespace. Members are in `ipset` spelling: `10.96.0.1,tcp:443`, `30080`, `10.0.0.0/8`. */
export interface IpSets {
	/** In creation order. */
	list(): readonly IpSet[];
	get(name: string): IpSet | undefined;
	/** Throw an `IpSetError` in the tool's words. */
	create(name: string, type: string, options?: {comment?: string; family?: 'inet' | 'inet6'; header?: string}, quietIfExists?: boolean): void;
	destroy(name: string): void;
	add(name: string, entry: string, quietIfExists?: boolean): void;
	remove(name: string, entry: string, quietIfMissing?: boolean): void;
	flush(name: string): void;
	/** Whether a tuple is in the set, e.g. `contains('KUBE-CLUSTER-IP', '10.96.0.1,tcp:443')`; networks match what they hold. */
	contains(name: string, entry: string): boolean;
}

export interface IpSet {
	readonly name: string;
	/** `hash:ip,port`, `hash:ip,port,ip`, `hash:ip,port,net`, `hash:ip`, `hash:net`, `bitmap:port`, ... */
	readonly type: string;
	readonly header: string;
	readonly revision: number;
	readonly members: readonly string[];
	readonly references: number;
}

export class IpSetError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'IpSetError';
	}
}
