export interface Route {
	/** CIDR; `0.0.0.0/0` is the default route. */
	readonly destination: string;
	readonly type?: 'unicast' | 'local' | 'broadcast' | 'unreachable' | 'blackhole' | 'prohibit' | 'throw';
	readonly via?: string;
	readonly dev?: string;
	readonly protocol?: 'kernel' | 'boot' | 'static' | 'bird' | 'dhcp';
	readonly scope?: 'link' | 'global' | 'host';
	readonly source?: string;
	readonly metric?: number;
	readonly onlink?: boolean;
	/** Absent: main. */
	readonly table?: number;
	/** No row of a table: the answer of the policy rule with this priority. */
	readonly rule?: number;
}

/** One row a table, destination and metric, as the kernel has it. */
export const keyOf = (route: Route) => `${route.destination} ${route.metric ?? 0}${route.table === undefined ? '' : ` ${route.table}`}`;
