import type {Connection} from '../../net/netstack.js';
import type {Outcome} from '../../net/outcome.js';
import {clientHello, isTls, openTls, readServerHello, sealTls} from '../../net/tls.js';
import {goDistrust} from '../../tls/go-verify.js';
import {bundlePath} from '../../tls/public-authority.js';
import type {Machine} from '../host/machine.js';
import {resolveName} from '../host/resolve.js';

/** How a daemon speaks to one registry. */
export interface RegistryAccess {
	/** Host and port as in the reference. */
	readonly host: string;
	/** `localhost`, or named as insecure: any certificate will do, and plain HTTP too. */
	readonly insecure: boolean;
	readonly plain?: boolean;
	/** PEM text that is trusted besides the system's. */
	readonly trusted: string;
	readonly nameServer: string;
}

/** Why a registry could not be spoken to, in the words of Go's net package. */
export interface Unreachable {
	readonly unreachable: string;
}

export interface RegistryResponse {
	readonly status: number;
	readonly statusText: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

export interface RegistryRequest {
	readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
	readonly path: string;
	readonly authorization?: string;
	readonly body?: string;
	readonly type?: string;
}

/** One connection to a registry: requests go over the machine's own network, packet by packet. */
export interface RegistryConnection {
	request(request: RegistryRequest): RegistryResponse;
	close(): void;
}

export function connectRegistry(machine: Machine, access: RegistryAccess): RegistryConnection | Unreachable {
	const [name = '', portText] = access.host.split(':');
	const port = Number(portText ?? (access.plain ? 80 : 443));
	const address = name === 'localhost' ? '127.0.0.1' : resolveName(machine, name);
	if (!address) return {unreachable: `dial tcp: lookup ${name} on ${access.nameServer}:53: no such host`};
	const connection = machine.stack.connect(address, port);
	if (connection.outcome.kind !== 'connected') return {unreachable: dialError(connection.outcome, address, port)};
	if (access.plain)
		return over(
			connection,
			access.host,
			bytes => bytes,
			text => text,
		);
	const answer = connection.exchange(clientHello({serverName: name}));
	const certificate = readServerHello(answer.bytes);
	if (!certificate) {
		connection.close();
		if (access.insecure) return connectRegistry(machine, {...access, plain: true, host: portText ? access.host : `${name}:80`});
		return {unreachable: isTls(answer.bytes) || answer.bytes === '' ? 'EOF' : 'http: server gave HTTP response to HTTPS client'};
	}

	const doubt = access.insecure
		? undefined
		: goDistrust(certificate.pem ?? '', trustOf(machine, access.trusted), name, machine.sim.clock.now());
	if (doubt) {
		connection.close();
		return {unreachable: `tls: failed to verify certificate: ${doubt}`};
	}

	return over(connection, access.host, sealTls, text => openTls(text) ?? text);
}

function dialError(outcome: Outcome, address: string, port: number): string {
	const words: Partial<Record<Outcome['kind'], string>> = {
		refused: 'connect: connection refused',
		timeout: 'i/o timeout',
		reset: 'connect: connection reset by peer',
	};
	const why =
		outcome.kind === 'unreachable'
			? `connect: ${outcome.code === 'net' || outcome.code === 'no-route' ? 'network is unreachable' : 'no route to host'}`
			: words[outcome.kind];
	return `dial tcp ${address}:${port}: ${why ?? 'i/o timeout'}`;
}

function over(connection: Connection, host: string, seal: (bytes: string) => string, open: (bytes: string) => string): RegistryConnection {
	return {
		request({method, path, authorization, body = '', type}) {
			const lines = [
				`${method} ${path} HTTP/1.1`,
				`Host: ${host}`,
				...(authorization ? [`Authorization: ${authorization}`] : []),
				...(type ? [`Content-Type: ${type}`] : []),
				...(body ? [`Content-Length: ${body.length}`] : []),
			];
			return parseResponse(open(connection.exchange(seal(`${lines.join('\r\n')}\r\n\r\n${body}`)).bytes));
		},
		close: () => connection.close(),
	};
}

function parseResponse(bytes: string): RegistryResponse {
	const end = bytes.indexOf('\r\n\r\n');
	const [line = '', ...fields] = bytes.slice(0, Math.max(0, end)).split('\r\n');
	const match = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line);
	const headers = Object.fromEntries(
		fields.map(field => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]),
	);
	return {status: Number(match?.[1] ?? 502), statusText: match?.[2] ?? 'Bad Gateway', headers, body: end < 0 ? '' : bytes.slice(end + 4)};
}

/** The system's authorities and those of this registry. */
function trustOf({files}: Machine, extra: string): string {
	const path = bundlePath(each => files.exists(each));
	return path === undefined ? extra : `${files.readText(path)}\n${extra}`;
}
