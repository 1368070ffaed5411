import {createRequire} from 'node:module';
import type * as Cel from '@marcbachmann/cel-js';

let loaded: typeof Cel | undefined;

/** Most worlds never meet an expression, and those that do cannot wait for a promise: loaded at the first one, at once. */
export function cel(): typeof Cel {
	loaded ??= createRequire(import.meta.url)('@marcbachmann/cel-js') as typeof Cel;
	return loaded;
}
