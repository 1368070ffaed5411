import type {AppAction, AppState} from '../state/app-state.js';
import {initialState, reduce} from '../state/app-state.js';
import {askKey} from './ask.js';
import {act} from './deeds.js';
import {type Context, findBinding} from '../keys/keymap.js';
import type {KeyPress} from '../keys/key-reader.js';
import type {LabRun} from '../run/lab-run.js';
import {shellRows} from '../layout/layout.js';
import {hostOf} from '../layout/pane-context.js';
import panes, {panelOf} from '../panes/index.js';
import type {Settings} from '../state/settings.js';
import {pressPane} from './pane-keys.js';
import {tourAfter} from './tour.js';
import {labLayout} from '../layout/lab-layout.js';
import {rowsFrom} from '../terminal/scrollback.js';
import type {AppPorts, AppSnapshot, Store} from './store.js';

/** What decides how much room the shell has, and which tables are in sight. */
const fitsOtherwise = (a: AppState, b: AppState) =>
	a.zoomed !== b.zoomed || a.inPane !== b.inPane || a.settings !== b.settings || a.view !== b.view || a.host !== b.host;

function pressIn(store: AppStore, context: Context, {name}: KeyPress): void {
	const binding = findBinding(context, name);
	if (binding) act(store, binding.does, name);
}

const readsReasons = ({screen, view}: AppState) => screen === 'result' || (screen === 'lab' && panes[view]!.title === 'goals');

/** What does not wait for a lab to be there. */
const isForNow = ({name}: KeyPress) => ['leave', 'language', 'help', 'settings'].includes(findBinding('lab', name)?.does ?? '');

/** Whoever has scrolled up goes on looking at the same lines while more is printed below. */
function stayedWith({run: old}: AppSnapshot, next: AppSnapshot): AppSnapshot {
	const {state, run, size} = next;
	if (state.shellScroll === 0 || !run || !old || run.scrollback === old.scrollback || run.shells.at !== old.shells.at) return next;
	const more = rowsFrom(run.scrollback, old.scrollback.lines.length, size.columns);
	return more > 0 ? {...next, state: {...state, shellScroll: state.shellScroll + more}} : next;
}

const paneNamed = (title: string) => panes.findIndex(pane => pane.title === title);

/** All that the screen shows, and what the keys do to it. The screen can be taken down for an editor and put up again. */
export class AppStore implements Store {
	readonly ports: AppPorts;
	#snapshot: AppSnapshot;
	#run: LabRun | undefined;
	#stopRun: (() => void) | undefined;
	/** What was typed while the lab was still starting. */
	#early: KeyPress[] = [];
	readonly #listeners = new Set<() => void>();

	constructor(ports: AppPorts, settings: Settings, size: AppSnapshot['size'], tour = false) {
		this.ports = ports;
		const last = ports.chapters.flatMap(chapter => chapter.labs).findIndex(lab => lab.id === ports.last?.());
		const state = {...initialState(settings, ['pods', 'services', 'endpointSlices', 'events'].map(paneNamed)), selected: Math.max(0, last)};
		this.#snapshot = {state: tour ? {...state, tour: 0} : state, size};
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

	press(key: KeyPress) {
		if (this.#snapshot.state.note) this.do({type: 'note', note: undefined});
		const {state, run} = this.#snapshot;
		if (state.ask) return askKey(this, state.ask, key);
		if (state.copy && !run?.editor) return pressIn(this, 'copy', key);
		const inLab = state.screen === 'lab';
		if (inLab && !this.#run && !isForNow(key)) return void this.#early.push(key);
		const owner = inLab ? this.#run?.keyboard : undefined;
		const inPane = inLab && state.inPane && run && !owner;
		if (inPane && pressPane(this, key)) return;
		if (inLab && !inPane && this.#run?.claims(key.name)) return this.#run.press(key);
		const binding = findBinding(owner ?? (inPane ? 'pane' : state.screen), key.name);
		if (binding) act(this, binding.does, key.name);
		else if (inLab && !inPane) {
			if (state.shellScroll > 0 || state.found.line !== undefined) this.do({type: 'shell-end'});
			this.#run?.press(key);
		}
	}

	do(action: AppAction): void {
		const before = this.#snapshot.state;
		const reduced = reduce(before, action);
		const state = {...reduced, tour: tourAfter(reduced, this.#snapshot.run)};
		if (state.settings !== before.settings) this.ports.keepSettings(state.settings);
		if (state.paused !== before.paused) this.#run?.pause(state.paused);
		this.#run?.readReasons(readsReasons(state));
		this.#change({state});
		if (fitsOtherwise(before, state)) this.#fitRun();
	}

	/** Opens a lab from the list. */
	openOrLeave(id: string): void {
		this.open(id).catch(error => this.ports.leave(error));
	}

	/** One step back: from a lab to the list, from the list out. */
	goBack(): void {
		if (this.#snapshot.state.screen === 'home') {
			this.ports.leave('quit');
			return;
		}
		this.#closeRun();
		this.do({type: 'home'});
	}

	close(): void {
		this.#closeRun();
	}

	/** Tells the shell how much room it has: what `watch` and `top` draw must fit. */
	#fitRun(): void {
		const {state, size} = this.#snapshot;
		if (!this.#run) return;
		const {columns, rows} = size;
		const layout = labLayout({state, run: this.#run.view(), columns, rows});
		this.#run.resize({columns, rows: shellRows(layout), editor: layout.editor});
		this.#run.settle(state.settings);
		const views = [state.view, ...(layout.wide ? state.recent.slice(0, layout.tables.length) : [])];
		const panels = [...new Set(views)].map(panelOf).filter(index => index >= 0);
		this.#run.watch(panels, hostOf({state, run: this.#run.view()}));
	}

	#closeRun(): void {
		this.#stopRun?.();
		this.#run?.close();
		this.#run = undefined;
		this.#snapshot = {state: this.#snapshot.state, size: this.#snapshot.size};
	}

	#change(part: Partial<AppSnapshot>): void {
		const run = this.#run?.view();
		const next = stayedWith(this.#snapshot, {...this.#snapshot, ...part, ...(run && {run})});
		const tour = tourAfter(next.state, next.run);
		this.#snapshot = tour === next.state.tour ? next : {...next, state: {...next.state, tour}};
		for (const listener of this.#listeners) listener();
	}
}
