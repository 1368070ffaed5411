import type {Cluster} from '../cluster/cluster.js';
import type {ExecResult} from '../shell/command.js';
import type {Answers, AnswerStep} from './answers.js';
import {judge, type Marks, type ObjectiveMark} from './judge.js';
import type {Lab, OpenedHints} from './lab.js';
import {createPlayer, type Player, type PlayerOptions} from './player.js';
import {defaultSeed} from './seed.js';
import {startLab} from './start.js';
import {variantOf} from './variant.js';

/** What `kubelab check --json` prints. */
export interface Report {
	readonly lab: string;
	readonly seed: string;
	readonly score: number;
	readonly max: number;
	readonly passed: boolean;
	readonly objectives: readonly ObjectiveMark[];
	readonly notSimulated: ReadonlyArray<{readonly what: string; readonly count: number}>;
	/** How many commands were run. */
	readonly commands: number;
	readonly timeline: readonly TimelineEntry[];
	/** Why the answers could not be run to their end. */
	readonly error?: string;
}

export interface TimelineEntry {
	readonly run: string;
	readonly exitCode: number;
	/** Virtual seconds since the cluster booted. */
	readonly at: number;
}

export interface GradeOptions {
	readonly seed?: string;
	readonly breathe?: () => Promise<void>;
	/** Told after each command: what a transcript is made of. */
	readonly onStep?: (step: {readonly prompt: string; readonly run: string; readonly output: string}) => void | Promise<void>;
	/** The cluster it ended with, for whoever wants to look. */
	readonly onEnd?: (cluster: Cluster) => void;
}

/** Replays the answers in a fresh cluster and marks what came of them. */
export async function grade(of: Lab, answers: Answers, options: GradeOptions = {}): Promise<Report> {
	const seed = options.seed ?? answers.seed ?? defaultSeed;
	const lab = variantOf(of, seed);
	const cluster = startLab(lab, seed);
	const edits: string[] = [];
	let output = '';
	const terminals = createTerminals(cluster, {
		...(options.breathe && {breathe: options.breathe}),
		...(needsTerminal(answers, options) && {
			terminal: {columns: 80, rows: 24, sink: (text: string) => (output += text), edit: async () => edits.shift()},
		}),
	});
	const timeline: TimelineEntry[] = [];
	for (const step of await stepsOf(answers, terminals.first)) {
		const player = terminals.at(step.host);
		if (player.session.closed) break;
		if (step.inContainer && player.session.machine.kind === 'host') continue;
		if (step.atMs !== undefined) await player.time.advance(Math.max(0, step.atMs - cluster.sim.clock.uptime()));
		edits.splice(0, edits.length, ...(step.edits ?? []));
		output = '';
		const prompt = player.session.prompt();
		const at = cluster.sim.clock.uptime() / 1000;
		// A bundle knows when each command was typed; everything else is typed once the world is at rest.
		const {exitCode} = await (step.atMs === undefined ? player.play(step.run) : player.session.run(step.run));
		timeline.push({run: step.run, exitCode, at});
		await options.onStep?.({prompt, run: step.run, output});
	}

	await terminals.first.settle();
	const marks = await judgeNow(lab, cluster, answers.hints);
	options.onEnd?.(cluster);
	return {lab: lab.id, seed, ...marks, notSimulated: cluster.sim.notes.list(), commands: timeline.length, timeline};
}

const stepsOf = async ({form, steps}: Answers, player: Player): Promise<readonly AnswerStep[]> =>
	form === 'script' ? (await Promise.all(steps.map(step => player.commandsOf(step.run)))).flat().map(run => ({run})) : steps;

/** The learner's terminals: one at the first host, and one at each other host whose prompt a transcript shows out of the blue. */
function createTerminals(cluster: Cluster, options: PlayerOptions) {
	const first = createPlayer(cluster, options);
	const others = new Map<string, Player>();
	let last = first;
	return {
		first,
		at(host: string | undefined): Player {
			const fits = (player: Player) => !player.session.closed && player.session.machine.hostname === host;
			if (host === undefined || fits(last) || !cluster.host(host)) return last;
			const player = fits(first)
				? first
				: (others.get(host) ?? createPlayer(cluster, {...options, host, time: first.time, timeline: first.timeline}));
			if (player !== first) others.set(host, player);
			last = player;
			return player;
		},
	};
}

/** A script is run as a script; what was typed at a terminal is typed at one, where an editor can open. */
const needsTerminal = (answers: Answers, {onStep}: GradeOptions) => answers.form !== 'script' || onStep !== undefined;

/** Marks the cluster as it stands. Commands that checks want run get a shell of their own. */
export async function judgeNow(lab: Lab, cluster: Cluster, opened?: OpenedHints): Promise<Marks> {
	const judging = judge(lab, cluster, opened);
	let answer: ExecResult | undefined;
	for (;;) {
		const {done, value} = judging.next(answer as ExecResult);
		if (done) return value;
		const shell = createPlayer(cluster, {host: value.host});
		answer = await shell.session.run(value.line);
	}
}
