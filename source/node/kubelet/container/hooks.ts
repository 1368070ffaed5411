import type {KubeletContext} from '../context.js';
import {probeHttp, targetPort} from '../probe/probe-http.js';
import {type PodRecord, podIdOf, type SpecContainer, type Work} from '../record.js';

/** A hook that runs as a process in the container, or one that was over at once. */
export interface HookResult {
	readonly pid?: number;
	readonly tookMs: number;
	readonly failure?: string;
}

/** What a hook's process printed and how it ended, until the kubelet has read it. */
export interface HookEnd {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
}

export const hookEnds = ({sim, node}: KubeletContext) => sim.state.table<HookEnd>(`kubelet/${node}/hooks`);

/** Starts a postStart or preStop handler. Models pkg/kubelet/lifecycle/handlers.go. */
export function startHook(context: KubeletContext, record: PodRecord, container: SpecContainer, id: string, handler: any): HookResult {
	if (handler.sleep) return {tookMs: handler.sleep.seconds * 1000};
	if (handler.exec) {
		const started = context.containerd.spawn(id, handler.exec.command, 0, {hook: true});
		return 'error' in started ? {tookMs: 0, failure: `error: ${started.error}`} : {pid: started.pid, tookMs: 0};
	}

	if (handler.httpGet) {
		const {httpGet} = handler;
		const result = probeHttp(context, {
			host: httpGet.host ?? record.address ?? '',
			port: targetPort(httpGet.port, container.spec) ?? 0,
			path: httpGet.path ?? '/',
			scheme: httpGet.scheme ?? 'HTTP',
			headers: httpGet.httpHeaders ?? [],
			timeoutMs: 30_000,
			agent: 'kube-lifecycle/1.33',
		});
		if (result.kind === 'error') return {tookMs: result.tookMs, failure: `error: ${result.message}`};
		return {tookMs: result.tookMs};
	}

	context.sim.notes.notSimulated(`Pod spec.containers[].lifecycle.${Object.keys(handler)[0]}`);
	return {tookMs: 0};
}

/** Why an exec hook that has ended failed; undefined when it did not. */
export function hookOutcome(context: KubeletContext, {spec}: SpecContainer, work: Work): string | undefined {
	if (work.pid === undefined) return undefined;
	const ends = hookEnds(context);
	const end = ends.get(String(work.pid));
	ends.delete(String(work.pid));
	if (!end || end.exitCode === 0) return undefined;
	const command = (spec.lifecycle?.postStart?.exec?.command ?? []).join(' ');
	return `error: command '${command}' exited with ${end.exitCode}: ${end.stderr}, message: ${JSON.stringify(end.stdout + end.stderr)}`;
}

/** The whole message of `PostStartHookError`. */
export function hookFailure(record: PodRecord, {spec}: SpecContainer, failure: string): string {
	const {exec, httpGet} = spec.lifecycle.postStart;
	const what = exec
		? `Exec lifecycle hook ([${exec.command.join(' ')}])`
		: httpGet
			? `HTTP lifecycle hook (${httpGet.path ?? '/'})`
			: 'Lifecycle hook';
	return `${what} for Container "${spec.name}" in Pod "${podIdOf(record)}" failed - ${failure}`;
}
