import type {Image} from '../../node/image/image.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {serveTls, type TlsServer} from '../../node/net/tls-server.js';
import {selfSignedPair} from '../../tls/self-signed.js';
import {type HttpAnswer, type HttpRequest, httpDate, lengthOf, parseHttpRequest, sendAnswer, textAnswer} from '../http/answer.js';
import {klog} from '../kube-proxy/klog.js';

export interface DaemonSpec {
	readonly name: string;
	/** Ports that it opens: all addresses, unless `bind` names one. */
	ports(argv: readonly string[]): ReadonlyArray<{readonly port: number; readonly address: string}>;
	/** Until it listens. */
	readonly startMs?: number;
	/** What it says when it starts. */
	readonly lines: ReadonlyArray<readonly [where: string, message: string]>;
	/** What it serves with, and whose clients it asks for. */
	tls(context: ProgramContext): TlsServer;
	/** A request inside TLS; `client`: PEM of the certificate that the client showed. */
	answer(context: ProgramContext, request: HttpRequest, client: string | undefined): HttpAnswer;
	/** Why this command line cannot be read, and why what it says cannot be: told before the log is there, and in it. */
	refuse?(argv: readonly string[]): string | undefined;
	invalid?(argv: readonly string[]): string | undefined;
	/** What of this command line has no effect here. */
	lacks?(argv: readonly string[]): readonly string[];
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
			const wrong = spec.invalid?.(context.argv);
			if (wrong) {
				klog(context, 1).error('run.go:72', 'command failed', wrong);
				return context.exit(1);
			}

			for (const word of spec.lacks?.(context.argv) ?? []) context.machine.sim.notes.notSimulated(`${spec.name} ${word}`);
			context.memory = {startedMs: context.machine.sim.clock.now()};
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
			const nowMs = context.machine.sim.clock.now();
			return serveTls(bytes, spec.tls(context), (inner, client) => {
				const request = parseHttpRequest(inner);
				return request ? sendAnswer(request, spec.answer(context, request, client)) : textAnswer(request, nowMs, '400 Bad Request', 400);
			});
		},
		signal(context, signal) {
			if (signal === 'SIGTERM' || signal === 'SIGINT') context.exit(0);
		},
	};
}

/** A file that the command line names, as the process sees it; empty when it is not there. */
export function fileOf({machine: {files}, argv}: ProgramContext, flag: string): string {
	const path = flagOf(argv, flag);
	return path && files.exists(path) ? files.readText(path) : '';
}

/** TLS of kube-controller-manager and kube-scheduler: a certificate for localhost that is made at each start. */
export function ownTls(context: ProgramContext): TlsServer {
	return {
		get certificate() {
			const own = () => selfSignedPair('localhost', ['127.0.0.1'], 'self-signed', context.memory?.startedMs ?? 0).certificate;
			return fileOf(context, 'tls-cert-file') || own();
		},
		get clientAuthorities() {
			return fileOf(context, 'client-ca-file');
		},
		clients: 'wanted',
		nowMs: context.machine.sim.clock.now(),
	};
}

/** Health is for everybody (--authorization-always-allow-paths); what else there is needs a user that these programs ask the API server about. */
export function healthOnly(paths: readonly string[]): DaemonSpec['answer'] {
	return ({machine: {sim}}, {path}) => {
		const isHealth = paths.includes(path);
		const body = isHealth ? 'ok' : JSON.stringify(forbidden(path), null, 2);
		return {
			status: isHealth ? 200 : 403,
			headers: [
				['Cache-Control', 'no-cache, private'],
				['Content-Type', isHealth ? 'text/plain; charset=utf-8' : 'application/json'],
				['X-Content-Type-Options', 'nosniff'],
				['Date', httpDate(sim.clock.now())],
				['Content-Length', lengthOf(body)],
			],
			body,
		};
	};
}

const forbidden = (path: string) => ({
	kind: 'Status',
	apiVersion: 'v1',
	metadata: {},
	status: 'Failure',
	message: `forbidden: User "system:anonymous" cannot get path "${path}"`,
	reason: 'Forbidden',
	details: {},
	code: 403,
});

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
