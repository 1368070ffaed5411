import type {Cluster} from '../cluster/cluster.js';
import {commands} from '../commands/index.js';
import type {AnswerStep} from '../lab/answers.js';
import type {Marks} from '../lab/judge.js';
import type {Lab} from '../lab/lab.js';
import {createPlayer, type Player} from '../lab/player.js';
import {createSitting, isSat} from '../lab/sitting.js';
import {startLab} from '../lab/start.js';
import type {Terminal} from '../shell/terminal.js';
import {createEditor, type Editor} from './editor.js';
import {createHints} from '../lab/hints.js';
import {createPromptLine, type PromptLine} from './prompt-line.js';
import {type BookmarkStore, createRunBookmark} from './run-bookmark.js';
import {createChanges} from './run-changes.js';
import {createTables, stampOf} from './run-tables.js';
import {createRunTimeline} from './run-timeline.js';
import {createRunTrace} from './run-trace.js';
import type {Settings} from './settings.js';
import {type Slip, slipIn} from './slips.js';
import {createLiveMarks} from './run-marks.js';
import {replay} from '../lab/replay.js';
import type {KeyPress} from './key-reader.js';
import type {RunView} from './run-view.js';
import {append, emptyScrollback, endPage, type Scrollback} from './scrollback.js';
import {demoLines} from './demo.js';

/** A lab being played: its cluster, its shell, what the shell printed, its marks. The screen shows `view()` and hands on keys. */
export interface LabRun {
	view(): RunView;
	subscribe(listener: () => void): () => void;
	/** An editor, or a command that reads single keys, owns the whole keyboard but for the way out. */
	readonly keyboard: 'editor' | 'keys' | 'menu' | undefined;
	press(key: KeyPress): void;
	/** Writes into the prompt, to be looked at and sent. */
	put(text: string): void;
	/** Types a line and sends it; false while something runs. */
	send(line: string): boolean;
	/** The way of the last request; that in both modes of kube-proxy. */
	ask(what: 'trace' | 'compare'): void;
	/** The tables that are in sight, and of which host: their changes flash. */
	watch(panels: readonly number[], host: string): void;
	/** What the learner chose: the editor that commands open, the language of hints. */
	settle(settings: Pick<Settings, 'editor' | 'language'>): void;
	/** Called by the pump: so much virtual time has passed. */
	advance(ms: number): Promise<void>;
	/** Whether anybody would see a difference after so much virtual time: an idle lab moves once a second, with its clock. */
	wants(ms: number): boolean;
	pause(paused: boolean): void;
	/** The whole terminal, and the rows of it that the shell has. */
	resize(columns: number, rows: number, shellRows: number): void;
	/** Hands what the built-in editor shows to another one. */
	editOutside(edit: (request: {path: string; text: string}) => Promise<string | undefined>): Promise<void>;
	close(): void;
}

export interface LabRunOptions {
	readonly lab: Lab;
	readonly seed: string;
	/** The cluster at a checkpoint; started anew when absent. */
	readonly cluster?: Cluster;
	/** Objectives that were met there. */
	readonly given?: readonly string[];
	/** Types the lab's solution by itself. */
	readonly demo?: boolean;
	/** What was typed last time, offered to go on from. */
	readonly before?: readonly AnswerStep[];
	/** The world that a part of it led to, and where such worlds are kept. */
	readonly bookmark?: BookmarkStore | undefined;
	readonly breathe: () => Promise<void>;
	/** Real time, for the pace of a demo. */
	readonly wait: (ms: number) => Promise<void>;
	readonly onMarks: (marks: Marks) => void;
	/** All that was typed so far, after each command: enough to play it again. */
	readonly onRecord: (steps: readonly AnswerStep[]) => string | undefined;
	/** What the learner should know before the first line. */
	readonly notice?: string | undefined;
	readonly onClose?: () => void;
	/** The learner prefers an editor of their own: hands over the terminal. */
	readonly onOwnEditor?: () => void;
}

/** Marking a cluster costs more than drawing it: not more often than this, in virtual milliseconds of the pump. */
const marksEveryMs = 500;
/** Long after the last line, goals hardly move, and marking is what an idle lab would spend most of its time on. */
const marksAtRestMs = 30_000;
const livelyMs = 20_000;
/** What is due later than this is no sign of a cluster on the move: connections are forgotten, back-offs end. */
const soonMs = 3000;

const warmUpMs = 300;

const commandNames = commands.flatMap(command => [command.name, ...(command.aliases ?? [])]);

