const [width, height] = [17, 9];
const symbols = ' .o+=*BOX@%&#/^SE';

/** The walk of the drunken bishop over a fingerprint (sshkey.c, fingerprint_randomart). */
export function randomart(digest: Uint8Array, title: string, hash: string): string {
	const visits = Array.from({length: height}, () => new Array<number>(width).fill(0));
	let [x, y] = [(width - 1) / 2, (height - 1) / 2];
	for (const byte of digest) {
		for (let bits = byte, step = 0; step < 4; step++, bits >>= 2) {
			x = Math.min(width - 1, Math.max(0, x + (bits & 1 ? 1 : -1)));
			y = Math.min(height - 1, Math.max(0, y + (bits & 2 ? 1 : -1)));
			const most = symbols.length - 3;
			visits[y]![x] = Math.min(most, visits[y]![x]! + 1);
		}
	}

	visits[(height - 1) / 2]![(width - 1) / 2] = symbols.length - 2;
	visits[y]![x] = symbols.length - 1;
	const rows = visits.map(row => `|${row.map(count => symbols[count]).join('')}|\n`);
	return `${edge(title)}${rows.join('')}${edge(hash)}`;
}

/** The title stands in the middle, rather left. */
function edge(text: string): string {
	const label = `[${text}]`;
	const before = Math.floor((width - label.length) / 2);
	return `+${`${'-'.repeat(before)}${label}`.padEnd(width, '-')}+\n`;
}
