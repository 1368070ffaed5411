import apply from './apply/apply.js';
import create from './create/create.js';
import remove from './delete/delete.js';
import get from './get/get.js';
import {annotate, label} from './label.js';
import expose from './run/expose.js';
import scale from './scale.js';
import type {Verb} from './verb.js';

/** In the order of `kubectl --help`. */
export const verbs: readonly Verb[] = [create, expose, get, remove, scale, apply, label, annotate];
