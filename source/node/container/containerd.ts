import {FileError, type Files} from '../../os/files.js';
import type {Process} from '../../os/process.js';
import {createContainerLogs} from './container-log.js';
import type {ContainerRow, SandboxRow} from './container-spec.js';
import {findExecutable, unwrap} from '../program/executable.js';
import {scriptProgram} from '../program/exec-now.js';
import {baseName, programNames} from '../image/image-tree.js';
import {createContainerMachines} from './container-machine.js';
import {pidsOfEntry} from './pid-namespace.js';
import {mountProblem} from './mount-check.js';
import {createImages, type ImageRow} from '../image/node-images.js';
import {createSandboxes} from './sandbox.js';
import type {Containerd} from './cri.js';
import type {ContainerdParts} from './containerd-parts.js';

export function createContainerd(parts: ContainerdParts): Containerd {
	const {sim, node, processes, registries} = parts;
	const rows = sim.state.table<ContainerRow>(`containerd/${node}/containers`);
	const sandboxRows = sim.state.table<SandboxRow>(`containerd/${node}/sandboxes`);
	const imageRows = sim.state.table<ImageRow>(`containerd/${node}/images`);
	const random = sim.random.fork(`containerd/${node}`);
	/** A world that was taken over from a saved one may begin its dice anew. */
	const newId = (): string => {
		const id = random.hex(64);
		return rows.has(id) || sandboxRows.has(id) ? newId() : id;
	};

	const logs = createContainerLogs(sim, node);
	const exitHandlers: Array<(container: ContainerRow) => void> = [];
	const processHandlers: Array<(process: Process, exitCode: number) => void> = [];
	const pidsOf = (id: string) => rows.get(id)?.pids ?? id;
	const machines = createContainerMachines(
		parts,
		id => sandboxRows.get(id),
		pidsOf,
		(id, argv) => (programOf(id, argv) === scriptProgram ? undefined : runProgram(id, argv)),
	);

	const row = (id: string): ContainerRow => {
		const found = rows.get(id);
		if (!found) throw new Error(`${node} has no container ${id}`);
		return found;
	};

	const change = (id: string, changes: Partial<ContainerRow>) => rows.set(id, {...row(id), ...changes});
	const machine = (id: string) => {
		const found = rows.get(id);
		return found && machines.get(found);
	};

	/** What a container's command has become when the wrapper scripts of its image have done their part. */
	const become = (id: string, argv: readonly string[]): readonly string[] => {
		const rest = unwrap(argv);
		const resolved = registries.lookup(row(id).manifest);
		const word = rest === argv ? undefined : (resolved?.base ?? resolved)?.variant.wordsGoTo;
		if (word === undefined || rest[0] === undefined) return rest;
		const {workingDir, env} = row(id);
		const isCommand = !rest[0].startsWith('-') && 'path' in findExecutable(machine(id)!.files, rest[0], workingDir, env['PATH']);
		return isCommand ? rest : [word, ...rest];
	};

	/** Which program an executable is; commands without one are interpreted. */
	const programOf = (id: string, argv: readonly string[]) => {
		const resolved = registries.lookup(row(id).manifest);
		const name = baseName(become(id, argv)[0] ?? '');
		return (resolved && programNames(resolved).get(name)) ?? installedProgram(id, argv) ?? scriptProgram;
	};

	/** A server that a package manager brought names its program in its executable. */
	const installedProgram = (id: string, argv: readonly string[]) => {
		const {workingDir, env} = row(id);
		const files = machine(id)?.files;
		const found = files && findExecutable(files, become(id, argv)[0] ?? '', workingDir, env['PATH']);
		return found && 'path' in found ? /^\u007fELF \S+ program=(\S+)/.exec(files.readText(found.path))?.[1] : undefined;
	};

	const startProcess = (id: string, argv: readonly string[], ppid: number, memory?: unknown) => {
		const {user, pids = id} = row(id);
		// Where the pod's processes are shared, its pause process is the first of them, and runc takes some as it enters.
		const shared = sandboxRows.has(pids);
		const inner = processes
			.list()
			.reduce(
				(most, each) => (each.container !== '' && pidsOf(each.container) === pids ? Math.max(most, each.innerPid ?? 0) : most),
				shared ? 1 : 0,
			);
		const became = become(id, argv);
		const wrapper = became === argv ? undefined : argv[0];
		const its = {
			ppid,
			user,
			argv: became,
			...(wrapper && {wrapper}),
			program: programOf(id, argv),
			container: id,
			innerPid: inner + (shared ? pidsOfEntry : 1),
		};
		return processes.start(memory === undefined ? its : {...its, memory}).pid;
	};

	const exited = (id: string, exitCode: number, reason?: string) => {
		const before = row(id);
		for (const each of processes.list()) if (each.container === id) parts.runner().end(each.pid, 137);
		const {pid: _, frozen: __, ...rest} = before;
		const after: ContainerRow = {
			...rest,
			state: 'exited',
			exitCode,
			finishedMs: sim.clock.now(),
			reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
		};
		rows.set(id, after);
		for (const handler of exitHandlers) handler(after);
	};

	const kill = (id: string, reason: 'OOMKilled' | 'Error') => {
		const {pid, state} = row(id);
		if (state !== 'running') return;
		change(id, {pid: undefined});
		if (pid !== undefined) parts.runner().end(pid, 137);
		exited(id, 137, reason);
	};

	const runProgram: Containerd['runProgram'] = (id, argv) => {
		let end: {exitCode: number; memory: unknown} | undefined;
		const handler = (process: Process, exitCode: number) => {
			end ??= {exitCode, memory: process.memory};
		};
		processHandlers.push(handler);
		const pid = startProcess(id, argv, 0, {hook: true, atOnce: true});
		parts.runner().launch(pid);
		const lives = end === undefined;
		if (lives) parts.runner().end(pid, 137);
		processHandlers.splice(processHandlers.indexOf(handler), 1);
		const {stdout = '', stderr = '', tookMs = 0} = (end?.memory ?? {}) as {stdout?: string; stderr?: string; tookMs?: number};
		if (!lives) return {stdout, stderr, tookMs, exitCode: end?.exitCode ?? 137};
		// A second server beside the container's own: whoever asks for it cannot wait until it ends.
		const what = `${[baseName(argv[0] ?? ''), ...argv.slice(1)].join(' ')} beside the container's own process`;
		sim.notes.notSimulated(what);
		return {stdout, stderr: `${stderr}kubelab: not simulated: ${what}\n`, tookMs, exitCode: 125};
	};

	const imageList = createImages(parts, imageRows);
	return {
		...imageList,
		...createSandboxes(parts, sandboxRows, newId),
		containers: () => [...rows.values()],
		container: id => rows.get(id),
		row: id => rows.get(id),
		machine,
		execNow(id, argv, options = {}) {
			const its = machine(id);
			if (!its) throw new Error(`${node} has no container ${id}`);
			return parts.execNow(its, argv, {env: its.env, cwd: row(id).workingDir, ...options});
		},
		logs: logs.read,
		writeLog: logs.write,
		freshId: newId,
		create(spec, {namespace = 'k8s.io', id = newId()} = {}) {
			const image = registries.lookup(spec.manifest);
			const created: ContainerRow = {...spec, id, namespace, imageId: image?.digest ?? '', state: 'created', createdMs: sim.clock.now()};
			rows.set(id, created);
			return created;
		},
		isProgram: (id, argv) => programOf(id, argv) !== scriptProgram,
		start(id, {held = false} = {}) {
			const {argv, workingDir, env} = row(id);
			const error =
				mountProblem(row(id), machines.rootOf(row(id)), parts.volumes) ?? prepare(machine(id)!.files, argv, workingDir, env['PATH']);
			if (error) {
				const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ${error}`;
				change(id, {state: 'exited', exitCode: 128, startedMs: 0, finishedMs: sim.clock.now(), reason: 'StartError', message});
				return message;
			}

			const pid = startProcess(id, argv, sandboxRows.get(row(id).sandbox)?.shimPid ?? 1);
			change(id, {state: 'running', startedMs: sim.clock.now(), pid});
			if (!held) parts.runner().launch(pid);
			return undefined;
		},
		signal(id, signal) {
			const {pid} = row(id);
			if (pid !== undefined) parts.runner().signal(pid, signal);
		},
		runProgram,
		outOfMemory: id => kill(id, 'OOMKilled'),
		signalProcess: (pid, signal) => parts.runner().signal(pid, signal),
		exit(id, exitCode) {
			const {pid} = row(id);
			if (pid !== undefined) parts.runner().end(pid, exitCode);
		},
		kill,
		freeze: (id, frozen) => change(id, {frozen}),
		remove(id) {
			const {pid} = row(id);
			rows.delete(id);
			if (pid !== undefined) parts.runner().end(pid, 137);
			machines.drop(id);
			logs.drop(id);
		},
		spawn(id, argv, parentPid, memory) {
			const {workingDir, env} = row(id);
			const found = findExecutable(machine(id)!.files, argv[0] ?? '', workingDir, env['PATH']);
			if ('error' in found) return found;
			const pid = startProcess(id, argv, parentPid, memory);
			parts.runner().launch(pid);
			return {pid};
		},
		findExecutable(id, name) {
			const {workingDir, env} = row(id);
			return findExecutable(machine(id)!.files, name, workingDir, env['PATH']);
		},
		execId: () => random.hex(64),
		onExit(handler) {
			exitHandlers.push(handler);
		},
		onProcessEnd(handler) {
			processHandlers.push(handler);
		},
		processEnded(process, exitCode) {
			if (rows.get(process.container)?.pid === process.pid) exited(process.container, exitCode);
			else for (const handler of processHandlers) handler(process, exitCode);
		},
	};
}

/** What runc checks before it executes the command. */
function prepare(files: Files, argv: readonly string[], workingDir: string, path?: string): string | undefined {
	try {
		if (!files.exists(workingDir)) files.makeFolder(workingDir, {recursive: true});
		else if (files.stat(workingDir).type !== 'folder')
			return `unable to start container process: error during container init: mkdir ${workingDir}: not a directory: unknown`;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return `unable to start container process: error during container init: mkdir ${workingDir}: ${error.message.toLowerCase()}: unknown`;
	}

	const found = findExecutable(files, argv[0] ?? '', workingDir, path);
	return 'error' in found ? `unable to start container process: ${found.error}` : undefined;
}
