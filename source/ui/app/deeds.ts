import {within} from '../state/app-state.js';
import {beginCopy, markCopy, moveCopy, takeCopy} from './copy-mode.js';
import type {Store} from './store.js';
import {conceptsIn} from '../glossary/index.js';
import type {Deed} from '../keys/keymap.js';
import {allLabs, chosenLab, stepLab} from './lab-choice.js';
import {chosenItem} from '../panes/pane.js';
import {lookedAt, sendLine} from './pane-keys.js';
import {search} from './search.js';
import {contextOf, hostOf} from '../layout/pane-context.js';
import {labLayout} from '../layout/lab-layout.js';
import {takeTaskText} from './task-text.js';
import {shellRows} from '../layout/layout.js';
import {rowsFrom} from '../terminal/scrollback.js';
import panes from '../panes/index.js';
import {settingList, turned} from '../state/settings.js';
import {pageRows} from '../pages/page-rows.js';

/** What each key of the keymap does. */
export function act(store: Store, deed: Deed, name: string): void {
	deeds[deed](store, name);
}

type Doing = (store: Store, name: string) => void;

/** Of the tabs, before those chosen by name. */
const tabs = 9;

const deeds: Readonly<Record<Deed, Doing>> = {
	open(store) {
		const lab = chosenLab(store);
		if (lab) store.openOrLeave(lab.id);
	},
	leave: store => store.goBack(),
	back: store => store.do({type: 'back'}),
	up: (store, name) => step(store, -1, name),
	down: (store, name) => step(store, 1, name),
	'page-up': store => page(store, -1),
	'page-down': store => page(store, 1),
	first: store => jump(store, 0),
	last: store => jump(store, Number.MAX_SAFE_INTEGER),
	'next-view': store => nextView(store, 1),
	'previous-view': store => nextView(store, -1),
	view(store, name) {
		const view = Number(name.at(-1)) - 1;
		if (panes[view]) store.do({type: 'view', view});
	},
	'choose-view': store => store.do({type: 'ask', what: 'pane', text: ''}),
	filter(store) {
		if (store.get().state.screen === 'home') return store.do({type: 'ask', what: 'lab', text: ''});
		const {view, recent, inPane} = store.get().state;
		const table = [view, ...recent].find(each => panes[each]!.table);
		if (table === undefined) return store.do({type: 'note', note: {word: 'noTable'}});
		if (table !== view) store.do({type: 'view', view: table});
		if (!inPane) store.do({type: 'focus'});
		store.do({type: 'ask', what: 'filter', text: lookedAt(store)!.context.state.filter});
	},
	search: store => store.do({type: 'ask', what: 'search', text: ''}),
	'search-on': store => search(store, store.get().state.found.text),
	'search-back': store => search(store, store.get().state.found.text, 1),
	zoom: store => store.do({type: 'zoom'}),
	host(store) {
		store.do({type: 'host', count: store.get().run?.world.hosts().length ?? 1});
		const {state, run} = store.get();
		if (run) store.do({type: 'note', note: {word: 'hostNow', values: {host: hostOf({state, run})}}});
	},
	language(store) {
		const {settings} = store.get().state;
		store.do({type: 'set', settings: {...settings, language: settings.language === 'en' ? 'zh' : 'en'}});
	},
	help: store => store.do({type: 'help'}),
	settings: store => store.do({type: 'settings'}),
	pause: store => store.do({type: 'pause'}),
	result: store => store.do({type: 'result'}),
	focus: store => store.do({type: 'focus'}),
	explain: store => store.do({type: 'explain', ids: conceptsIn(lastOutput(store)).map(({id}) => id)}),
	'pane-up': store => scroll(store, -3),
	'pane-down': store => scroll(store, 3),
	'task-up': store => scrollTask(store, -3),
	'task-down': store => scrollTask(store, 3),
	'task-text': takeTaskText,
	'shell-up': store => scrollShell(store, 1),
	'shell-down': store => scrollShell(store, -1),
	undo: store => void sendLine(store, 'lab undo'),
	redo: store => void sendLine(store, 'lab redo'),
	turn: store => turn(store, 1),
	'turn-back': store => turn(store, -1),
	tour: store => store.do({type: 'tour', step: undefined}),
	copy: beginCopy,
	'copy-up': store => moveCopy(store, -1),
	'copy-down': store => moveCopy(store, 1),
	'copy-page-up': store => moveCopy(store, -pageStep),
	'copy-page-down': store => moveCopy(store, pageStep),
	'copy-mark': markCopy,
	'copy-take': takeCopy,
	'copy-end': store => store.do({type: 'copy', mode: undefined}),
	'next-shell': store => turnShell(store, 1),
	'previous-shell': store => turnShell(store, -1),
	editor: store => store.get().run?.editor && store.ports.leave('editor'),
};

