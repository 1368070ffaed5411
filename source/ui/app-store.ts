import type {LabCard} from '../lab/card.js';
import type {Language} from '../lab/lab.js';
import {type AppAction, type AppState, firstPanel, initialState, reduce} from './app-state.js';
import {type Deed, findBinding} from './keymap.js';
import type {KeyPress} from './key-reader.js';
import type {LabRun} from './lab-run.js';
import type {RunView} from './run-view.js';
import {layoutOf, shellRows} from './layout.js';
import {goalLines} from './views/goals.js';
import {taskLines} from './views/task.js';

/** Everything the screen needs from outside: the disk, the process, a new cluster. `cli` hands it in. */
export interface AppPorts {
	readonly chapters: ReadonlyArray<{readonly title: Readonly<Record<Language, string>>; readonly labs: readonly LabCard[]}>;
	best(): Readonly<Record<string, {readonly best: number; readonly max: number}>>;
	/** Reads the lab and starts its cluster; rejects when the lab is not valid. */
	openLab(id: string): Promise<LabRun>;
	keepLanguage(language: Language): void;
	/** Ends the screen: for good, to hand the terminal to the learner's own editor, or because something went wrong. */
	leave(why: 'quit' | 'editor' | Error): void;
}

export interface AppSnapshot {
	readonly state: AppState;
	readonly size: {readonly columns: number; readonly rows: number};
	readonly run?: RunView;
}

/** All that the screen shows, and what the keys do to it. The screen can be taken down for an editor and put up again. */
export class AppStore {
	readonly ports: AppPorts;
	#snapshot: AppSnapshot;
	#run: LabRun | undefined;
	#stopRun: (() => void) | undefined;
	/** What was typed while the lab was still starting. */
	#early: KeyPress[] = [];
	readonly #listeners = new Set<() => void>();

	constructor(ports: AppPorts, language: Language, size: AppSnapshot['size']) {
		this.ports = ports;
		this.#snapshot = {state: initialState(language), size};
	}

	readonly get = (): AppSnapshot => this.#snapshot;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	get run(): LabRun | undefined {
		return this.#run;
	}

	resize(columns: number, rows: number): void {
		this.#change({size: {columns, rows}});
		this.#fitRun();
		this.#change({});
	}

	/** Shows at once that it starts; the lab follows as soon as it is read and its cluster stands. */
	async open(id: string): Promise<void> {
		this.#closeRun();
		this.#early = [];
		this.do({type: 'lab'});
		const run = await this.ports.openLab(id);
		// Gone back to the list meanwhile.
		if (this.#snapshot.state.screen !== 'lab' || this.#run) {
			run.close();
			return;
		}
		this.#run = run;
		this.#fitRun();
		this.#stopRun = run.subscribe(() => this.#change({}));
		for (const key of this.#early.splice(0)) this.press(key);
		this.#change({});
	}

	press(key: KeyPress): void {
		const {state} = this.#snapshot;
		const owner = state.screen === 'lab' ? this.#run?.keyboard : undefined;
		const binding = findBinding(owner ?? state.screen, key.name);
		if (binding) this.#deed(binding.does, key.name);
		else if (state.screen === 'lab') {
			if (state.shellScroll > 0) this.do({type: 'scroll-shell', by: -state.shellScroll, max: 0});
			if (this.#run) this.#run.press(key);
			else this.#early.push(key);
		}
	}

	do(action: AppAction): void {
		const state = reduce(this.#snapshot.state, action);
		if (state.language !== this.#snapshot.state.language) this.ports.keepLanguage(state.language);
		if (state.paused !== this.#snapshot.state.paused) this.#run?.pause(state.paused);
		const {zoomed} = this.#snapshot.state;
		this.#change({state});
		if (zoomed !== state.zoomed) this.#fitRun();
	}

	close(): void {
		this.#closeRun();
	}

	#deed(deed: Deed, name: string): void {
		const {state, size, run} = this.#snapshot;
		const labs = this.ports.chapters.flatMap(chapter => chapter.labs);
		const page = Math.max(3, Math.floor(size.rows / 3));
		const deeds: Partial<Record<Deed, () => void>> = {
			open: () => labs[state.selected] && this.#openOrLeave(labs[state.selected]!.id),
			leave: () => this.#leave(),
			up: () => this.do({type: 'select', by: -1, count: labs.length}),
			down: () => this.do({type: 'select', by: 1, count: labs.length}),
			'pane-up': () => this.do({type: 'scroll-pane', by: -3, max: this.#paneLines()}),
			'pane-down': () => this.do({type: 'scroll-pane', by: 3, max: this.#paneLines()}),
			'shell-up': () => this.do({type: 'scroll-shell', by: page, max: run?.scrollback.lines.length ?? 0}),
			'shell-down': () => this.do({type: 'scroll-shell', by: -page, max: run?.scrollback.lines.length ?? 0}),
			view: () => this.do({type: 'view', view: Number(name.at(-1)) - 1}),
			host: () => this.do({type: 'host', count: run?.world.hosts().length ?? 1}),
			editor: () => run?.editor && this.ports.leave('editor'),
		};
		const act = deeds[deed];
		if (act) act();
		else this.do({type: deed as Exclude<AppAction['type'], 'view' | 'host' | 'select' | 'scroll-pane' | 'scroll-shell' | 'home' | 'lab'>});
	}

	#openOrLeave(id: string): void {
		this.open(id).catch(error => this.ports.leave(error));
	}

	#leave(): void {
		if (this.#snapshot.state.screen === 'home') {
			this.ports.leave('quit');
			return;
		}
		this.#closeRun();
		this.do({type: 'home'});
	}

	/** How far the pane that is looked at can be scrolled. */
	#paneLines(): number {
		const {state, size, run} = this.#snapshot;
		if (!run) return 0;
		const layout = layoutOf(size.columns, size.rows, {zoomed: state.zoomed, goals: run.lab.objectives.length});
		const {columns, rows} = layout.task;
		if (state.view === 0) return taskLines(run.lab.text[state.language], columns).length - rows;
		if (state.view === 1) {
			const lines = goalLines({lab: run.lab, marks: run.marks.objectives, language: state.language, columns, rows, reasons: true});
			return lines.length - rows;
		}
		const host = run.world.hosts()[state.host]?.name ?? '';
		return run.tables(state.view - firstPanel, host).length - 1;
	}

	/** Tells the shell how much room it has: what `watch` and `top` draw must fit. */
	#fitRun(): void {
		const {state, size} = this.#snapshot;
		if (!this.#run) return;
		const layout = layoutOf(size.columns, size.rows, {zoomed: state.zoomed, goals: this.#run.view().lab.objectives.length});
		this.#run.resize(size.columns, size.rows, shellRows(layout));
	}

	#closeRun(): void {
		this.#stopRun?.();
		this.#run?.close();
		this.#run = undefined;
		this.#snapshot = {state: this.#snapshot.state, size: this.#snapshot.size};
	}

	#change(part: Partial<AppSnapshot>): void {
		const run = this.#run?.view();
		this.#snapshot = {...this.#snapshot, ...part, ...(run && {run})};
		for (const listener of this.#listeners) listener();
	}
}
