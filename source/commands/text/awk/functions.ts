import {arrayFunctions} from './array-functions.js';
import {numberFunctions} from './number-functions.js';
import {regexFunctions} from './regex-functions.js';
import {textFunctions} from './text-functions.js';
import type {PlainFunction, SpecialFunction} from './runtime.js';

export const plainFunctions: ReadonlyMap<string, PlainFunction> = new Map(Object.entries({...textFunctions, ...numberFunctions}));
export const specialFunctions: ReadonlyMap<string, SpecialFunction> = new Map(Object.entries({...arrayFunctions, ...regexFunctions}));
export const builtinNames: ReadonlySet<string> = new Set([...plainFunctions.keys(), ...specialFunctions.keys()]);
