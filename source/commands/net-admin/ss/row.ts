/** One socket as ss lists it. */
export interface Shown {
	readonly netid: string;
	readonly family: 'inet' | 'inet6' | 'unix' | 'netlink';
	readonly state: string;
	readonly local: End;
	readonly peer: End;
	readonly queue: number;
	/** Whose it is, as far as that is known: what `-p` adds. */
	readonly holder?: Holder;
	/** What `-o` adds. */
	readonly timer?: string;
	/** What `-e` adds. */
	readonly details?: string;
	/** What `-m` adds, on a line of its own. */
	readonly memory?: string;
	/** What `-K` does to it; absent: the kernel cannot. */
	readonly kill?: () => void;
}

export interface End {
	readonly address: string;
	readonly port: string;
	/** How it is printed, where that is not the address: an IPv4 peer of a socket of both families. */
	readonly shown?: string;
}

export interface Holder {
	readonly name: string;
	readonly pid: number;
	readonly fd: number;
}

export const usersOf = ({holder}: Shown): string => (holder ? ` users:(("${holder.name}",pid=${holder.pid},fd=${holder.fd}))` : '');
