import type {Sim} from '../sim/sim.js';
import type {Journal} from './journal.js';
import type {Processes} from './process.js';

/** A systemd unit file, as far as systemctl shows it. */
export interface UnitFile {
	/** `kubelet.service` */
	readonly name: string;
	readonly description: string;
	/** `/usr/lib/systemd/system/kubelet.service` */
	readonly path: string;
	readonly dropIns?: readonly string[];
	readonly documentation?: readonly string[];
	/** Absent for units without a process of their own (targets, one-shots that are done). */
	readonly argv?: readonly string[];
	readonly user?: string;
	/** Program that the process runs (`Process.program`). */
	readonly program?: string;
	/** State on a fresh machine. */
	readonly active?: boolean;
	readonly enabled?: 'enabled' | 'disabled' | 'static';
	/** One-shot with RemainAfterExit: `active (exited)`. */
	readonly oneShot?: boolean;
	/** What it would do to the machine and is not simulated: it cannot be started. */
	readonly unsimulated?: string;
	/** `Restart=` and `RestartSec=`. */
	readonly restart?: {readonly when: 'always' | 'on-failure'; readonly afterMs: number};
	/** Main process on a fresh machine; see the host's process list. */
	readonly pid?: number;
	/** When it began on a fresh machine; absent: with the machine. */
	readonly startedMs?: number;
}

export interface Unit extends UnitFile {
	readonly activeState: 'active' | 'activating' | 'inactive' | 'failed';
	readonly sub: 'running' | 'exited' | 'dead' | 'failed' | 'auto-restart' | 'active' | 'waiting' | 'listening';
	readonly enabledState: 'enabled' | 'disabled' | 'static' | 'masked';
	readonly mainPid: number;
	/** Since when it is in this state; virtual milliseconds since 1970. */
	readonly sinceMs: number;
	/** Of the last process, when it is not running. */
	readonly exitCode?: number;
	readonly lastPid?: number;
}

export interface Units {
	list(): readonly Unit[];
	/** With or without `.service`. */
	get(name: string): Unit | undefined;
	/** Do nothing and return the unit when it is in that state already; undefined when there is no such unit. */
	start(name: string): Unit | undefined;
	stop(name: string): Unit | undefined;
	restart(name: string): Unit | undefined;
	/** Returns the symbolic link made or removed, as systemctl says it; undefined when nothing had to be done. */
	enable(name: string): string | undefined;
	disable(name: string): string | undefined;
	mask(name: string, masked: boolean): void;
	/** Its process ended by itself. */
	ended(pid: number, exitCode: number): void;
}

interface Row {
	readonly active?: boolean;
	readonly failed?: boolean;
	readonly enabled?: Unit['enabledState'];
	readonly pid?: number;
	readonly sinceMs?: number;
	readonly exitCode?: number;
	readonly lastPid?: number;
	/** It waits to be started again; how often that was since somebody started it. */
	readonly restarting?: boolean;
	readonly restarts?: number;
}

export interface UnitsParts {
	readonly sim: Sim;
	readonly host: string;
	readonly processes: Processes;
	readonly journal: Journal;
	/** Units that exist at this moment: those of the base system and of installed packages. */
	files(): readonly UnitFile[];
	/** Starts the unit's process (and program); returns its pid. */
	startProcess(unit: UnitFile): number;
	/** Sends SIGTERM and lets it end. */
	stopProcess(pid: number): void;
	/** Whether the machine has power. */
	isUp(): boolean;
	readonly bootedMs: number;
}

/** What systemd takes for a clean end: status 0, and the signals that ask for one. */
const cleanSignals = [1, 2, 13, 15];
export const isClean = (exitCode: number): boolean => exitCode === 0 || cleanSignals.includes(exitCode - 128);

const signalNames: Readonly<Record<number, string>> = {
	1: 'HUP',
	2: 'INT',
	3: 'QUIT',
	6: 'ABRT',
	9: 'KILL',
	11: 'SEGV',
	13: 'PIPE',
	15: 'TERM',
};
export const signalName = (exitCode: number): string => signalNames[exitCode - 128] ?? String(exitCode - 128);

/** What a unit without a process is when it is active, by its type. */
const restingSubs: Readonly<Record<string, Unit['sub']>> = {target: 'active', timer: 'waiting', socket: 'listening'};
const activeSub = ({name, oneShot, argv}: UnitFile): Unit['sub'] =>
	restingSubs[name.slice(name.lastIndexOf('.') + 1)] ?? (oneShot || !argv ? 'exited' : 'running');

export const wantsFolder = '/etc/systemd/system/multi-user.target.wants';

