import {createRequire} from 'node:module';
import type {parse} from 'just-bash';
import {guarded} from './arithmetic-guard.js';

type Parse = typeof parse;

let loaded: Parse | undefined;

/** `just-bash.ts` hands its parser in when it loads, so that it is in memory once. */
export function provideParser(given: Parse): void {
	loaded = given;
}

/**
 * The tree of a script. The world cannot wait for a promise, and most worlds never run a script: so just-bash is loaded at the first
 * one, at once. (The bundle has its own copy for that; see `scripts/bundle-plugins.mjs`.)
 */
export const parseScript: Parse = (text, ...options) => {
	loaded ??= (createRequire(import.meta.url)('just-bash') as {parse: Parse}).parse;
	const read = loaded;
	return guarded(text, shown => read(shown, ...options));
};
