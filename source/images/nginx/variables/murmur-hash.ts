const multiplier = 0x5b_d1_e9_95;

/** ngx_murmur_hash2: of bytes, which travel as latin-1 text here. */
export function murmurHash2(bytes: string): number {
	let hash = bytes.length;
	let at = 0;
	for (; at + 4 <= bytes.length; at += 4) {
		let word = bytes.charCodeAt(at) | (bytes.charCodeAt(at + 1) << 8) | (bytes.charCodeAt(at + 2) << 16) | (bytes.charCodeAt(at + 3) << 24);
		word = Math.imul(word, multiplier);
		word = Math.imul(word ^ (word >>> 24), multiplier);
		hash = Math.imul(hash, multiplier) ^ word;
	}

	const rest = bytes.length - at;
	if (rest > 2) hash ^= bytes.charCodeAt(at + 2) << 16;
	if (rest > 1) hash ^= bytes.charCodeAt(at + 1) << 8;
	if (rest > 0) hash = Math.imul(hash ^ bytes.charCodeAt(at), multiplier);
	hash = Math.imul(hash ^ (hash >>> 13), multiplier);
	return (hash ^ (hash >>> 15)) >>> 0;
}
