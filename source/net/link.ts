import type {Table} from '../sim/state.js';
import type {Space} from './space.js';

/** The network devices of one namespace. */
export interface Links {
	/** By index, ascending, as `ip link` lists. */
	list(): readonly Link[];
	get(name: string): Link | undefined;
	add(link: Omit<Link, 'index' | 'addresses'> & {index?: number}): Link;
	remove(name: string): void;
	setUp(name: string, up: boolean): void;
	/** Settings that `ip link set` writes. */
	configure(name: string, settings: LinkSettings): void;
	/** Of a veth: an end that is to be taken away alone, before it appears elsewhere, has its other end cut off first. */
	setPeer(name: string, peer: Link['peer']): void;
	/** The bridge it becomes a port of; none frees it. */
	setMaster(name: string, master: string | undefined): void;
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

export type LinkSettings = Partial<Pick<Link, 'mtu' | 'mac' | 'queueLength'>>;

export interface LinkAddress {
	/** IPv4 or IPv6 text. */
	readonly address: string;
	readonly prefix: number;
	readonly broadcast?: string;
	readonly scope: 'global' | 'host' | 'link';
	readonly label?: string;
	readonly dynamic?: boolean;
}

/** What else must know of a change: connected routes come and go with addresses, a segment with its stations. */
export interface LinkWatcher {
	changed(before: Link | undefined, after: Link | undefined): void;
}

/** Thrown with the kernel's answer; `ip` prints it. */
export class LinkError extends Error {}

/** Each namespace is born with it. */
const loopback: Link = {
	index: 1,
	name: 'lo',
	type: 'loopback',
	mac: '00:00:00:00:00:00',
	mtu: 65_536,
	up: true,
	carrier: true,
	queueLength: 1000,
	addresses: [{address: '127.0.0.1', prefix: 8, scope: 'host'}],
};

export interface LinkTable extends Links {
	readonly rows: () => Table<Link>;
}

export function createLinks(space: Space, watcher: LinkWatcher): LinkTable {
	const rows = space.table<Link>('links');
	const get = (name: string) => rows().get(name) ?? (name === 'lo' ? loopback : undefined);
	const list = () => {
		const links = [...rows().values()];
		if (!rows().has('lo')) links.push(loopback);
		return links.sort((a, b) => a.index - b.index);
	};

	const change = (name: string, patch: (link: Link) => Link) => {
		const before = get(name);
		if (!before) throw new LinkError(`Cannot find device "${name}"`);
		const after = patch(before);
		if (after === before) return;
		rows().set(name, after);
		watcher.changed(before, after);
	};

	return {
		rows,
		list,
		get,
		add(link) {
			if (get(link.name)) throw new LinkError('RTNETLINK answers: File exists');
			const index = link.index ?? Math.max(...list().map(each => each.index)) + 1;
			const row: Link = {...link, index, addresses: []};
			rows().set(link.name, row);
			watcher.changed(undefined, row);
			return row;
		},
		remove(name) {
			const link = rows().get(name);
			if (!link) return;
			rows().delete(name);
			watcher.changed(link, undefined);
		},
		setUp: (name, up) => change(name, link => (link.up === up ? link : {...link, up})),
		configure: (name, settings) => change(name, link => ({...link, ...settings})),
		setPeer: (name, peer) => change(name, ({peer: _, ...link}) => (peer ? {...link, peer} : link)),
		setMaster: (name, master) => change(name, ({master: _, ...link}) => (master === undefined ? link : {...link, master})),
		setCarrier: (name, carrier) => change(name, link => (link.carrier === carrier ? link : {...link, carrier})),
		addAddress(name, address) {
			change(name, link => {
				if (link.addresses.some(each => each.address === address.address && each.prefix === address.prefix)) {
					throw new LinkError(
						`Error: ${address.address.includes(':') ? 'ipv6: address already assigned' : 'ipv4: Address already assigned'}.`,
					);
				}
				return {...link, addresses: [...link.addresses, address]};
			});
		},
		removeAddress(name, address) {
			change(name, link => {
				const addresses = link.addresses.filter(each => each.address !== address);
				if (addresses.length === link.addresses.length) throw new LinkError('Error: ipv4: Address not found.');
				return {...link, addresses};
			});
		},
	};
}
