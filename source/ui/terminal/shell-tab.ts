import type {Cluster} from '../../cluster/cluster.js';
import type {LabWord} from '../../timeline/lab-word.js';
import type {ShellMachine} from '../../shell/machine.js';
import type {RunResult} from '../../shell/session/session.js';
import type {AnswerStep} from '../../lab/answers.js';
import {createPlayer, type Player} from '../../lab/player.js';
import {createTypedInput, type Typed} from '../../lab/typed-input.js';
import {type Edited, editedText} from '../../shell/session/edited.js';
import type {EditRequest} from '../../shell/session/terminal.js';
import type {Vi} from '../../shell/vi/state.js';
import {createEditor, type Editor} from './editor.js';
import {createPromptLine, type PromptLine} from './prompt-line.js';
import {append, emptyScrollback, endPage, type Scrollback} from './scrollback.js';

/** One terminal of the learner: the login shell of a host, what it printed, what is being typed. */
export interface ShellTab {
	readonly host: string;
	readonly player: Player;
	readonly line: PromptLine;
	/** The built-in editor, when a command opened it. */
	readonly editor: Editor | undefined;
	readonly scrollback: Scrollback;
	print(text: string): void;
	/** A line is typed once more: nobody sits at the keyboard, editors save what they did then. Undefined: somebody does again. */
	replay(step: Pick<AnswerStep, 'edits' | 'typed'> | undefined): void;
	/** What was typed for a command of that line is due. */
	give(text: string | null): void;
	resize(): void;
	/** Runs one line after the other until the lab is closed. */
	serve(): Promise<void>;
}

/** The room that the shell has, and an editor. */
export interface ShellSize {
	readonly columns: number;
	readonly rows: number;
	readonly editor: {readonly columns: number; readonly rows: number};
}

/** A line that was run, with the texts that editors saved meanwhile. */
export interface RanLine {
	readonly text: string;
	readonly atMs: number;
	/** Among the lines of all terminals, by when they began. */
	readonly place: number;
	readonly edits: readonly Edited[];
	/** What was typed for commands that asked; undefined: none did. */
	readonly typed: readonly Typed[] | undefined;
	/** When ctrl-z stopped what ran, in virtual milliseconds since the line was typed. */
	readonly stops: readonly number[];
	readonly result: RunResult | undefined;
}

export interface ShellTabPorts {
	readonly words: readonly LabWord[];
	readonly travels: boolean;
	readonly size: ShellSize;
	readonly breathe: () => Promise<void>;
	closed(): boolean;
	changed(): void;
	/** A line begins to run; gives its place among those of all terminals. */
	began(tab: ShellTab, text: string): number;
	ran(tab: ShellTab, line: RanLine): void;
	/** A program is about to run, its words expanded. */
	heard(machine: ShellMachine, words: readonly string[]): void;
	/** A command asks for an editor. */
	edits(tab: ShellTab): void;
}

/** At the first host, or beside the terminal there: then time and history are the same. */
export function createShellTab(cluster: Cluster, host: string, beside: Player | undefined, ports: ShellTabPorts): ShellTab {
	const {size, changed} = ports;
	let scrollback: Scrollback = emptyScrollback;
	let editor: Editor | undefined;
	/** An editor that waits for a command. */
	let waiting: Vi | undefined;
	let edits: Edited[] = [];
	let stops: number[] = [];
	let typed: Typed[] | undefined;
	let beganMs = 0;
	let replayed: Edited[] | undefined;
	const input = createTypedInput();
	const print = (text: string) => {
		scrollback = append(scrollback, text);
		changed();
	};
	const edit = (request: EditRequest, signal?: AbortSignal) =>
		new Promise<Edited | undefined>(resolve => {
			const finish = (edited: Edited | undefined, vi?: Vi) => {
				editor = undefined;
				waiting = vi;
				if (edited !== undefined) edits.push(edited);
				changed();
				resolve(edited);
			};
			signal?.addEventListener('abort', () => finish(undefined), {once: true});
			const files = cluster.host(request.machine)?.files;
			editor = createEditor({...request, rc: vimrcOf(cluster, request.machine), files, waiting}, size.editor, {finish, changed});
			changed();
			ports.edits(tab);
		});
	const stopped = () => void stops.push(cluster.sim.clock.uptime() - beganMs);
	/** As it was typed, and when: nothing where ctrl-c ended it. */
	const noted = async <T>(read: Promise<T | undefined>, signal: AbortSignal | undefined, textOf: (given: T) => string) => {
		typed ??= [];
		const given = await read;
		if (!signal?.aborted) typed.push([cluster.sim.clock.uptime() - beganMs, given === undefined ? null : textOf(given)]);
		return given;
	};
	const whole = (text: string) => text;
	const line = createPromptLine({
		print,
		changed,
		stopped,
		async edit(text) {
			const {machine, shell} = player.session;
			return editedText(await edit({path: '/tmp/bash-fc.sh', text, machine: machine.name, cwd: shell.cwd}));
		},
	});
	const player = createPlayer(cluster, {
		pace: 'live',
		host,
		...(beside && {time: beside.time, timeline: beside.timeline}),
		breathe: ports.breathe,
		words: ports.words,
		heard: ports.heard,
		travels: ports.travels,
		terminal: {
			get columns() {
				return size.columns;
			},
			get rows() {
				return size.rows;
			},
			sink: print,
			readLine: signal => (replayed ? input.next(signal) : noted(line.readLine(signal), signal, whole)),
			readKey: (signal, raw) => (replayed ? input.next(signal) : noted(line.readKey(signal, raw), signal, whole)),
			async edit(request, signal) {
				if (!replayed) return noted(edit(request, signal), signal, () => '');
				return (await input.left(signal)) ? replayed.shift() : undefined;
			},
		},
	});
	line.attach(player.session);

	const run = async (text: string) => {
		[edits, stops, typed] = [[], [], undefined];
		const atMs = cluster.sim.clock.uptime();
		beganMs = atMs;
		const place = ports.began(tab, text);
		// A defect of ours is said where it happened; the session goes on.
		const failed = (error: unknown) => void print(`kubelab: ${text}: ${error instanceof Error ? error.message : error}\n`);
		const result = await player.session.run(text).catch(failed);
		ports.ran(tab, {text, atMs, place, edits, typed, stops, result: result ?? undefined});
	};
	const tab: ShellTab = {
		host,
		player,
		line,
		print,
		get editor() {
			return editor;
		},
		get scrollback() {
			return scrollback;
		},
		replay(step) {
			replayed = step && [...(step.edits ?? [])];
			input.begin(step?.typed);
		},
		give: input.give,
		resize() {
			editor?.resize(size.editor);
			line.resized();
		},
		async serve() {
			const {session} = player;
			while (!ports.closed()) {
				const text = await line.readCommand();
				// At ctrl-d: it must be known when the lines are typed once more.
				if (text === undefined) await run('exit');
				else if (text.trim()) await run(text);
				scrollback = endPage(scrollback);
				if (session.closed) {
					session.logIn();
					print('kubelab: that was the login shell, here is another; ctrl-q leads back to the list of labs\n');
				}
				changed();
			}
		},
	};
	return tab;
}

function vimrcOf(cluster: Cluster, machine: string): string {
	const host = cluster.host(machine);
	const path = `${host?.home}/.vimrc`;
	return host?.files.exists(path) ? host.files.readText(path) : '';
}
