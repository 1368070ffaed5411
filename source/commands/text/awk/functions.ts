import {arrayFunctions} from './array-functions.js';
import {numberFunctions} from './number-functions.js';
import {regexFunctions} from './regex-functions.js';
import type {Runtime} from './runtime.js';
import type {Expression} from './syntax.js';
import {textFunctions} from './text-functions.js';
import type {Value} from './values.js';

/** A built-in that works on values, or one that must see what is written. */
export type PlainFunction = (args: readonly Value[], runtime: Runtime) => Value;
export type SpecialFunction = (args: readonly Expression[], runtime: Runtime) => Generator<any, Value, any>;

export const plainFunctions: ReadonlyMap<string, PlainFunction> = new Map(Object.entries({...textFunctions, ...numberFunctions}));
export const specialFunctions: ReadonlyMap<string, SpecialFunction> = new Map(Object.entries({...arrayFunctions, ...regexFunctions}));
export const builtinNames: ReadonlySet<string> = new Set([...plainFunctions.keys(), ...specialFunctions.keys()]);