export function createLabRun({
	lab,
	seed,
	cluster = startLab(lab, seed),
	given = [],
	demo = false,
	before = [],
	bookmark,
	breathe,
	wait,
	onMarks,
	onRecord,
	notice,
	onClose,
	onOwnEditor,
}: LabRunOptions): LabRun {
	const listeners = new Set<() => void>();
	const size = {columns: 80, rows: 24, shellRows: 24};
	const marks = createLiveMarks({lab, cluster, seed, given});
	const tables = createTables(cluster);
	const changes = createChanges(tables);
	let scrollback: Scrollback = emptyScrollback;
	const steps: AnswerStep[] = [];
	let edits: string[] = [];
	/** While a session is typed once more: the editors' texts, in order; nobody sits at the keyboard. */
	let replayed: string[] | undefined;
	let [paused, closed, ended] = [false, false, false];
	let [sinceMarksMs, pumpedMs, lastLineMs] = [marksEveryMs, 0, 0];
	let [view, slip, editor]: [RunView?, Slip?, Editor?] = [];
	let settings: Pick<Settings, 'editor' | 'language'> = {editor: 'vi', language: 'en'};
	const trace = createRunTrace(cluster);

	const changed = () => {
		view = undefined;
		for (const listener of listeners) listener();
	};
	const print = (text: string) => {
		scrollback = append(scrollback, text);
		changed();
	};
	const edit: NonNullable<Terminal['edit']> = (request, signal) =>
		new Promise(resolve => {
			const finish = (text: string | undefined) => {
				editor = undefined;
				if (text !== undefined) edits.push(text);
				changed();
				resolve(text);
			};
			signal?.addEventListener('abort', () => finish(undefined), {once: true});
			editor = createEditor({...request, rc: vimrcOf(cluster, request.machine)}, editorSize(size), {finish, changed});
			changed();
			if (settings.editor === 'own') onOwnEditor?.();
		});
	const hints = createHints(lab, () => settings.language, changed);
	const sitting = createSitting(lab, () => cluster.sim.clock.uptime());
	const line: PromptLine = createPromptLine({print, changed});
	const player: Player = createPlayer(cluster, {
		pace: 'live',
		breathe,
		words: [hints.word, ...sitting.words],
		travels: !isSat(lab),
		terminal: {
			get columns() {
				return size.columns;
			},
			get rows() {
				return size.shellRows;
			},
			sink: print,
			readLine: async signal => (replayed ? undefined : line.readLine(signal)),
			readKey: async signal => (replayed ? undefined : line.readKey(signal)),
			edit: async (request, signal) => (replayed ? replayed.shift() : edit(request, signal)),
		},
	});
	line.attach(player.session);
	const timeline = createRunTimeline(player.timeline, cluster, changed);
	const kept = createRunBookmark({lab, cluster, player, hints, plain: !demo && given.length === 0}, bookmark);
	const tell = (what: string | undefined) => what !== undefined && print(`kubelab: ${what}\n`);

	/** Asks whether to go on from where the lab was left, and does. */
	const resume = async () => {
		print(`kubelab: the ${before.length} commands of last time were kept. Go on from there? [Y/n] `);
		const answer = await line.readLine();
		if (answer === undefined || /^\s*n/i.test(answer)) return;
		replayed = [];
		const {clock} = cluster.sim;
		const marked = kept.open(before);
		steps.push(...before.slice(0, marked));
		if (marked > 0) print(`\nkubelab: the first ${marked} are as they were left; "lab undo" goes back no further.\n`);
		const onStep = (step: AnswerStep) => {
			replayed = [...(step.edits ?? [])];
			steps.push(step);
			print(`${player.session.prompt()}${step.run}\n`);
		};
		await replay(before.slice(marked), {player, uptime: () => clock.uptime(), breathe, stopped: () => closed, onStep}).finally(
			() => (replayed = undefined),
		);
	};

	/** One line after the other is taken from the prompt and run, until the login shell ends. */
	const serve = async () => {
		tell(notice);
		if (before.length > 0 && !demo) await resume();
		while (!closed) {
			const text = await line.readCommand();
			if (text === undefined) {
				await player.session.endOfInput();
			} else if (text.trim()) {
				edits = [];
				const atMs = cluster.sim.clock.uptime();
				// A defect of ours is said where it happened; the session goes on.
				trace.hear(text, player.session.machine.kind === 'host' ? player.session.machine.name : undefined);
				const result = await player.session
					.run(text)
					.catch(error => void print(`kubelab: ${text}: ${error instanceof Error ? error.message : error}\n`));
				slip = result && slipIn({line: text, output: result.stdout + result.stderr, commands: commandNames}, cluster);
				steps.push({
					run: text,
					atMs,
					forMs: Math.max(0, cluster.sim.clock.uptime() - atMs),
					...(edits.length > 0 && {edits}),
					hash: player.timeline.hash(),
				});
				if (!demo) tell(onRecord(steps));
				kept.typed(steps);
			}
			scrollback = endPage(scrollback);
			[sinceMarksMs, lastLineMs] = [marksEveryMs, pumpedMs];
			if (player.session.closed) print('kubelab: this was the login shell; ctrl-q leads back to the list of labs\n');
			changed();
			if (player.session.closed) return;
		}
	};
	void serve();
	// The parser is large: it is read while the learner reads the task.
	void wait(warmUpMs).then(async () => {
		if (!closed) await player.session.shell.services.toolbox();
	});
	if (demo) void demoLines(lab, line, wait, () => closed);

	/** Something runs, or the cluster has not come to rest from the last line. */
	const isLively = () => {
		const next = cluster.sim.clock.next({periodic: false});
		return line.busy() || pumpedMs - lastLineMs < livelyMs || (next !== undefined && next < cluster.sim.clock.now() + soonMs);
	};
	const updateMarks = async () => {
		sinceMarksMs = 0;
		if (ended) return;
		ended = sitting.over();
		if (ended) changed();
		if (await marks.update(hints.opened())) {
			onMarks(marks.current());
			changed();
		}
	};
	const secondAfter = (ms: number) => Math.floor((cluster.sim.clock.uptime() + ms) / 1000);
	const look = (): RunView => {
		return {
			lab,
			world: cluster,
			tables,
			stamp: stampOf(cluster),
			scrollback,
			prompt: line.prompt(),
			input: line.input(),
			suggestion: line.suggestion(),
			...(line.menu() && {menu: line.menu()!}),
			busy: line.busy(),
			marks: sitting.told(marks.current()),
			hints: hints.opened(),
			timeline: timeline.view(),
			...trace.view(),
			uptimeSeconds: secondAfter(0),
			commands: steps.length,
			changed: changes.rows(),
			...(isSat(lab) && {sitting: {over: sitting.over(), ...(lab.minutesMax && {leftSeconds: Math.ceil(sitting.leftMs()! / 1000)})}}),
			...(editor && {editor: editor.view()}),
			note: '',
			...(slip && !lab.exam && {slip}),
		};
	};
	return {
		view: () => (view ??= look()),
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		get keyboard() {
			if (editor) return 'editor';
			return line.wantsKey() ? 'keys' : line.menu() ? 'menu' : undefined;
		},
		press(key) {
			if (editor) editor.press(key);
			else line.press(key);
		},
		watch: changes.watch,
		settle(chosen) {
			settings = chosen;
		},
		put: line.put,
		send: line.send,
		ask(what) {
			trace[what]();
			changed();
		},
		wants: ms => line.busy() || pumpedMs - lastLineMs < livelyMs || secondAfter(0) !== secondAfter(ms),
		async advance(ms) {
			if (closed || replayed) return;
			const {version} = cluster.sim.state;
			const second = secondAfter(0);
			if (!paused) await player.time.advance(ms);
			pumpedMs += ms;
			sinceMarksMs += ms;
			const moved = cluster.sim.state.version !== version;
			if (moved) changes.look(pumpedMs);
			timeline.goOn(pumpedMs);
			if (sitting.over() !== ended || sinceMarksMs >= (isLively() ? marksEveryMs : marksAtRestMs)) await updateMarks();
			if (moved || secondAfter(0) !== second) changed();
		},
		pause(value) {
			paused = value;
		},
		resize(columns, rows, shellRows) {
			Object.assign(size, {columns, rows, shellRows});
			editor?.resize(editorSize(size));
			view = undefined;
		},
		async editOutside(edit) {
			if (!editor) return;
			const saved = await edit(editor.request());
			editor.finish(saved);
		},
		close() {
			if (!replayed) kept.leave(steps);
			closed = true;
			onClose?.();
			player.session.interrupt();
			listeners.clear();
		},
	};
}

/** The bar above and the help line below. */
const editorSize = ({columns, rows}: {columns: number; rows: number}) => ({columns, rows: Math.max(2, rows - 2)});

function vimrcOf(cluster: Cluster, machine: string): string {
	const host = cluster.host(machine);
	const path = `${host?.home}/.vimrc`;
	return host?.files.exists(path) ? host.files.readText(path) : '';
}
