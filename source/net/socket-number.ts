import type {Listener, TcpConnection} from './socket.js';

/** The inode of a socket: here it follows from its addresses, so that it stays while the socket does. */
export function socketNumber(protocol: string, local: string, peer = ''): number {
	let hash = 2_166_136_261;
	for (const letter of `${protocol} ${local} ${peer}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
	return 18_000 + ((hash >>> 0) % 50_000);
}

export const numberOfListener = ({protocol, address, port}: Listener): number => socketNumber(protocol, `${address}:${port}`);

export const numberOfConnection = ({local, peer}: TcpConnection): number =>
	socketNumber('tcp', `${local.address}:${local.port}`, `${peer.address}:${peer.port}`);
