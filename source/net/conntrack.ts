/** Flows that netfilter knows in one namespace. Entries end by themselves at `expiresMs`. */
export interface Conntrack {
	entries(): readonly ConntrackEntry[];
	/** Forgets the entries for which `where` holds; returns how many. */
	delete(where: (entry: ConntrackEntry) => boolean): number;
	flush(): void;
}

export interface ConntrackEntry {
	readonly protocol: 'tcp' | 'udp' | 'icmp' | 'sctp';
	readonly state: string;
	readonly expiresMs: number;
	readonly original: Tuple;
	readonly reply: Tuple;
	readonly mark: number;
	/** No answer seen yet. */
	readonly unreplied: boolean;
	readonly assured: boolean;
}

export interface Tuple {
	readonly source: string;
	readonly destination: string;
	readonly sourcePort: number;
	readonly destinationPort: number;
}
