import type {Cluster} from '../cluster/cluster.js';
import {commands} from '../commands/index.js';
import {kubelab} from '../trace/shell-command.js';
import {splitCommands} from '../shell/line/complete-lines.js';
import {createSession, type RunResult, type Session} from '../shell/session/session.js';
import type {ShellMachine} from '../shell/machine.js';
import type {Terminal} from '../shell/session/terminal.js';
import {createHeadlessTime, createLiveTime, type Time} from '../shell/run/time.js';
import {labCommand} from '../timeline/lab-command.js';
import type {LabWord} from '../timeline/lab-word.js';
import {createTimeline, type Timeline} from '../timeline/timeline.js';
import {timelineWords} from '../timeline/words.js';
import {recorded} from './recorded.js';

/** A shell on the host where learners sit, and the time it waits in. */
export interface Player {
	readonly session: Session;
	readonly time: Time;
	/** What was typed, and the way back. */
	readonly timeline: Timeline;
	/** Runs one command; then the world comes to rest. */
	play(command: string): Promise<RunResult>;
	/** The commands of a script, in order: each is run, then the world comes to rest. */
	commandsOf(script: string): Promise<readonly string[]>;
	/** Lets time pass until nothing but periodic work is due, at most 60 s; background jobs go on meanwhile. */
	settle(): Promise<void>;
}

export interface PlayerOptions {
	readonly terminal?: Terminal;
	/** `live`: somebody else moves the clock. */
	readonly pace?: 'headless' | 'live';
	/** Host to sit at; the first of the topology when absent. */
	readonly host?: string;
	/** Shares the clock with another player: two terminals of one cluster. */
	readonly time?: Time;
	/** Shares the history, too. */
	readonly timeline?: Timeline;
	/** What `lab` can do beside travelling through time. */
	readonly words?: readonly LabWord[];
	/** False: there is no way back in time. */
	readonly travels?: boolean;
	/** Lets the event loop turn in a busy loop, so that it can be interrupted. */
	readonly breathe?: () => Promise<void>;
	/** A program is about to run, its words expanded. */
	readonly heard?: (machine: ShellMachine, words: readonly string[]) => void;
	/** Virtual milliseconds after which a line that sleeps again and again is stopped. */
	readonly patienceMs?: number;
}

const settleMaxMs = 60_000;

export function createPlayer(cluster: Cluster, {terminal, pace = 'headless', host, breathe, ...given}: PlayerOptions = {}): Player {
	const {clock, random} = cluster.sim;
	const time = given.time ?? (pace === 'live' ? createLiveTime(clock) : createHeadlessTime(clock, given.patienceMs));
	const machine = (host === undefined ? undefined : cluster.host(host)) ?? cluster.hosts()[0]!;
	const timeline = given.timeline ?? createTimeline(cluster);
	const session = recorded(
		createSession({
			machine,
			commands: [...commands, kubelab, labCommand([...(given.words ?? []), ...(given.travels === false ? [] : timelineWords(timeline))])],
			time,
			random: random.fork('shell'),
			...(terminal && {terminal}),
			...(breathe && {breathe}),
			...(given.heard && {heard: given.heard}),
			findMachine: name => findMachine(cluster, name),
		}),
		timeline,
		given.timeline !== undefined,
	);
	const settle = async () => {
		timeline.tidy();
		const endMs = clock.now() + settleMaxMs;
		for (;;) {
			// Without jobs that sleep, time may pass in one go.
			if (time.sleepers === 0) {
				cluster.settle(endMs - clock.now());
				return;
			}
			const next = clock.next({periodic: false});
			if (next === undefined || next > endMs) return;
			await time.advance(next - clock.now());
		}
	};
	return {
		session,
		time,
		timeline,
		settle,
		async play(command) {
			const {exitCode} = await session.run(command);
			await settle();
			return {...session.printed(), exitCode};
		},
		async commandsOf(script) {
			// One line needs no parser to be cut into lines, and the parser is slow to load.
			if (!script.trimEnd().includes('\n')) return script.trim() ? [script.trimEnd()] : [];
			const {parse} = await session.shell.services.toolbox();
			return splitCommands(script, parse).filter(command => !/^\s*(#[^\n]*)?$/.test(command));
		},
	};
}

/** A host by its name, or a container by its pod's uid and its own name: where a shell was entered. */
function findMachine(cluster: Cluster, name: string) {
	const slash = name.indexOf('/');
	return slash < 0 ? cluster.host(name) : cluster.container(name.slice(0, slash), name.slice(slash + 1));
}
