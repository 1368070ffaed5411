/** 64 hex digits that follow from a text: image ids and config hashes look like SHA-256, but nothing ever verifies them. */
export function digest(text: string): string {
	let result = '';
	for (let word = 0; word < 8; word++) {
		let hash = 0x811c9dc5 ^ Math.imul(word + 1, 0x9e3779b1);
		for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
		hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
		hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
		result += ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
	}

	return result;
}
