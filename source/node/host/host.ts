import type {Client} from '../../api/client.js';
import type {ApiServer} from '../../api/server.js';
import {createFiles} from '../../os/file-tree.js';
import {createJournal, type Journal} from '../../os/journal.js';
import {type Layer, whenRead} from '../../os/layer.js';
import {createOverlay} from '../../os/overlay.js';
import {createPackages, type Packages} from '../../os/packages.js';
import type {Process, Processes} from '../../os/process.js';
import {createProcesses} from '../../os/processes.js';
import {baseUnits} from '../../os/rhel/base-units.js';
import {bootLog} from '../../os/rhel/boot-log.js';
import {preinstalled, preinstalledOnControlPlane, preinstalledOnNodes, preinstalledOutside, rhelPackages} from '../../os/rhel/packages.js';
import {bornProcesses, firstFreePid} from '../../os/rhel/processes.js';
import {createUnits, type UnitFile, type Units, type UnitsParts} from '../../os/units.js';
import {createVolumes, type Volumes} from '../../os/volumes.js';
import {epochMs, type Sim} from '../../sim/sim.js';
import {createContainerd} from '../container/containerd.js';
import {createEngine} from '../engine/engine.js';
import {bornDockerUnits} from '../engine/units.js';
import type {ExecNow} from '../program/exec-now.js';
import type {MountEntry} from '../../os/mount-table.js';
import {hostTree} from './host-files.js';
import {cpusOf, type HostSpec, memoryKibOf} from './host-spec.js';
import type {Machine} from './machine.js';
import type {Namespaces} from '../container/namespaces.js';
import {createProc} from './proc.js';
import {createSys} from './sys.js';
import type {Program} from '../program/program.js';
import {createProgramRunner, type ProgramRunner} from '../program/program-runner.js';
import type {Registries} from '../registry/registries.js';
import {harborUnit, isRegistryHost} from '../registry/unit.js';
import type {World} from '../world.js';
import type {Containerd} from '../container/cri.js';
import {containerLogFolder, createContainerLogLinks, createPodLogs, podLogFolder} from '../container/log-folders.js';
import type {ResolvedImage} from '../registry/manifest.js';

/** A running machine and what drives it. */
export interface Host {
	readonly spec: HostSpec;
	readonly machine: Machine & Required<Pick<Machine, 'units' | 'packages' | 'journal'>>;
	readonly containerd: Containerd;
	readonly runner: ProgramRunner;
	readonly volumes: Volumes;
	/** Starts what systemd has started before the world begins; the kubelet has a `boot` of its own. */
	boot(): void;
	/** Called with the path of every file of the host's own disk that is written or removed. */
	onFileChange(handler: (path: string) => void): void;
}

export interface HostParts {
	readonly sim: Sim;
	readonly world: World;
	readonly namespaces: Namespaces;
	readonly registries: Registries;
	readonly programs: ReadonlyMap<string, Program>;
	readonly execNow: ExecNow;
	/** Images on its disk from the start, by full name. */
	readonly preloaded: ReadonlyMap<string, ResolvedImage>;
	readonly api?: ApiServer;
	/** The API as a pod's service account sees it. */
	clientOf?(namespace: string, serviceAccount: string): Client;
	/** The account of a pod, by its uid. */
	accountOf?(podUid: string): {readonly namespace: string; readonly name: string} | undefined;
}

/** The machine was started some time before the world begins. */
export const bootedMs = epochMs - 214_000;

