import type {Edited} from '../shell/session/edited.js';
import {createTypedInput, type TypedInput} from './typed-input.js';
import type {Terminal} from '../shell/session/terminal.js';
import type {Cluster} from '../cluster/cluster.js';
import {type Answers, type AnswerStep, limitSteps} from './answers.js';
import type {ObjectiveMark} from './judge.js';
import {judgeNow} from './judge-now.js';
import {createHints} from './hints.js';
import type {Lab, Language} from './lab.js';
import type {LabWord} from '../timeline/lab-word.js';
import {reachCheckpoint, withoutGiven} from './checkpoint.js';
import {createPlayer, type Player, type PlayerOptions} from './player.js';
import {replay} from './replay.js';
import {defaultSeed} from './seed.js';
import {createSitting, isSat, type Sitting} from './sitting.js';
import {startLab} from './start.js';
import {variantOf} from './format/variant.js';

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
	/** Of a recorded session: whether every step led to the world that it led to then. */
	readonly proof?: Proof;
	/** The checkpoint it began at. */
	readonly from?: string;
	/** Why the answers could not be run to their end. */
	readonly error?: string;
}

export interface Proof {
	/** How many steps had a fingerprint to compare with; somebody may have taken it out. */
	readonly steps: number;
	/** The first step after which the world was another one. */
	readonly diverged?: {readonly step: number; readonly run: string};
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
	/** Language of the objectives' titles; English when absent. */
	readonly language?: Language;
	/** Reasons shall say what decided over a request that failed. */
	readonly explain?: boolean;
	/** The cluster it ended with, for whoever wants to look. */
	readonly onEnd?: (cluster: Cluster) => void;
}

/** Replays the answers in a fresh cluster and marks what came of them. */
export async function grade(of: Lab, answers: Answers, options: GradeOptions = {}): Promise<Report> {
	const seed = options.seed ?? answers.seed ?? defaultSeed;
	const lab = variantOf(of, seed);
	const cluster = startLab(lab, seed);
	const given = answers.from === undefined ? [] : await reachCheckpoint(lab, cluster, answers.from);
	const hints = createHints(
		lab,
		() => 'en',
		() => {},
	);
	const lived = isLived(answers);
	// A script is typed without a pause: the time it takes is nobody's.
	const sitting = createSitting(lab, lived ? () => cluster.sim.clock.uptime() : undefined);
	const desk: Desk = {sitting, words: [hints.word, ...sitting.words], travels: !isSat(lab)};
	const {timeline, proof, player} = await (lived ? relive : retype)(cluster, answers, desk, options);
	await player.settle();
	const marks = withoutGiven(await judgeNow(lab, cluster, {...answers.hints, ...hints.opened()}, options.explain), given);
	options.onEnd?.(cluster);
	const {language = 'en'} = options;
	return {
		lab: lab.id,
		seed,
		...marks,
		objectives: marks.objectives.map((each, index) => ({...each, title: lab.objectives[index]!.title[language]})),
		notSimulated: cluster.sim.notes.list(),
		commands: timeline.length,
		timeline,
		...(proof && {proof}),
		...(answers.from !== undefined && {from: answers.from}),
	};
}

/** What lies beside the terminal. */
interface Desk {
	readonly sitting: Sitting;
	readonly words: readonly LabWord[];
	readonly travels: boolean;
}

interface Played {
	readonly timeline: readonly TimelineEntry[];
	readonly proof?: Proof;
	readonly player: Player;
}

/** What was recorded as it was typed knows when; everything else is typed once the world is at rest. */
const isLived = ({form, steps}: Answers) => form === 'bundle' && steps.length > 0 && steps.every(step => step.atMs !== undefined);

/** Types a recorded session at the moments at which it was typed, and compares the world with what it was then. */
async function relive(
	cluster: Cluster,
	{steps}: Answers,
	{sitting, words, travels}: Desk,
	{breathe = async () => {}, onStep: told}: GradeOptions,
): Promise<Played> {
	const {clock} = cluster.sim;
	let edits: Edited[] = [];
	let output = '';
	let prompt = '';
	const inputs = new Map<string | undefined, TypedInput>();
	const reads = (tab: string | undefined) => {
		const input = createTypedInput();
		inputs.set(tab, input);
		const edit = async (_: unknown, signal?: AbortSignal) => ((await input.left(signal)) ? edits.shift() : undefined);
		return {readLine: input.next, readKey: input.next, edit};
	};
	const desk: PlayerOptions = {
		pace: 'live',
		words,
		travels,
		breathe,
		terminal: {columns: 80, rows: 24, sink: text => (output += text), ...reads(undefined)},
	};
	const player = createPlayer(cluster, desk);
	const at = createTabs(cluster, desk, player, reads);
	const timeline: TimelineEntry[] = [];
	let compared = 0;
	let diverged: Proof['diverged'];
	await replay(steps, {
		player,
		at,
		uptime: () => clock.uptime(),
		breathe,
		stopped: sitting.over,
		give: (step, text) => inputs.get(step.tab)!.give(text),
		onStep(step) {
			edits = [...(step.edits ?? [])];
			output = '';
			prompt = (step.tab === undefined ? player : at(step.tab)).session.prompt();
			inputs.get(step.tab)!.begin(step.typed);
		},
		async onRan(step, exitCode) {
			timeline.push({run: step.run, exitCode, at: step.atMs! / 1000});
			if (step.hash !== undefined) {
				compared++;
				if (!diverged && player.timeline.hash() !== step.hash) diverged = {step: timeline.length, run: step.run};
			}
			await told?.({prompt, run: step.run, output});
		},
	});
	return {timeline, player, proof: {steps: compared, ...(diverged && {diverged})}};
}

/** Terminals at other hosts, each with a shell of its own; time and history are the same. */
function createTabs(
	cluster: Cluster,
	desk: PlayerOptions,
	{time, timeline}: Player,
	reads: (tab: string) => Pick<Terminal, 'readLine' | 'readKey' | 'edit'>,
): (host: string) => Player {
	const opened = new Map<string, Player>();
	return host => {
		let player = opened.get(host);
		if (!player) {
			player = createPlayer(cluster, {...desk, host, time, timeline, terminal: {...desk.terminal!, ...reads(host)}});
			opened.set(host, player);
		}
		return player;
	};
}

async function retype(cluster: Cluster, answers: Answers, {sitting, words, travels}: Desk, options: GradeOptions): Promise<Played> {
	const edits: Edited[] = [];
	let output = '';
	const terminals = createTerminals(cluster, {
		words,
		travels,
		...(options.breathe && {breathe: options.breathe}),
		...(needsTerminal(answers, options) && {
			terminal: {columns: 80, rows: 24, sink: (text: string) => (output += text), edit: async () => edits.shift()},
		}),
	});
	const timeline: TimelineEntry[] = [];
	const steps = await stepsOf(answers, terminals.first);
	limitSteps(steps);
	for (const step of steps) {
		const player = terminals.at(step.host);
		if (player.session.closed || sitting.over()) break;
		if (step.inContainer && player.session.machine.kind === 'host') continue;
		edits.splice(0, edits.length, ...(step.edits ?? []));
		output = '';
		const prompt = player.session.prompt();
		const at = cluster.sim.clock.uptime() / 1000;
		const {exitCode} = await player.play(step.run);
		timeline.push({run: step.run, exitCode, at});
		await options.onStep?.({prompt, run: step.run, output});
	}
	return {timeline, player: terminals.first};
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
