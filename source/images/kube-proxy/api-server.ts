import {type ProxyContext, remember} from './memory.js';

/** Where kubeconfig.conf says the API server is; undefined when the file is not there (then nothing is in the way). */
export function apiServerAddress(context: Pick<ProxyContext, 'machine'>, kubeconfig: string): {host: string; port: number} {
	const {files} = context.machine;
	const text = kubeconfig && files.exists(kubeconfig) ? files.readText(kubeconfig) : '';
	const match = /server:\s*"?https:\/\/([^:/\s"]+)(?::(\d+))?/.exec(text);
	return match ? {host: match[1]!, port: Number(match[2] ?? 443)} : {host: '', port: 0};
}

const goErrors: Readonly<Record<string, string>> = {
	refused: 'connect: connection refused',
	timeout: 'i/o timeout',
	reset: 'connect: connection reset by peer',
	'ttl-exceeded': 'connect: no route to host',
};

/** A connection that stood so shortly ago is taken to stand still: the real one is kept open, too. */
const trustMs = 10_000;

/** What Go's dialer would say about the API server right now; undefined when it can be reached. */
export function dialError(context: ProxyContext): string | undefined {
	const {host, port} = context.memory.apiServer;
	const nowMs = context.machine.sim.clock.now();
	if (!host || nowMs - (context.memory.reachedMs ?? Number.NEGATIVE_INFINITY) < trustMs) return undefined;
	const outcome = context.machine.world.apiReachable(context.machine, host, port);
	if (outcome.kind === 'connected') {
		remember(context, {reachedMs: nowMs});
		return undefined;
	}

	const unreachable = outcome.kind === 'unreachable' && (outcome.code === 'no-route' || outcome.code === 'net');
	const reason = unreachable ? 'connect: network is unreachable' : (goErrors[outcome.kind] ?? 'connect: no route to host');
	return `dial tcp ${host}:${port}: ${reason}`;
}

export const requestError = (context: ProxyContext, verb: string, path: string, dial: string): string =>
	`${verb} "https://${context.memory.apiServer.host}:${context.memory.apiServer.port}${path}": ${dial}`;
