import type {Netstack} from '../../net/netstack.js';

/** The network namespaces of the world. `net/` makes them; a pod's is named `pod/<uid>`, a host's by the host. */
export interface Namespaces {
	/** Empty but for `lo`, which is up. */
	create(name: string): Netstack;
	get(name: string): Netstack | undefined;
	/** With all its links (the other end of a veth goes too), tables and sockets. */
	remove(name: string): void;
}

export const podNamespace = (uid: string): string => `pod/${uid}`;
