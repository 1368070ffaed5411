import type {Image} from '../../node/image.js';
import type {Program, ProgramContext} from '../../node/program.js';
import {parseHttpRequest, textAnswer} from '../http/answer.js';
import {klog} from '../kube-proxy/klog.js';

export interface DaemonSpec {
	readonly name: string;
	/** Ports that it opens: all addresses, unless `bind` names one. */
	ports(argv: readonly string[]): ReadonlyArray<{readonly port: number; readonly address: string}>;
	/** Until it listens. */
	readonly startMs?: number;
	/** What it says when it starts. */
	readonly lines: ReadonlyArray<readonly [where: string, message: string]>;
	/** Paths that answer `ok`. */
	readonly healthPaths: readonly string[];
	/** Why it cannot start with this command line. */
	refuse?(argv: readonly string[]): string | undefined;
}

export const flagOf = (argv: readonly string[], name: string): string | undefined =>
	argv.find(word => word.startsWith(`--${name}=`))?.slice(name.length + 3);

/** A part of the control plane as a process: its work is done by the world itself, its ports, health and log are here. */
export function controlPlaneDaemon(spec: DaemonSpec): Program {
	return {
		name: spec.name,
		start(context) {
			const error = spec.refuse?.(context.argv);
			if (error) return fail(context, error);
			const log = klog(context, 1);
			for (const [where, message] of spec.lines) log.info(where, message);
			context.wake(spec.startMs ?? 400, 'listen');
		},
		wake(context) {
			try {
				for (const {port, address} of spec.ports(context.argv)) context.listen('tcp', address, port);
			} catch {
				fail(context, 'failed to listen: bind: address already in use');
			}
		},
		serve(context, {bytes}) {
			const request = parseHttpRequest(bytes);
			const nowMs = context.machine.sim.clock.now();
			if (request && spec.healthPaths.includes(request.path)) return textAnswer(request, nowMs, 'ok');
			const forbidden = {
				kind: 'Status',
				apiVersion: 'v1',
				metadata: {},
				status: 'Failure',
				message: `forbidden: User "system:anonymous" cannot get path "${request?.path ?? '/'}"`,
				reason: 'Forbidden',
				details: {},
				code: 403,
			};
			return textAnswer(request, nowMs, JSON.stringify(forbidden, null, 2), 403, 'application/json');
		},
		signal(context, signal) {
			if (signal === 'SIGTERM' || signal === 'SIGINT') context.exit(0);
		},
	};
}

function fail(context: ProgramContext, error: string): void {
	context.log(`Error: ${error}`, 'stderr');
	context.exit(1);
}

export function controlPlaneImage(program: Program, repository: string, tags: Readonly<Record<string, number>>): Image {
	const name = repository.slice(repository.indexOf('/') + 1);
	return {
		repository,
		aliases: [`registry.aliyuncs.com/google_containers/${name}`, `reg.timinglee.org/k8s/${name}`],
		tags: Object.fromEntries(
			Object.entries(tags).map(([tag, sizeBytes]) => [
				tag,
				{sizeBytes, entrypoint: [], command: [`/usr/local/bin/${program.name}`], files: {}},
			]),
		),
		program,
		tools: [],
	};
}
