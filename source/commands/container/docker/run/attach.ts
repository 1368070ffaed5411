import type {ExecResult} from '../../../../shell/command.js';
import {failure} from '../failure.js';
import type {Call, Steps} from '../verb.js';
import type {ContainerRecord} from '../../../../node/engine/model.js';

const shellPrograms = /^(?:\/(?:usr\/)?bin\/)?(?:ba|a|da)?sh$/;
const lookEveryMs = 100;
/** How long a container that does not end is watched when nobody can press ctrl-c. */
const unattendedMs = 3000;

/** Docker's client refuses to share a terminal that is none. */
export function checkTerminal({io}: Call, tty: boolean, stdin: boolean): void {
	if (tty && stdin && !io.stdinIsTerminal) throw failure('the input device is not a TTY');
}

interface AttachOptions {
	readonly stdin: boolean;
	readonly stdout: boolean;
	readonly stderr: boolean;
	/** Ctrl-C is passed on. */
	readonly signals: boolean;
	/** Lines that were there before are not shown. */
	readonly seen: number;
	/** See `isHeld`. */
	readonly held?: boolean;
}

/**
 * A tool in the foreground (`docker run busybox ip a`, `... | docker run -i busybox cat`) is run by the client's own shell, which knows
 * more tools and has an input; servers and scripts are processes of the container.
 */
export function isHeld({engine, io}: Call, {id, config}: ContainerRecord): boolean {
	const argv = [...config.entrypoint, ...config.command];
	const isShell = shellPrograms.test(argv[0] ?? '');
	const piped = config.stdin && !io.stdinIsTerminal && io.stdin !== '';
	if (engine.containerd.isProgram(id, argv) || wrapped.test(argv[0] ?? '')) return false;
	return isShell ? piped && argv.length > 1 : !endless.has(argv[0] ?? '');
}

const wrapped = /\.sh$|(?:^|\/)(?:tini|dumb-init)$/;
/** Nothing would be seen of these. */
const endless = new Set(['sleep', 'tail', 'top', 'yes', 'watch']);
const heldMaxMs = 60_000;

function* runHeld(call: Call, record: ContainerRecord): Steps<number> {
	const {engine, io} = call;
	const {id, config} = record;
	const machine = engine.containers.machine(id)!;
	const argv = [...config.entrypoint, ...config.command];
	let code = 130;
	try {
		const stream = !io.unattended;
		const stdin = config.stdin ? (io.stdinIsTerminal ? undefined : io.stdin) : '';
		const result: ExecResult = yield {
			exec: {
				machine,
				argv,
				env: machine.env,
				onlyEnv: true,
				cwd: machine.home,
				stream,
				...(stdin !== undefined && {stdin}),
				...(io.unattended && {timeoutMs: heldMaxMs}),
			},
		};
		io.out(result.stdout);
		io.err(result.stderr);
		engine.containerd.writeLog(id, result.stdout, 'stdout');
		engine.containerd.writeLog(id, result.stderr, 'stderr');
		code = result.exitCode;
	} finally {
		engine.containerd.exit(id, code);
	}

	return finalCode(call, record);
}

/** Shares a container's terminal until it ends; the status is the container's. */
export function* attach(call: Call, record: ContainerRecord, options: AttachOptions): Steps<number> {
	const {engine, io} = call;
	const {id, config} = record;
	const argv = [...config.entrypoint, ...config.command];
	const machine = engine.containers.machine(id);
	if (
		options.stdin &&
		config.stdin &&
		machine &&
		engine.containerd.row(id)?.state === 'running' &&
		argv.length === 1 &&
		shellPrograms.test(argv[0]!)
	) {
		const {env} = machine;
		const shell = argv[0]!.slice(argv[0]!.lastIndexOf('/') + 1);
		const result: ExecResult = yield config.tty
			? {enter: {machine, tty: true, shell, env}}
			: {exec: {machine, stream: true, stdin: io.stdin, argv, env, cwd: machine.home}};
		engine.containerd.exit(id, result?.exitCode ?? 0);
		return finalCode(call, record);
	}

	if (options.held) return yield* runHeld(call, record);
	let finished = false;
	try {
		yield* follow(call, id, options);
		finished = true;
	} finally {
		// Ctrl-C in the terminal reaches the container, too.
		if (!finished && options.signals && engine.containerd.row(id)?.state === 'running') engine.containers.signal(id, 'SIGINT');
	}

	return finalCode(call, record);
}

/** The container's own status; with --rm it goes away now that everything was read. */
function finalCode({engine}: Call, {id}: ContainerRecord): number {
	const code = engine.containerd.row(id)?.exitCode ?? 0;
	if (engine.containers.find(id)?.host.autoRemove) engine.containers.discardId(id);
	return code;
}

function* follow({engine, io, nowMs}: Call, id: string, {stdout, stderr, seen: before}: AttachOptions): Steps<void> {
	let seen = before;
	for (;;) {
		const lines = engine.containerd.logs(id);
		for (const {stream, text} of lines.slice(seen)) {
			if (stream === 'stdout' && stdout) io.out(`${text}\n`);
			if (stream === 'stderr' && stderr) io.err(`${text}\n`);
		}

		seen = lines.length;
		if (engine.containerd.row(id)?.state !== 'running') return;
		if (io.unattended && io.machine.sim.clock.now() - nowMs > unattendedMs) return;
		yield {sleepMs: lookEveryMs};
	}
}
