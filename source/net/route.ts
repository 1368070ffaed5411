/** Routing tables of one namespace: longest prefix wins, then the lower metric. */
export interface Routes {
	list(table?: 'main' | 'local'): readonly Route[];
	/** Throws an Error whose message is the RTNETLINK answer. */
	add(route: Route): void;
	remove(destination: string, where?: Partial<Route>): void;
	replace(route: Route): void;
	/** The route a packet to `destination` takes; undefined when there is none. */
	lookup(destination: string): Route | undefined;
}

export interface Route {
	/** CIDR; `0.0.0.0/0` is the default route. */
	readonly destination: string;
	readonly type?: 'unicast' | 'local' | 'broadcast' | 'unreachable' | 'blackhole' | 'prohibit';
	readonly via?: string;
	readonly dev?: string;
	readonly protocol?: 'kernel' | 'boot' | 'static' | 'bird' | 'dhcp';
	readonly scope?: 'link' | 'global' | 'host';
	readonly source?: string;
	readonly metric?: number;
	readonly onlink?: boolean;
}
