import type {Cluster} from '../../cluster/cluster.js';
import {commands} from '../../commands/index.js';
import type {AnswerStep} from '../../lab/answers.js';
import type {Marks} from '../../lab/judge.js';
import type {Lab} from '../../lab/lab.js';
import {createSitting, isSat} from '../../lab/sitting.js';
import {startLab} from '../../lab/start.js';
import {createHints} from '../../lab/hints.js';
import {type BookmarkStore, createRunBookmark} from './bookmark.js';
import {createChanges} from './changes.js';
import {createTables, stampOf} from './tables.js';
import {createRunTimeline} from './timeline.js';
import {createRunTrace} from './trace.js';
import type {Settings} from '../state/settings.js';
import {slipIn} from '../slips/index.js';
import type {Slip} from '../slips/slip.js';
import {createLiveMarks} from './marks.js';
import {nextPlace, replay} from '../../lab/replay.js';
import type {KeyPress} from '../keys/key-reader.js';
import type {RunView} from './view.js';
import type {RanLine, ShellTab} from '../terminal/shell-tab.js';
import {createShellTabs} from '../terminal/shell-tabs.js';
import {demoLines} from '../terminal/demo.js';

/** A lab being played: its cluster, its shell, what the shell printed, its marks. The screen shows `view()` and hands on keys. */
export interface LabRun {
	view(): RunView;
	subscribe(listener: () => void): () => void;
	/** An editor, or a command that reads single keys, owns the whole keyboard but for the way out. */
	readonly keyboard: 'editor' | 'keys' | 'menu' | undefined;
	press(key: KeyPress): void;
	/** A key that is the shell's own just now, although the screen has a use for it. */
	claims(key: string): boolean;
	/** Writes into the prompt, to be looked at and sent. */
	put(text: string): void;
	/** To the terminal of the next host, or back. */
	turnShell(by: number): void;
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
	const steps: AnswerStep[] = [];
	let places = 0;
	/** The session of last time is being typed once more. */
	let replaying = false;
	let [paused, closed, ended] = [false, false, false];
	let [sinceMarksMs, pumpedMs, lastLineMs] = [marksEveryMs, 0, 0];
	let [view, slip]: [RunView?, Slip?] = [];
	let settings: Pick<Settings, 'editor' | 'language'> = {editor: 'vi', language: 'en'};
	const trace = createRunTrace(cluster);

	const changed = () => {
		view = undefined;
		for (const listener of listeners) listener();
	};
	const hints = createHints(lab, () => settings.language, changed);
	const sitting = createSitting(lab, () => cluster.sim.clock.uptime());
	const tabs = createShellTabs(cluster, {
		words: [hints.word, ...sitting.words],
		travels: !isSat(lab),
		size,
		breathe,
		closed: () => closed,
		changed,
		began,
		ran,
		heard: trace.hear,
		// Behind another terminal it waits in the built-in one.
		edits: tab => settings.editor === 'own' && tab === tabs.current && onOwnEditor?.(),
	});
	const {player} = tabs.first;
	const timeline = createRunTimeline(player.timeline, cluster, changed);
	const kept = createRunBookmark(
		{lab, cluster, player, at: host => tabs.at(host).player, hints, plain: !demo && given.length === 0},
		bookmark,
	);
	const tell = (what: string | undefined) => what !== undefined && tabs.current.print(`kubelab: ${what}\n`);

