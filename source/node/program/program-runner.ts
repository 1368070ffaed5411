import type {Client} from '../../api/client.js';
import type {ApiServer} from '../../api/server.js';
import type {ServiceHandler} from '../../net/socket.js';
import {FileError} from '../../os/files.js';
import type {Process, Processes} from '../../os/process.js';
import {signalNumber} from '../../os/signals.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import type {Machine} from '../host/machine.js';
import {mayBind} from '../host/capable.js';
import type {Program, ProgramContext} from './program.js';
import {answerMicrosDefault, answeringTable} from '../host/usage.js';
import {watchForPrograms} from './program-watches.js';

/** Runs the programs of one machine's processes: gives each its context, wakes it, hands it what arrives, tells when it ends. */
export interface ProgramRunner {
	/** Calls the program's `start`; a process without a program just sits there. */
	launch(pid: number): void;
	signal(pid: number, signal: string): void;
	/** Takes the process away (SIGKILL, or it exited): sockets and wake-ups go with it. */
	end(pid: number, exitCode: number): void;
	/** A pod got its interface: programs that listen to netlink hear of it. */
	linked(): void;
	/** What `Netstack` calls for sockets whose handler is `programHandler` and whose owner is of this machine. */
	readonly serve: ServiceHandler;
	context(pid: number): ProgramContext | undefined;
}

/** Name under which all sockets of programs are registered with the wire. */
export const programHandler = 'program';

export interface ProgramRunnerParts {
	readonly sim: Sim;
	/** Name of the machine; sockets belong to `<host>/<pid>`. */
	readonly host: string;
	readonly processes: Processes;
	readonly api?: ApiServer;
	/** By name. */
	readonly programs: ReadonlyMap<string, Program>;
	/** The machine that a process sees: the host, or its container. */
	machineOf(process: Process): Machine | undefined;
	envOf(process: Process): Readonly<Record<string, string>>;
	clientOf(process: Process): Client | undefined;
	/** Its container is paused: it neither wakes nor answers. */
	isFrozen(process: Process): boolean;
	log(process: Process, text: string, stream: 'stdout' | 'stderr'): void;
	ended(process: Process, exitCode: number): void;
}

export const socketOwner = (host: string, pid: number): string => `${host}/${pid}`;

export const ownerOf = (owner: string): {host: string; pid: number} => {
	const slash = owner.lastIndexOf('/');
	return {host: owner.slice(0, slash), pid: Number(owner.slice(slash + 1))};
};

/** They end a program that does not catch them, as far as containers are sent any. */
const ending = new Set(['SIGINT', 'SIGQUIT', 'SIGABRT', 'SIGUSR1', 'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM']);

const segmentationFault = 139;
/** How often what a paused program must do is looked at again. */
const frozenLookMs = 1000;

const noAnswer: ReturnType<ServiceHandler> = {bytes: '', end: 'reset'};

