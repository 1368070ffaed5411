import type {Language} from '../../lab/lab.js';
import type {LabSight} from './lab-layout.js';
import type {Layout} from './layout.js';
import type {Pane, PaneContext} from '../panes/pane.js';
import {contextOf, hostOf} from './pane-context.js';
import panes from '../panes/index.js';
import {spoken} from '../text/spoken.js';
import {wrap} from '../text/width.js';
import {say} from '../words/words.js';

/** A pane in the room it has, drawn. */
export interface ShownPane {
	/** Where it stands: what was drawn there last is kept. */
	readonly id: string;
	/** Of the rule above it; what the tabs alone name has none. */
	readonly title?: string;
	readonly lines: readonly string[];
	readonly columns: number;
	readonly rows: number;
}

/** The panes above the shell, side by side: of each side those that stand one above the other. */
export type ShownPanes = (sight: LabSight, layout: Layout) => ReadonlyArray<readonly ShownPane[]>;

/** Draws a pane again only when something it depends on is another value than before: a key costs what it changes. */
export function createShownPanes(): ShownPanes {
	let kept = new Map<string, {readonly depends: readonly unknown[]; readonly lines: readonly string[]}>();
	return (sight, layout) => {
		const next: typeof kept = new Map();
		const shown = placesOf(sight, layout).map(side =>
			side.map(({view, alone, id, title, columns, rows}) => {
				const pane = panes[view]!;
				const context = contextOf(sight, view, {columns, rows}, alone);
				const {reading} = context.settings;
				const depends = [pane, columns, rows, reading, context.inReach, ...pane.depends(context)];
				const old = kept.get(id);
				const drawn = old && sameList(old.depends, depends) ? old : {depends, lines: spoken(drawSafely(pane, context), reading)};
				next.set(id, drawn);
				return {id, ...(title !== undefined && {title}), lines: drawn.lines, columns, rows};
			}),
		);
		kept = next;
		return shown;
	};
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((each, index) => each === b[index]);

/** A pane that fails says so in its own place; the shell and everything else go on. */
function drawSafely(pane: Pane, context: PaneContext): readonly string[] {
	try {
		return pane.draw(context);
	} catch (error) {
		return wrap(failedText(error, context.settings.language), context.columns - 1);
	}
}

const failedText = (error: unknown, language: Language) =>
	say(language, 'crashed', {why: ((error instanceof Error && error.message) || String(error)).split('\n')[0]!});

interface Place {
	readonly id: string;
	readonly view: number;
	readonly title?: string;
	readonly columns: number;
	readonly rows: number;
	readonly alone: boolean;
}

function placesOf(sight: LabSight, layout: Layout): Place[][] {
	const {task, goals, tables, sides, editor} = layout;
	const {view, recent, settings} = sight.state;
	if (sight.run.editor) return editor.x > 0 ? [[{id: 'task beside', view: 0, columns: editor.x - 2, rows: editor.rows, alone: false}]] : [];
	if (layout.pane <= 0) return [];
	if (!layout.wide) return [[{id: 'pane', view, ...task, alone: true}]];
	const left = [
		{id: 'task', view: 0, ...task, alone: false},
		{id: 'goals', view: 1, title: say(settings.language, 'goals'), ...goals, alone: false},
	];
	const right = tables.map((size, index) => {
		const shown = index === 0 && view > 1 ? view : recent[index]!;
		return {id: `table ${index}`, view: shown, title: titleOf(sight, shown), ...size, alone: false};
	});
	const onSide = tables.length / sides;
	return [left, ...Array.from({length: sides}, (_, side) => right.slice(side * onSide, (side + 1) * onSide))];
}

function titleOf(sight: LabSight, view: number): string {
	const pane = panes[view]!;
	return `${say(sight.state.settings.language, pane.title)}${pane.ofHost ? ` ${hostOf(sight)}` : ''}`;
}
