import type {Machine} from '../../../node/host/machine.js';
import type {Connection} from '../../../net/netstack.js';
import {clientHello, readServerHello} from '../../../net/tls.js';
import {goDistrust} from '../../../tls/go-verify.js';
import {rawFailure} from '../failure.js';
import type {Access} from './access.js';
import {Unreachable} from './unreachable.js';

/** Who asks, and what its kubeconfig says. */
export interface Caller {
	readonly machine: Machine;
	readonly access: Access;
	readonly nowMs: number;
}

/** Opens a connection to the API server that the kubeconfig names, or says what curl's cousins would say. */
export function reach(session: Caller): void {
	const {server} = session.access;
	const url = /^(https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(server);
	if (!url) throw rawFailure(`error: couldn't get current server API group list: parse "${server}": invalid URL`);
	const [, scheme, host = '', portText] = url;
	const port = Number(portText ?? (scheme === 'https' ? 443 : 80));
	const address = addressOf(session, host);
	if (address === undefined) {
		throw new Unreachable(`dial tcp: lookup ${host} on ${nameServer(session)}:53: no such host`);
	}

	// Each kubectl opens a connection of its own.
	const connection = session.machine.stack.connect(address, port);
	const {outcome} = connection;
	if (outcome.kind === 'connected' && scheme === 'https') verifyServer(session, host, connection);
	connection.close();
	if (outcome.kind === 'connected') return;
	const named = portText ? `${host}:${portText}` : host;
	if (outcome.kind === 'refused' || outcome.kind === 'reset')
		throw new Unreachable(`dial tcp ${address}:${port}: connect: connection refused`, named);
	if (outcome.kind === 'unreachable') {
		throw new Unreachable(
			`dial tcp ${address}:${port}: connect: ${outcome.code === 'net' || outcome.code === 'no-route' ? 'network is unreachable' : 'no route to host'}`,
		);
	}

	throw new Unreachable(`dial tcp ${address}:${port}: i/o timeout`);
}

/** Against the kubeconfig's authority, unless it says not to. Profiles without a kubelet have a stand-in that says nothing. */
function verifyServer(session: Caller, host: string, connection: Connection): void {
	const {authority, insecure} = session.access;
	const {bytes} = connection.exchange(clientHello({serverName: host, protocols: ['h2', 'http/1.1']}));
	const hello = readServerHello(bytes);
	if (bytes === '' || insecure) return;
	const problem = hello && goDistrust(hello.pem ?? '', authority ?? '', host, session.nowMs);
	if (hello && problem === undefined) return;
	connection.close();
	throw new Unreachable(hello ? `tls: failed to verify certificate: ${problem}` : 'http: server gave HTTP response to HTTPS client');
}

function addressOf(session: Caller, host: string): string | undefined {
	if (/^[\d.]+$/.test(host)) return host;
	if (host === 'localhost') return '127.0.0.1';
	const {files} = session.machine;
	const lines = files.exists('/etc/hosts') ? files.readText('/etc/hosts').split('\n') : [];
	for (const line of lines) {
		const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
		if (address && names.includes(host) && !address.includes(':')) return address;
	}

	return undefined;
}

function nameServer(session: Caller): string {
	const {files} = session.machine;
	const text = files.exists('/etc/resolv.conf') ? files.readText('/etc/resolv.conf') : '';
	return /^nameserver\s+(\S+)/m.exec(text)?.[1] ?? '127.0.0.1';
}