export function createProgramRunner(parts: ProgramRunnerParts): ProgramRunner {
	const {sim, host, processes} = parts;
	const actor = `program/${host}`;
	/** Keys (`<pid> <key>`) of wake-ups that are due, so that those of a process that ends go with it. */
	const wakes = sim.state.table<true>(`${actor}/wakes`);

	const answering = answeringTable(sim, host);

	const context = (pid: number): ProgramContext | undefined => {
		const process = processes.get(pid);
		const machine = process && parts.machineOf(process);
		if (!process || !machine) return undefined;
		return createContext(parts, {actor, wakes, forget}, process, machine, code => runner.end(pid, code));
	};

	const run = (pid: number, work: (program: Program, context: ProgramContext) => void) => {
		const process = processes.get(pid);
		const program = process && parts.programs.get(process.program);
		const its = program && context(pid);
		if (!program || !its) return;
		try {
			work(program, its);
		} catch (error) {
			crash(pid, program.name, error);
		}
	};

	/** A defect of a program must not end the learner's session: it dies as by a segmentation fault, and the defect is counted. */
	const crash = (pid: number, name: string, error: unknown) => {
		sim.notes.notSimulated(`${name}: ${error instanceof Error ? error.message : String(error)}`);
		runner.end(pid, segmentationFault);
	};

	const runner: ProgramRunner = {
		launch: pid => run(pid, (program, its) => program.start(its)),
		signal(pid, signal) {
			const process = processes.get(pid);
			if (!process) return;
			const program = parts.programs.get(process.program);
			if (signal === 'SIGKILL') runner.end(pid, 137);
			else if (program?.signal) run(pid, (it, its) => it.signal!(its, signal));
			else if (ending.has(signal)) runner.end(pid, 128 + signalNumber(signal)!);
		},
		end(pid, exitCode) {
			const process = processes.get(pid);
			if (!process) return;
			parts.machineOf(process)?.stack.sockets.closeAll(socketOwner(host, pid));
			cancelAll(pid);
			processes.end(pid);
			if (process.container && process.innerPid === 1) answering.delete(process.container);
			parts.ended(process, exitCode);
		},
		serve(request) {
			const {pid} = ownerOf(request.owner);
			const process = processes.get(pid);
			if (!process) return noAnswer;
			if (parts.isFrozen(process)) return {bytes: '', end: 'timeout'};
			const program = parts.programs.get(process.program);
			const its = program?.serve && context(pid);
			if (!its) return noAnswer;
			if (process?.container && request.bytes !== '')
				answering.set(process.container, (answering.get(process.container) ?? 0) + (program?.answerMicros ?? answerMicrosDefault));
			try {
				return program.serve!(its, request);
			} catch (error) {
				crash(pid, program.name, error);
				return noAnswer;
			}
		},
		linked() {
			for (const {pid, program} of processes.list()) if (parts.programs.get(program)?.linked) run(pid, (it, its) => it.linked!(its));
		},
		context,
	};

	const cancelAll = (pid: number) => {
		for (const key of [...wakes.keys()]) if (key.startsWith(`${pid} `)) forget(key);
	};

	const forget = (key: string) => {
		wakes.delete(key);
		sim.clock.cancel(actor, key);
	};

	sim.clock.on(actor, due => {
		const blank = due.indexOf(' ');
		const process = processes.get(Number(due.slice(0, blank)));
		if (process && parts.isFrozen(process)) return sim.clock.schedule(frozenLookMs, actor, due, {periodic: true});
		wakes.delete(due);
		const key = due.slice(blank + 1);
		run(Number(due.slice(0, blank)), (program, its) => program.wake?.(its, key));
	});
	watchForPrograms(parts, (pid, event) => run(pid, (program, its) => program.changed?.(its, event)));
	return runner;
}

interface Wakes {
	readonly actor: string;
	readonly wakes: Table<true>;
	forget(key: string): void;
}

function createContext(
	parts: ProgramRunnerParts,
	{actor, wakes, forget}: Wakes,
	process: Process,
	machine: Machine,
	exit: (code: number) => void,
): ProgramContext {
	const {sim, host, processes} = parts;
	const {pid} = process;
	return {
		machine,
		pid,
		argv: process.argv,
		env: parts.envOf(process),
		get memory() {
			return processes.get(pid)?.memory;
		},
		set memory(memory) {
			processes.update(pid, {memory: withCaller(processes.get(pid)?.memory, memory)});
		},
		wake(delayMs, key, options) {
			wakes.set(`${pid} ${key}`, true);
			sim.clock.reschedule(delayMs, actor, `${pid} ${key}`, options);
		},
		cancelWake: key => forget(`${pid} ${key}`),
		log: (text, stream = 'stdout') => parts.log(process, text, stream),
		listen(protocol, address, port) {
			if (!mayBind(machine, port)) throw new FileError('EACCES', `${address}:${port}`);
			const name = (process.argv[0] ?? process.program).replace(/:.*$/, '').replace(/^.*\//, '').slice(0, 15);
			machine.stack.sockets.listen({protocol, address, port, handler: programHandler, owner: socketOwner(host, pid), process: {name, pid}});
		},
		// Most of what a program does asks the API for nothing.
		get client() {
			return parts.clientOf(process);
		},
		api: parts.api,
		exit,
	};
}

/** A process that somebody waits for keeps what he has yet to read, whatever its program remembers. */
function withCaller(before: unknown, after: unknown): unknown {
	const {hook, atOnce, stdout, stderr} = (before ?? {}) as Record<string, unknown>;
	return hook === true ? {hook, ...(atOnce === true && {atOnce}), stdout, stderr, ...(after as object)} : after;
}
