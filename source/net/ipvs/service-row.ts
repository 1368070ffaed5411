import type {RealServerSpec, VirtualServerId, VirtualServerOptions} from './ipvs.js';

/** A virtual server as the table keeps it. */
export interface ServiceRow extends VirtualServerId, VirtualServerOptions {
	readonly servers: readonly RealServerSpec[];
}

export const serviceKey = ({protocol, address, port}: VirtualServerId): string =>
	protocol === 'fwmark' ? `fwmark ${port}` : `${protocol} ${address}:${port}`;
export const serverKey = ({address, port}: {address: string; port: number}): string => `${address}:${port}`;