	/** Asks whether to go on from where the lab was left, and does. */
	const resume = async () => {
		const {print, line} = tabs.first;
		print(`kubelab: the ${before.length} commands of last time were kept. Go on from there? [Y/n] `);
		const answer = await line.readLine();
		if (answer === undefined || /^\s*n/i.test(answer)) return;
		replaying = true;
		const {clock} = cluster.sim;
		const marked = kept.open(before);
		steps.push(...before.slice(0, marked));
		if (marked > 0) print(`\nkubelab: the first ${marked} are as they were left; "lab undo" goes back no further.\n`);
		const onStep = (step: AnswerStep) => {
			const tab = step.tab === undefined ? tabs.first : tabs.at(step.tab);
			tab.replay(step.edits ?? []);
			steps.push(step);
			tab.print(`${tab.player.session.prompt()}${step.run}\n`);
		};
		const at = (host: string) => tabs.at(host).player;
		await replay(before.slice(marked), {player, at, uptime: () => clock.uptime(), breathe, stopped: () => closed, onStep});
	};
	const serve = async () => {
		tell(notice);
		if (before.length > 0 && !demo) {
			await resume().finally(() => (replaying = false));
			places = nextPlace(steps);
			for (const tab of tabs.opened()) tab.replay(undefined);
			for (const tab of tabs.opened().slice(1)) void tab.serve();
		}
		await tabs.first.serve();
	};
	function began({player: {session}}: ShellTab, text: string): number {
		// The world is about to be another: what runs in other terminals cannot go on in it.
		if (/^\s*lab\s+(undo|redo|switch)\b/.test(text))
			for (const tab of tabs.opened()) if (tab.player.session !== session) tab.player.session.interrupt();
		return places++;
	}
	function ran(tab: ShellTab, {text, atMs, place, edits, stops, result}: RanLine): void {
		slip = result && slipIn({line: text, output: result.stdout + result.stderr, commands: commandNames}, cluster);
		const alone = tabs.opened().every(each => each === tab || !each.player.session.running);
		steps.push({
			run: text,
			atMs,
			forMs: Math.max(0, cluster.sim.clock.uptime() - atMs),
			...(edits.length > 0 && {edits}),
			...(stops.length > 0 && {stops}),
			...(tab !== tabs.first && {tab: tab.host}),
			...(place !== steps.length && {place}),
			// In the middle of another line the world is nothing to compare with.
			...(alone && {hash: player.timeline.hash()}),
		});
		if (!demo) tell(onRecord(steps));
		kept.typed(steps);
		[sinceMarksMs, lastLineMs] = [marksEveryMs, pumpedMs];
	}
	void serve();
	// The parser is large: it is read while the learner reads the task.
	void wait(warmUpMs).then(async () => {
		if (!closed) await player.session.shell.services.toolbox();
	});
	if (demo) void demoLines(lab, tabs.first.line, wait, () => closed);

	/** Something runs, or the cluster has not come to rest from the last line. */
	const isBusy = () => tabs.opened().some(({line}) => line.busy());
	const isLively = () => {
		const next = cluster.sim.clock.next({periodic: false});
		return isBusy() || pumpedMs - lastLineMs < livelyMs || (next !== undefined && next < cluster.sim.clock.now() + soonMs);
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
		const {line, editor, scrollback} = tabs.current;
		return {
			lab,
			world: cluster,
			tables,
			stamp: stampOf(cluster),
			scrollback,
			shells: tabs.view(),
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
			const {editor, line} = tabs.current;
			if (editor) return 'editor';
			return line.wantsKey() ? 'keys' : line.menu() ? 'menu' : undefined;
		},
		press(key) {
			(tabs.current.editor ?? tabs.current.line).press(key);
		},
		claims: key => !tabs.current.editor && tabs.current.line.claims(key),
		watch: changes.watch,
		settle(chosen) {
			settings = chosen;
		},
		turnShell: tabs.turn,
		put: text => tabs.current.line.put(text),
		send: text => tabs.current.line.send(text),
		ask(what) {
			trace[what]();
			changed();
		},
		wants: ms => isBusy() || pumpedMs - lastLineMs < livelyMs || secondAfter(0) !== secondAfter(ms),
		async advance(ms) {
			if (closed || replaying) return;
			const {version} = cluster.sim.state;
			const second = secondAfter(0);
			if (!paused) await player.time.advance(ms);
			player.timeline.tidy();
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
			for (const tab of tabs.opened()) tab.resize();
			view = undefined;
		},
		async editOutside(edit) {
			const {editor} = tabs.current;
			if (!editor) return;
			const saved = await edit(editor.request());
			editor.finish(saved);
		},
		close() {
			if (!replaying) kept.leave(steps);
			closed = true;
			onClose?.();
			for (const tab of tabs.opened()) tab.player.session.interrupt();
			listeners.clear();
		},
	};
}
