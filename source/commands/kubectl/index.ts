import type {Verb} from './verb.js';
import create from './create/create.js';
import get from './get/get.js';

/** In the order of `kubectl --help`. */
export const verbs: readonly Verb[] = [create, get];
