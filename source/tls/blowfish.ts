/** 18 subkeys, then four boxes of 256 words. */
export type Boxes = Int32Array;

const words = 18 + 4 * 256;
let begin: Boxes | undefined;

/** Blowfish begins with the digits of pi. They are worked out at the first use: no table has to be carried along. */
export function freshBoxes(): Boxes {
	begin ??= piWords();
	return begin.slice();
}

function piWords(): Boxes {
	const guard = 64n;
	const one = 1n << (BigInt(words) * 32n + guard);
	const arctangent = (inverse: bigint): bigint => {
		let [sum, power] = [0n, one / inverse];
		for (let odd = 1n; power !== 0n; odd += 2n) {
			sum += odd % 4n === 1n ? power / odd : -(power / odd);
			power /= inverse * inverse;
		}

		return sum;
	};

	// Machin: pi = 16 arctan(1/5) - 4 arctan(1/239).
	const hex = ((16n * arctangent(5n) - 4n * arctangent(239n) - 3n * one) >> guard).toString(16).padStart(words * 8, '0');
	return Int32Array.from({length: words}, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16) | 0);
}

/** Encrypts the two words of `block` in place. */
export function encipher(boxes: Boxes, block: Int32Array): void {
	let [left, right] = [block[0]!, block[1]!];
	for (let round = 0; round < 16; round += 2) {
		left ^= boxes[round]!;
		right ^= mix(boxes, left) ^ boxes[round + 1]!;
		left ^= mix(boxes, right);
	}

	block[0] = right ^ boxes[17]!;
	block[1] = left ^ boxes[16]!;
}

const mix = (boxes: Boxes, word: number): number =>
	(((boxes[18 + (word >>> 24)]! + boxes[274 + ((word >>> 16) & 255)]!) ^ boxes[530 + ((word >>> 8) & 255)]!) + boxes[786 + (word & 255)]!) |
	0;
