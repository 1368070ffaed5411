/** Listening sockets and connections of one namespace. */
export interface Sockets {
	listeners(): readonly Listener[];
	/** Throws an Error `address already in use` when the port is taken. */
	listen(listener: Listener): void;
	close(protocol: 'tcp' | 'udp', address: string, port: number): void;
	/** Closes all that belongs to an owner, e.g. a container that ended. */
	closeAll(owner: string): void;
	/** TCP connections as `ss -t` shows them, TIME-WAIT included. */
	connections(): readonly TcpConnection[];
}

export interface Listener {
	readonly protocol: 'tcp' | 'udp';
	/** `0.0.0.0`, `127.0.0.1`, or one address; `*` listens on IPv4 and IPv6. */
	readonly address: string;
	readonly port: number;
	/** Which server answers: the wire hands the bytes to the handler registered under this name (see `net/service.ts`). */
	readonly handler: string;
	/** Whose it is: `<machine>/<pid>` or a container id; passed on to the handler. */
	readonly owner: string;
	/** For `ss -p` and `netstat -p`. */
	readonly process: {readonly name: string; readonly pid: number};
}

export interface TcpConnection {
	readonly state: 'ESTAB' | 'TIME-WAIT' | 'CLOSE-WAIT' | 'FIN-WAIT-2';
	readonly local: {readonly address: string; readonly port: number};
	readonly peer: {readonly address: string; readonly port: number};
	readonly expiresMs?: number;
}

/** A server's answer to bytes that arrived; synchronous, may itself send packets (a proxy does). */
export type ServiceHandler = (request: ServiceRequest) => ServiceAnswer;

export interface ServiceRequest {
	/** From `Listener.owner`. */
	readonly owner: string;
	readonly bytes: string;
	/** As the server sees them, after NAT. */
	readonly local: {readonly address: string; readonly port: number};
	readonly peer: {readonly address: string; readonly port: number};
}

export interface ServiceAnswer {
	readonly bytes: string;
	readonly delayMs?: number;
	readonly end?: 'open' | 'closed' | 'reset' | 'timeout';
}
