import type {Node} from '../tree.js';
import {binding} from './bind.js';
import type {Evaluators} from './evaluator.js';
import {flowing} from './flow.js';
import {making} from './make.js';
import {reaching} from './reach.js';
import {update} from './update.js';

/** The language, one evaluator for each kind of node. */
export const evaluators: Evaluators<Node['kind']> = {...reaching, ...making, ...flowing, ...binding, update};
