import {guarded} from './guarded.js';
import type {Pane} from './pane.js';
import goals from './goals.js';
import map from './map.js';
import {tablePanes} from './tables.js';
import task from './task.js';
import timeline from './timeline.js';
import trace from './trace.js';

/** In the order of their numbers: beyond the ninth they are chosen by name. */
const numbered = 6;
const tables = tablePanes.map(guarded);
const others = [timeline, map, trace].map(guarded);
const panes: readonly Pane[] = [guarded(task), guarded(goals), ...tables.slice(0, numbered), ...others, ...tables.slice(numbered)];
export default panes;

/** The panel that a pane shows; -1: it is no table. */
export const panelOf = (view: number): number => tables.indexOf(panes[view]!);