export function createHost(parts: HostParts, spec: HostSpec): Host {
	const {sim, world, namespaces} = parts;
	const {name} = spec;
	const stack = namespaces.get(name) ?? namespaces.create(name);
	const present = presentPackages(spec);
	const born = rhelPackages.filter(item => present.includes(item.name));
	const base = whenRead(() => hostTree(spec, born));
	const volumes = createVolumes(sim);
	const fileHandlers: Array<(path: string) => void> = [];
	const changed = (path: string) => {
		for (const handler of fileHandlers) handler(path);
	};
	const files = createFiles(sim, name, base, {changed, volumes, mounts: [...kernelMounts, ...(spec.cluster ? logMounts : [])]});
	const packages = createPackages(sim, name, rhelPackages, present, () => files);
	const processes = createProcesses(sim, name, bornProcesses(unitFilesOf(spec, packages)(), bootedMs), firstFreePid);
	const journal = createJournal(sim, name, () => bootLog(bootedMs));
	const units = unitsOf({sim, host: name, processes, journal, files: unitFilesOf(spec, packages)}, world, () => runner);
	const machine: Host['machine'] = {
		name,
		hostname: name,
		kind: 'host' as const,
		host: name,
		files,
		stack,
		processes,
		container: '',
		env: hostEnvironment(name),
		home: '/root',
		user: 'root',
		sim,
		world,
		units,
		packages,
		journal,
		get engine() {
			return packages.isInstalled('docker-ce') ? engine() : undefined;
		},
	};
	const containerd: Containerd = createContainerd({...parts, node: name, processes, volumes, runner: () => runner});
	const runner: ProgramRunner = createProgramRunner({
		sim,
		host: name,
		processes,
		programs: parts.programs,
		api: parts.api,
		machineOf: process => (process.container ? containerd.machine(process.container) : machine),
		envOf: process => (process.container ? (containerd.row(process.container)?.env ?? {}) : machine.env),
		clientOf: process => clientOf(parts, containerd, process),
		isFrozen: ({container}) => container !== '' && containerd.row(container)?.frozen === true,
		log: (process, text, stream) => writeLog({processes, containerd, units, journal}, process, text, stream),
		ended(process, exitCode) {
			if (!process.container) return units.ended(process.pid, exitCode);
			const parent = processes.get(process.ppid);
			if (parent?.container === process.container)
				sim.clock.schedule(0, `program/${name}`, `${parent.pid} child ${process.pid} ${exitCode}`);
			containerd.processEnded(process, exitCode);
		},
	});
	const engine = createEngine({
		...parts,
		host: name,
		machine,
		containerd,
		processes,
		volumes,
		nameServer: spec.nameServer,
		bootedMs,
		runner: () => runner,
	});
	defineOwnVolumes(sim, spec, {volumes, containerd, machine, base, changed});
	const boot = () => {
		for (const {program, mainPid} of units.list()) if (program && program !== 'kubelet' && mainPid) runner.launch(mainPid);
	};
	return {spec, machine, containerd, runner, volumes, boot, onFileChange: handler => void fileHandlers.push(handler)};
}

const presentPackages = ({cluster, role}: HostSpec): readonly string[] => [
	...preinstalled,
	...(cluster ? preinstalledOnNodes : preinstalledOutside),
	...(role === 'control-plane' ? preinstalledOnControlPlane : []),
];

/** Units of the base system and of what is installed right now; those that were there from the start may already run. */
function unitFilesOf(spec: HostSpec, packages: Packages): () => readonly UnitFile[] {
	const born = new Set(packages.units().map(unit => unit.name));
	const own = isRegistryHost(spec) ? [harborUnit] : [];
	let brought: {by: readonly UnitFile[]; all: readonly UnitFile[]} | undefined;
	return () => {
		const by = packages.units();
		if (brought?.by === by) return brought.all;
		const all = [...baseUnits, ...by.map(unit => (born.has(unit.name) ? bornDockerUnits(spec, unit) : unit)), ...own];
		brought = {by, all};
		return all;
	};
}

/** The API as the pod's service account sees it. */
function clientOf(parts: HostParts, containerd: Containerd, {container}: Process): Client | undefined {
	const uid = container && containerd.row(container)?.podUid;
	const account = uid ? parts.accountOf?.(uid) : undefined;
	return account && parts.clientOf?.(account.namespace, account.name);
}

