/** FIPS 180-4, as hex. */
export function sha256(bytes: Uint8Array): string {
	const length = bytes.length;
	const padded = new Uint8Array((((length + 8) >> 6) + 1) << 6);
	padded.set(bytes);
	padded[length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(padded.length - 8, Math.floor(length / 2 ** 29));
	view.setUint32(padded.length - 4, (length << 3) >>> 0);
	const state = Uint32Array.from(firstPrimes(8).map(prime => fraction(Math.sqrt(prime))));
	const constants = Uint32Array.from(firstPrimes(64).map(prime => fraction(Math.cbrt(prime))));
	const words = new Uint32Array(64);
	for (let block = 0; block < padded.length; block += 64) {
		for (let i = 0; i < 16; i++) words[i] = view.getUint32(block + i * 4);
		compress(state, words, constants);
	}

	return [...state].map(word => word.toString(16).padStart(8, '0')).join('');
}

function compress(state: Uint32Array, words: Uint32Array, constants: Uint32Array): void {
	for (let i = 16; i < 64; i++) {
		const [w15, w2] = [words[i - 15]!, words[i - 2]!];
		const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
		const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
		words[i] = words[i - 16]! + s0 + words[i - 7]! + s1;
	}

	let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
	for (let i = 0; i < 64; i++) {
		const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[i]! + words[i]!) | 0;
		const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
	}

	[a, b, c, d, e, f, g, h].forEach((value, at) => {
		state[at] = state[at]! + value;
	});
}

const rotate = (value: number, by: number) => (value >>> by) | (value << (32 - by));
const fraction = (value: number) => Math.floor((value - Math.floor(value)) * 2 ** 32);

function firstPrimes(count: number): number[] {
	const primes: number[] = [];
	for (let candidate = 2; primes.length < count; candidate++) {
		if (primes.every(prime => candidate % prime !== 0)) primes.push(candidate);
	}

	return primes;
}
