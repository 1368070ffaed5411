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
import {createPace} from './pace.js';
import {createRecord} from './record.js';
import {resume} from './resume.js';
import {createRunTimeline} from './timeline.js';
import {createRunTrace} from './trace.js';
import type {Settings} from '../state/settings.js';
import {slipIn} from '../slips/index.js';
import type {Slip} from '../slips/slip.js';
import {createLiveMarks} from './marks.js';
import type {KeyPress} from '../keys/key-reader.js';
import type {RunView} from './view.js';
import type {RanLine, ShellSize, ShellTab} from '../terminal/shell-tab.js';
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
	/** What is open in the built-in editor, as it stands. */
	edited(): {path: string; text: string} | undefined;
	/** Whole lines into the built-in editor. */
	take(text: string): void;
	/** To the terminal of the next host, or back. */
	turnShell(by: number): void;
	/** Types a line and sends it; false while something runs. */
	send(line: string): boolean;
	/** The way of the last request; that in both modes of kube-proxy. */
	ask(what: 'trace' | 'compare'): void;
	/** The tables that are in sight, and of which host: their changes flash. */
	watch(panels: readonly number[], host: string): void;
	/** Whether the learner reads why goals are missed: then reasons say what decided, which takes longer to find out. */
	readReasons(read: boolean): void;
	/** What the learner chose: the editor that commands open, the language of hints. */
	settle(settings: Pick<Settings, 'editor' | 'language'>): void;
	/** Called by the pump: so much virtual time has passed. */
	advance(ms: number): Promise<void>;
	/** Whether anybody would see a difference after so much virtual time: an idle lab moves once a second, with its clock. */
	wants(ms: number): boolean;
	pause(paused: boolean): void;
	resize(size: ShellSize): void;
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
	const size: ShellSize = {columns: 80, rows: 24, editor: {columns: 80, rows: 22}};
	const marks = createLiveMarks({lab, cluster, seed, given});
	const tables = createTables(cluster);
	const changes = createChanges(tables);
	const record = createRecord();
	const {steps} = record;
	/** The session of last time is being typed once more. */
	let replaying = false;
	let [paused, closed, ended] = [false, false, false];
	let [view, slip]: [RunView?, Slip?] = [];
	let settings: Pick<Settings, 'editor' | 'language'> = {editor: 'vi', language: 'en'};
	let reasonsRead = false;
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
	const pace = createPace(cluster.sim.clock, () => tabs.opened().some(({line}) => line.busy()));
	const tell = (what: string | undefined) => what !== undefined && tabs.current.print(`kubelab: ${what}\n`);

	const serve = async () => {
		tell(notice);
		if (before.length > 0 && !demo) {
			const open = (typed: readonly AnswerStep[]) => {
				replaying = true;
				return kept.open(typed);
			};
			const uptime = () => cluster.sim.clock.uptime();
			await resume(before, {tabs, record, open, uptime, breathe, closed: () => closed}).finally(() => (replaying = false));
		}
		await tabs.first.serve();
	};
	function began({player: {session}}: ShellTab, text: string): number {
		// The world is about to be another: what runs in other terminals cannot go on in it.
		if (/^\s*lab\s+(undo|redo|switch)\b/.test(text))
			for (const tab of tabs.opened()) if (tab.player.session !== session) tab.player.session.interrupt();
		return record.begin();
	}
	function ran(tab: ShellTab, line: RanLine): void {
		const {text, result} = line;
		slip = result && slipIn({line: text, output: result.stdout + result.stderr, commands: commandNames}, cluster);
		// In the middle of another line the world is nothing to compare with.
		const alone = tabs.opened().every(each => each === tab || !each.player.session.running);
		record.add(line, {
			endMs: cluster.sim.clock.uptime(),
			...(tab !== tabs.first && {tab: tab.host}),
			...(alone && {hash: player.timeline.hash()}),
		});
		if (!demo) tell(onRecord(steps));
		kept.typed(steps);
		pace.typed();
		marks.typed();
	}
	void serve();
	// The parser is large: it is read while the learner reads the task.
	void wait(warmUpMs).then(async () => {
		if (!closed) await player.session.shell.services.toolbox();
	});
	if (demo) void demoLines(lab, tabs.first.line, wait, () => closed);

	const updateMarks = async () => {
		pace.marked();
		if (ended) return;
		ended = sitting.over();
		if (ended) changed();
		if (await marks.update({opened: hints.opened(), explain: reasonsRead})) {
			onMarks(marks.current());
			changed();
		}
	};
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
			paging: line.wantsEveryKey(),
			marks: sitting.told(marks.current()),
			hints: hints.opened(),
			timeline: timeline.view(),
			...trace.view(),
			uptimeSeconds: pace.secondAfter(0),
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
		readReasons(read) {
			if (read && !reasonsRead) pace.asked();
			reasonsRead = read;
		},
		settle(chosen) {
			settings = chosen;
		},
		turnShell: tabs.turn,
		put: text => tabs.current.line.put(text),
		edited: () => tabs.current.editor?.request(),
		take: text => tabs.current.editor?.take(text),
		send: text => tabs.current.line.send(text),
		ask(what) {
			trace[what]();
			changed();
		},
		wants: pace.wants,
		async advance(ms) {
			if (closed || replaying) return;
			const {version} = cluster.sim.state;
			const second = pace.secondAfter(0);
			if (!paused) await player.time.advance(ms);
			player.timeline.tidy();
			pace.pumped(ms);
			const moved = cluster.sim.state.version !== version;
			if (moved) changes.look(pace.pumpedMs);
			timeline.goOn(pace.pumpedMs);
			if (sitting.over() !== ended || pace.marksDue()) await updateMarks();
			if (moved || pace.secondAfter(0) !== second) changed();
		},
		pause(value) {
			paused = value;
		},
		resize(given) {
			Object.assign(size, given);
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
