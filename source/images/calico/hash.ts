import {createHash} from 'node:crypto';
import {Remembered} from '../../sim/remembered.js';

const known = new Remembered<string>(5000);

/** Felix's short names: base64url of a SHA-256. */
export const shortHash = (text: string, length = 16): string => known.of(text, hashed).slice(0, length).replaceAll('-', '_');

const hashed = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Felix marks each of its rules with a hash of the chain so far. */
export const tagged = (chain: string, rules: readonly string[]): string[] =>
	rules.map((rule, i) => `-m comment --comment "cali:${shortHash(`${chain} ${i} ${rule}`)}" ${rule}`);