export function createUnits(parts: UnitsParts): Units {
	const {sim, host, journal} = parts;
	const actor = `os/units/${host}`;
	const table = sim.state.table<Row>(actor);
	const fullName = (name: string) => (/\.(service|target|socket|timer|mount|slice)$/.test(name) ? name : `${name}.service`);

	const view = (file: UnitFile): Unit => {
		const row: Row = table.get(file.name) ?? {};
		const active = row.active ?? file.active ?? false;
		return {
			...file,
			activeState: active ? 'active' : row.restarting ? 'activating' : row.failed ? 'failed' : 'inactive',
			sub: active ? activeSub(file) : row.restarting ? 'auto-restart' : row.failed ? 'failed' : 'dead',
			enabledState: row.enabled ?? file.enabled ?? 'disabled',
			mainPid: active ? (row.pid ?? file.pid ?? 0) : 0,
			sinceMs: row.sinceMs ?? file.startedMs ?? parts.bootedMs,
			exitCode: row.exitCode,
			lastPid: row.lastPid,
		};
	};

	const get = (name: string) => {
		const full = fullName(name);
		const file = parts.files().find(each => each.name === full);
		return file && view(file);
	};

	const set = (name: string, row: Row) => table.set(name, {...table.get(name), ...row});
	const say = (unit: string, text: string) => journal.write({unit, identifier: 'systemd', pid: 1, text});

	const start = (name: string) => {
		const unit = get(name);
		if (!unit || unit.activeState === 'active' || unit.enabledState === 'masked') return unit;
		if (!unit.oneShot) say(unit.name, `Started ${unit.description}.`);
		set(unit.name, {active: true, failed: false, restarting: false, sinceMs: sim.clock.now(), exitCode: undefined, pid: 0});
		if (unit.argv) set(unit.name, {pid: parts.startProcess(unit)});
		return get(name);
	};

	const stop = (name: string) => {
		const unit = get(name);
		if (unit?.activeState === 'activating') set(unit.name, {restarting: false, restarts: 0, sinceMs: sim.clock.now()});
		if (unit?.activeState !== 'active') return unit && get(name);
		say(unit.name, `Stopping ${unit.description}...`);
		set(unit.name, {active: false, failed: false, restarts: 0, sinceMs: sim.clock.now(), pid: 0, exitCode: 0, lastPid: unit.mainPid});
		if (unit.mainPid) parts.stopProcess(unit.mainPid);
		say(unit.name, `${unit.name}: Deactivated successfully.`);
		say(unit.name, `Stopped ${unit.description}.`);
		return get(name);
	};

	sim.clock.on(actor, name => {
		const row = table.get(name);
		const unit = get(name);
		if (!row?.restarting || !unit || !parts.isUp()) return;
		const restarts = (row.restarts ?? 0) + 1;
		say(name, `${name}: Scheduled restart job, restart counter is at ${restarts}.`);
		say(name, `Stopped ${unit.description}.`);
		set(name, {restarts});
		start(name);
	});

	return {
		list: () => parts.files().map(view),
		get,
		start,
		stop,
		restart(name) {
			stop(name);
			return start(name);
		},
		enable(name) {
			const unit = get(name);
			if (unit?.enabledState !== 'disabled') return undefined;
			set(unit.name, {enabled: 'enabled'});
			return `Created symlink ${wantsFolder}/${unit.name} → ${unit.path}.`;
		},
		disable(name) {
			const unit = get(name);
			if (unit?.enabledState !== 'enabled') return undefined;
			set(unit.name, {enabled: 'disabled'});
			return `Removed "${wantsFolder}/${unit.name}".`;
		},
		mask(name, masked) {
			set(fullName(name), {enabled: masked ? 'masked' : 'disabled'});
		},
		ended(pid, exitCode) {
			const unit = parts
				.files()
				.map(view)
				.find(each => each.mainPid === pid);
			if (!unit) return;
			const code =
				exitCode > 128 ? `code=killed, status=${exitCode - 128}/${signalName(exitCode)}` : `code=exited, status=${exitCode}/FAILURE`;
			const clean = isClean(exitCode);
			if (exitCode !== 0) say(unit.name, `${unit.name}: Main process exited, ${code}`);
			say(
				unit.name,
				clean
					? `${unit.name}: Deactivated successfully.`
					: `${unit.name}: Failed with result '${exitCode > 128 ? 'signal' : 'exit-code'}'.`,
			);
			const restarting = unit.restart !== undefined && (unit.restart.when === 'always' || !clean);
			set(unit.name, {active: false, failed: !clean, restarting, sinceMs: sim.clock.now(), pid: 0, exitCode, lastPid: pid});
			// What fails again and again is nothing to wait for.
			const again = (table.get(unit.name)?.restarts ?? 0) > 0;
			if (restarting) sim.clock.schedule(unit.restart!.afterMs, actor, unit.name, {periodic: again});
		},
	};
}
