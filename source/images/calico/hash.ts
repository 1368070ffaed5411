import {createHash} from 'node:crypto';

const known = new Map<string, string>();
const knownMax = 20_000;

/** Felix's short names: base64url of a SHA-256. */
export function shortHash(text: string, length = 16): string {
	let hash = known.get(text);
	if (hash === undefined) {
		hash = createHash('sha256').update(text).digest('base64url');
		if (known.size >= knownMax) known.clear();
		known.set(text, hash);
	}

	return hash.slice(0, length).replaceAll('-', '_');
}

/** Felix marks each of its rules with a hash of the chain so far. */
export const tagged = (chain: string, rules: readonly string[]): string[] =>
	rules.map((rule, i) => `-m comment --comment "cali:${shortHash(`${chain} ${i} ${rule}`)}" ${rule}`);