/** One up or down: a lab, a setting, a thing in a pane, or a line of it. */
function step(store: Store, by: number, name: string) {
	const {state} = store.get();
	if (state.screen === 'home') return stepLab(store, by);
	if (state.screen === 'settings') return store.do({type: 'select-setting', by, count: settingList.length});
	if (state.screen !== 'lab') return scrollPage(store, /^page| /.test(name) ? by * pageStep : by);
	const {pane, context} = lookedAt(store)!;
	if (pane.scrolls) return scroll(store, by);
	const item = within(chosenItem(pane, context) + by, pane.count(context) - 1);
	store.do({type: 'pane', view: state.view, change: {item, top: 0, follow: false}});
}

const pageStep = 10;

function scrollPage(store: Store, by: number) {
	const {state, run, size} = store.get();
	const {columns, rows} = size;
	const all = pageRows({state, run, ports: store.ports, columns, rows}).length;
	store.do({type: 'scroll-page', by, max: Math.max(0, all - (rows - 2))});
}

function page(store: Store, by: number) {
	if (store.get().state.screen === 'home') return stepLab(store, by * pageStep);
	const {pane, context} = lookedAt(store)!;
	const rows = Math.max(1, Math.floor(context.rows / 2));
	if (pane.length) return scroll(store, by * rows);
	const item = within(chosenItem(pane, context) + by * rows, pane.count(context) - 1);
	store.do({type: 'pane', view: store.get().state.view, change: {item, follow: false}});
}

function jump(store: Store, to: number) {
	if (store.get().state.screen === 'home') return stepLab(store, to === 0 ? -allLabs(store).length : to);
	const {pane, context} = lookedAt(store)!;
	const change = pane.scrolls
		? {top: within(to, Math.max(0, (pane.length?.(context) ?? 0) - context.rows))}
		: {item: within(to, pane.count(context) - 1), top: 0, follow: false};
	store.do({type: 'pane', view: store.get().state.view, change});
}

function scroll(store: Store, by: number) {
	const looked = lookedAt(store);
	if (!looked) return;
	const {pane, context} = looked;
	const {view} = store.get().state;
	if (!pane.length) {
		const item = within(chosenItem(pane, context) + by, pane.count(context) - 1);
		return store.do({type: 'pane', view, change: {item, follow: false}});
	}
	store.do({type: 'pane', view, change: {top: within(context.state.top + by, Math.max(0, pane.length(context) - 1))}});
}

/** Beside the editor. */
function scrollTask(store: Store, by: number) {
	const {state, run, size} = store.get();
	const {x, rows} = labLayout({state, run: run!, ...size}).editor;
	if (x === 0) return;
	const context = contextOf({state, run: run!}, 0, {columns: x - 2, rows}, false);
	const top = within(context.state.top + by, Math.max(0, panes[0]!.length!(context) - rows));
	store.do({type: 'pane', view: 0, change: {top}});
}

/** Through the panes that have a number, and the one that is looked at. */
function nextView(store: Store, by: number) {
	const {view} = store.get().state;
	store.do({type: 'view', view: view >= tabs ? 0 : (view + by + tabs) % tabs});
}

function scrollShell(store: Store, by: number) {
	const {size, run} = store.get();
	if (!run) return;
	const rows = shellRows(labLayout({state: store.get().state, run, ...size}));
	const max = Math.max(0, rowsFrom(run.scrollback, 0, size.columns) + 1 - rows);
	store.do({type: 'scroll-shell', by: by * Math.max(1, rows - 2), max});
}

/** The terminal of another host; the keys go to it. */
function turnShell(store: Store, by: number) {
	const {state} = store.get();
	store.run?.turnShell(by);
	if (state.inPane) store.do({type: 'focus'});
	else store.do({type: 'shell-end'});
}

function turn(store: Store, by: number) {
	const {settings, setting} = store.get().state;
	store.do({type: 'set', settings: turned(settings, settingList[setting]!, by)});
}

const explainedLines = 30;

/** What the shell printed last, the newest lines. */
const lastOutput = (store: Store) => store.get().run?.scrollback.lines.slice(-explainedLines).join('\n') ?? '';
