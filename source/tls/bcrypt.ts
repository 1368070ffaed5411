import {type Boxes, encipher, freshBoxes} from './blowfish.js';

const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const exchange = (text: string, from: string, to: string) => [...text].map(char => to[from.indexOf(char)] ?? '').join('');
const encode = (bytes: Uint8Array) => exchange(Buffer.from(bytes).toString('base64').replace(/=/g, ''), base64, alphabet);
const decode = (text: string) => Buffer.from(exchange(text, alphabet, base64), 'base64');

const longest = 72;
const secret = 'OrpheanBeholderScryDoubt';

/** Provos and Mazieres, "A Future-Adaptable Password Scheme": `$2y$05$` with 16 bytes of salt. */
export function bcrypt(password: string, salt: Uint8Array, cost = 5, version = '2y'): string {
	const key = Buffer.concat([Buffer.from(password), Uint8Array.of(0)]).subarray(0, longest);
	const boxes = freshBoxes();
	expand(boxes, wordsOf(key, 18), wordsOf(salt, 4));
	const [keyWords, saltWords, none] = [wordsOf(key, 18), wordsOf(salt, 18), new Int32Array(4)];
	for (let round = 0; round < 2 ** cost; round++) {
		expand(boxes, keyWords, none);
		expand(boxes, saltWords, none);
	}

	const result = Buffer.alloc(24);
	const plain = wordsOf(Buffer.from(secret), 6);
	for (let at = 0; at < 6; at += 2) {
		const block = plain.slice(at, at + 2);
		for (let round = 0; round < 64; round++) encipher(boxes, block);
		result.writeInt32BE(block[0]!, at * 4);
		result.writeInt32BE(block[1]!, at * 4 + 4);
	}

	return `$${version}$${String(cost).padStart(2, '0')}$${encode(salt)}${encode(result.subarray(0, 23))}`;
}

/** So many words, the bytes taken round and round. */
const wordsOf = (bytes: Uint8Array, count: number): Int32Array =>
	Int32Array.from({length: count}, (_, word) =>
		[0, 1, 2, 3].reduce((value, at) => (value << 8) | bytes[(word * 4 + at) % bytes.length]!, 0),
	);

function expand(boxes: Boxes, key: Int32Array, salt: Int32Array): void {
	for (let i = 0; i < 18; i++) boxes[i]! ^= key[i]!;
	const block = new Int32Array(2);
	for (let i = 0; i < boxes.length; i += 2) {
		block[0]! ^= salt[i % 4]!;
		block[1]! ^= salt[(i + 1) % 4]!;
		encipher(boxes, block);
		boxes[i] = block[0]!;
		boxes[i + 1] = block[1]!;
	}
}

/** Undefined when the entry is no bcrypt hash. */
export function matchesBcrypt(password: string, entry: string): boolean | undefined {
	const match = /^\$(2[abxy])\$(\d\d)\$(.{22}).{31}$/.exec(entry);
	return match ? bcrypt(password, decode(match[3]!), Number(match[2]), match[1]) === entry : undefined;
}
