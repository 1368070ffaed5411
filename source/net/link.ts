/** The network devices of one namespace. */
export interface Links {
	/** By index, ascending, as `ip link` lists. */
	list(): readonly Link[];
	get(name: string): Link | undefined;
	add(link: Omit<Link, 'index' | 'addresses'> & {index?: number}): Link;
	remove(name: string): void;
	setUp(name: string, up: boolean): void;
	/** The cable: `false` is a pulled one (NO-CARRIER). */
	setCarrier(name: string, carrier: boolean): void;
	addAddress(name: string, address: LinkAddress): void;
	removeAddress(name: string, address: string): void;
}

export interface Link {
	readonly index: number;
	readonly name: string;
	readonly type: 'loopback' | 'ethernet' | 'veth' | 'bridge' | 'dummy' | 'ipip' | 'vxlan';
	/** MAC, lower case with colons. */
	readonly mac: string;
	readonly mtu: number;
	readonly up: boolean;
	readonly carrier: boolean;
	/** Flags beyond the usual ones, e.g. `NOARP`. */
	readonly noArp?: boolean;
	/** Other end of a veth: namespace and link name. */
	readonly peer?: {readonly namespace: string; readonly link: string};
	/** Name of the shared segment an ethernet is plugged into, e.g. `lan`. */
	readonly segment?: string;
	/** Bridge it is enslaved to. */
	readonly master?: string;
	readonly queueLength?: number;
	/** In the order they were added. */
	readonly addresses: readonly LinkAddress[];
}

export interface LinkAddress {
	/** IPv4 or IPv6 text. */
	readonly address: string;
	readonly prefix: number;
	readonly broadcast?: string;
	readonly scope: 'global' | 'host' | 'link';
	readonly label?: string;
	readonly dynamic?: boolean;
}