type GivenUnitsParts = Omit<UnitsParts, 'bootedMs' | 'isUp' | 'startProcess' | 'stopProcess'>;

/** systemd: its services are processes of this machine. */
const unitsOf = (parts: GivenUnitsParts, world: World, runner: () => ProgramRunner): Units =>
	createUnits({
		...parts,
		isUp: () => world.isUp(parts.host),
		bootedMs,
		startProcess({user = 'root', argv, program = ''}) {
			const {pid} = parts.processes.start({ppid: 1, user, argv: argv!, program, container: ''});
			runner().launch(pid);
			return pid;
		},
		stopProcess(pid) {
			runner().signal(pid, 'SIGTERM');
			runner().end(pid, 0);
		},
	});

interface OwnVolumes {
	readonly volumes: Volumes;
	readonly containerd: Containerd;
	readonly machine: Machine;
	readonly base: Layer;
	changed(path: string): void;
}

const kernelMounts: readonly MountEntry[] = [
	{path: '/proc', mount: {type: 'proc', source: ''}},
	{path: '/sys', mount: {type: 'sysfs', source: ''}},
];

/** Where the runtime writes what containers print. */
const logMounts: readonly MountEntry[] = [podLogFolder, containerLogFolder].map(path => ({path, mount: {type: path, source: ''}}));

/** What every machine can mount: /proc and /sys, its own and that of its containers, and its own disk. */
function defineOwnVolumes(sim: Sim, spec: HostSpec, {volumes, containerd, machine, base, changed}: OwnVolumes): void {
	const containerMachine = (id: string) => {
		const row = containerd.containers().find(each => each.state === 'running' && `${each.podUid}/${each.name}` === id);
		return row && containerd.machine(row.id);
	};
	volumes.define('proc', id =>
		createProc(() => ({machine: (id && containerMachine(id)) || machine, cpus: cpusOf(spec), memoryKib: memoryKibOf(spec), bootedMs})),
	);
	volumes.define('sysfs', id => createSys(() => (id && containerMachine(id)) || machine));
	volumes.define(podLogFolder, () => createPodLogs(() => containerd, sim.clock.now));
	volumes.define(containerLogFolder, () => createContainerLogLinks(() => containerd, sim.clock.now));
	volumes.define('hostpath', () => createOverlay(sim, `os/files/${spec.name}`, base, changed));
}

interface LogParts {
	readonly processes: Processes;
	readonly containerd: Containerd;
	readonly units: Units;
	readonly journal: Journal;
}

/** To the container's log; what a unit's process says goes to the journal. */
function writeLog({processes, containerd, units, journal}: LogParts, process: Process, text: string, stream: 'stdout' | 'stderr'): void {
	if (process.container && capture(processes, process, text, stream)) return;
	if (process.container) {
		containerd.writeLog(process.container, text.endsWith('\n') ? text : `${text}\n`, stream);
		return;
	}

	const unit = units.list().find(each => each.mainPid === process.pid);
	journal.write({unit: unit?.name ?? '', identifier: process.program, pid: process.pid, text});
}

/** What a hook prints is for the kubelet, not for the log. */
function capture(processes: Processes, {pid}: Process, text: string, stream: 'stdout' | 'stderr'): boolean {
	const memory = processes.get(pid)?.memory as {hook?: boolean; stdout?: string; stderr?: string} | undefined;
	if (!memory?.hook) return false;
	processes.update(pid, {memory: {...memory, [stream]: `${memory[stream] ?? ''}${text}${text.endsWith('\n') ? '' : '\n'}`}});
	return true;
}

const hostEnvironment = (name: string): Readonly<Record<string, string>> => ({
	HOME: '/root',
	HOSTNAME: name,
	LANG: 'en_US.UTF-8',
	LOGNAME: 'root',
	MAIL: '/var/spool/mail/root',
	PATH: '/root/.local/bin:/root/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
	SHELL: '/bin/bash',
	TERM: 'xterm-256color',
	USER: 'root',
});
