import type {Outcome} from '../../../net/outcome.js';
import type {Machine} from '../../../node/host/machine.js';
import {resolveName} from '../../../node/host/resolve.js';

/** A handshake that nobody answers, and one that the neighbour table gives up. */
const connectTimeoutMs = 130_000;
const noRouteMs = 3060;

/** What Go's net.Dial says of an attempt that failed: the errno's words, and how long it took without a timeout of its own. */
export function dialProblem(outcome: Outcome): {readonly words: string; readonly tookMs: number} | undefined {
	if (outcome.kind === 'connected') return undefined;
	if (outcome.kind === 'timeout') return {words: timedOut, tookMs: connectTimeoutMs};
	if (outcome.kind === 'refused' || outcome.kind === 'reset') return {words: refused, tookMs: 0};
	if (outcome.kind === 'unreachable' && outcome.code === 'port') return {words: refused, tookMs: 0};
	const network = outcome.kind === 'unreachable' && (outcome.code === 'net' || outcome.code === 'no-route');
	if (network) return {words: 'network is unreachable', tookMs: 0};
	return {words: 'no route to host', tookMs: outcome.kind === 'unreachable' && outcome.code === 'host' ? noRouteMs : 0};
}

export const timedOut = 'connection timed out';
export const refused = 'connection refused';

/** `host:port` as net.ResolveTCPAddr takes it. */
export function resolveHostPort(
	machine: Machine,
	place: string,
): {readonly address: string; readonly port: number} | {readonly error: string} {
	const match = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(place);
	if (!match) return {error: `address ${place}: ${place.includes(':') ? 'too many colons' : 'missing port'} in address`};
	const host = match[1] ?? match[2]!;
	const port = /^\d+$/.test(match[3]!) ? Number(match[3]) : services[match[3]!];
	if (port === undefined) return {error: `lookup tcp/${match[3]}: unknown port`};
	if (port > 65_535) return {error: `address ${port}: invalid port`};
	const address = host === '' ? '127.0.0.1' : resolveName(machine, host);
	return address === undefined ? {error: noSuchHost(machine, host)} : {address, port};
}

const services: Readonly<Record<string, number>> = {http: 80, https: 443, domain: 53, ssh: 22};

function noSuchHost({files}: Machine, host: string): string {
	const server = files.exists('/etc/resolv.conf') ? /^nameserver\s+(\S+)/m.exec(files.readText('/etc/resolv.conf'))?.[1] : undefined;
	return `lookup ${host}${server ? ` on ${server}:53` : ''}: no such host`;
}
