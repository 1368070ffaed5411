import {labLayout, type LabSight} from '../layout/lab-layout.js';
import type {Layout} from '../layout/layout.js';
import {shellCursor, shellSight} from './shell-lines.js';

/** Where the terminal's own cursor belongs: in the prompt, in the editor, or nowhere. */
export function labCursor(sight: LabSight): {x: number; y: number} | undefined {
	const {state, run, rows} = sight;
	if (state.ask || state.copy) return undefined;
	const layout = labLayout(sight);
	if (run.editor) return {x: layout.editor.x + run.editor.cursor.x, y: 1 + run.editor.cursor.y};
	if (state.inPane || state.shellScroll > 0 || (run.busy && !run.prompt)) return undefined;
	const {x, y} = shellCursor(shellSight(sight, layout), run.input.cursor);
	return {x, y: Math.min(rows - 2, shellTop(layout) + y)};
}

/** Below the bar, the tabs, the panes and the shell's own title. */
const shellTop = (layout: Layout): number => (layout.pane > 0 ? layout.pane + 3 : 2);
