import type {KubeletContext} from '../context.js';
import {probeHttp, targetPort} from './probe-http.js';
import type {PodRecord} from '../record.js';

export type ProbeResult =
	| {readonly kind: 'success'}
	| {readonly kind: 'failure'; readonly output: string}
	/** The probe itself could not be made: counts neither way. */
	| {readonly kind: 'unknown'; readonly error: string};

/** Asks a container once. Models pkg/kubelet/prober/prober.go and pkg/probe. */
export function runProbe(context: KubeletContext, record: PodRecord, container: any, probe: any, containerId: string): ProbeResult {
	const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
	if (probe.exec) return execProbe(context, containerId, probe.exec.command ?? [], timeoutMs);
	const handler = probe.httpGet ?? probe.tcpSocket ?? probe.grpc;
	const port = targetPort(handler.port, container);
	if (port === undefined) return {kind: 'unknown', error: `strconv.Atoi: parsing "${handler.port}": invalid syntax`};
	const host = handler.host || record.address || '';
	if (probe.tcpSocket) return tcpProbe(context, host, port);
	if (probe.grpc) return grpcProbe(context, host, port, timeoutMs);
	const {path = '/', scheme = 'HTTP', httpHeaders = []} = probe.httpGet;
	const result = probeHttp(context, {host, port, path, scheme, headers: httpHeaders, timeoutMs, agent: 'kube-probe/1.33'});
	if (result.kind === 'error') return {kind: 'failure', output: result.message};
	if (result.status >= 200 && result.status < 400) return {kind: 'success'};
	return {kind: 'failure', output: `HTTP probe failed with statuscode: ${result.status}`};
}

function execProbe({containerd}: KubeletContext, id: string, command: readonly string[], timeoutMs: number): ProbeResult {
	const started = containerd.findExecutable(id, command[0] ?? '');
	if ('error' in started) {
		const exec = containerd.execId();
		const error = `rpc error: code = Unknown desc = failed to exec in container: failed to start exec "${exec}": OCI runtime exec failed: exec failed: unable to start container process: ${started.error}`;
		return {kind: 'unknown', error};
	}

	const result = containerd.execNow(id, command, {timeoutMs});
	if (result.timedOut) return {kind: 'failure', output: `command timed out: "${command.join(' ')}" timed out after ${timeoutMs / 1000}s`};
	return result.exitCode === 0 ? {kind: 'success'} : {kind: 'failure', output: result.stdout + result.stderr};
}

function tcpProbe({host: {machine}}: KubeletContext, host: string, port: number): ProbeResult {
	const connection = machine.stack.connect(host, port);
	connection.close();
	const {kind} = connection.outcome;
	if (kind === 'connected') return {kind: 'success'};
	const why =
		kind === 'refused' || kind === 'reset'
			? 'connect: connection refused'
			: kind === 'unreachable'
				? 'connect: no route to host'
				: 'i/o timeout';
	return {kind: 'failure', output: `dial tcp ${host}:${port}: ${why}`};
}

/** A gRPC health check begins with HTTP/2's preface; programs that speak it answer with frames. */
function grpcProbe({host: {machine}}: KubeletContext, host: string, port: number, timeoutMs: number): ProbeResult {
	const connection = machine.stack.connect(host, port);
	const answer = connection.outcome.kind === 'connected' ? connection.exchange('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') : undefined;
	connection.close();
	if (answer?.bytes.startsWith('\0\0')) return {kind: 'success'};
	return {
		kind: 'failure',
		output: `timeout: failed to connect service "${host}:${port}" within ${timeoutMs / 1000}s: context deadline exceeded`,
	};
}
