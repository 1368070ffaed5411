const table = Uint32Array.from({length: 256}, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1;
	return value;
});

const update = (crc: number, byte: number) => table[(crc ^ byte) & 255]! ^ (crc >>> 8);

export function crc32(text: string): number {
	let crc = 0xff_ff_ff_ff;
	for (const byte of Buffer.from(text)) crc = update(crc, byte);
	return ~crc >>> 0;
}

/** Points of each node on the ring. */
const pointsPerNode = 160;

export type Ring = ReadonlyArray<{readonly hash: number; readonly node: string}>;

/** The ring of lua-resty-balancer's chash: each point is the checksum of the node continued with the point before. */
export function ringOf(nodes: readonly string[]): Ring {
	return nodes
		.flatMap(node => {
			const base = crc32(node);
			let hash = 0;
			return Array.from({length: pointsPerNode}, () => {
				let crc = base;
				for (let shift = 0; shift < 32; shift += 8) crc = update(crc, (hash >>> shift) & 255);
				hash = ~crc >>> 0;
				return {hash, node};
			});
		})
		.sort((a, b) => a.hash - b.hash);
}

/** The last point that is not beyond the key. */
export function findOnRing(ring: Ring, key: string): string {
	const hash = crc32(key);
	let low = 0;
	let high = ring.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (ring[middle]!.hash <= hash) low = middle;
		else high = middle - 1;
	}

	return ring[low]!.node;
}
