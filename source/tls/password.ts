import {createHash} from 'node:crypto';
import {matchesBcrypt} from './bcrypt.js';

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Groups of bytes (most significant first) as characters of six bits, least significant first. */
const encoded = (bytes: Uint8Array, groups: readonly (readonly number[])[]): string =>
	groups
		.map(group => {
			let value = group.reduce((sum, at) => sum * 256 + (at < 0 ? 0 : bytes[at]!), 0);
			const used = group.filter(at => at >= 0).length;
			return Array.from({length: Math.ceil((used * 8) / 6)}, () => {
				const char = alphabet[value % 64];
				value = Math.floor(value / 64);
				return char;
			}).join('');
		})
		.join('');

const joined = (...parts: ReadonlyArray<string | Uint8Array>) =>
	Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
/** The first `length` bytes of a digest that repeats itself. */
const repeated = (bytes: Uint8Array, length: number) => Buffer.alloc(length, bytes);

/** Poul-Henning Kamp's MD5 crypt: `$1$`, and Apache's `$apr1$`. */
export function md5Crypt(password: string, saltText: string, magic: '1' | 'apr1'): string {
	const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
	const salt = saltText.slice(0, 8);
	const word = Buffer.from(password);
	let text = joined(word, `$${magic}$`, salt, repeated(md5(joined(word, salt, word)), word.length));
	for (let left = word.length; left > 0; left >>= 1) text = joined(text, left & 1 ? Uint8Array.of(0) : word.subarray(0, 1));
	let digest = md5(text);
	for (let round = 0; round < 1000; round++)
		digest = md5(joined(round & 1 ? word : digest, round % 3 ? salt : '', round % 7 ? word : '', round & 1 ? digest : word));
	const order = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]];
	return `$${magic}$${salt}$${encoded(digest, order)}`;
}

/** Ulrich Drepper's SHA crypt: `$5$` with SHA-256, `$6$` with SHA-512, 5000 rounds. */
export function shaCrypt(password: string, saltText: string, kind: '5' | '6'): string {
	const hash = (...parts: ReadonlyArray<string | Uint8Array>) =>
		createHash(kind === '6' ? 'sha512' : 'sha256')
			.update(joined(...parts))
			.digest();
	const salt = saltText.slice(0, 16);
	const word = Buffer.from(password);
	const other = hash(word, salt, word);
	let text = joined(word, salt, repeated(other, word.length));
	for (let left = word.length; left > 0; left >>= 1) text = joined(text, left & 1 ? other : word);
	let digest = hash(text);
	const p = repeated(hash(Buffer.alloc(word.length * word.length, word)), word.length);
	const s = repeated(hash(Buffer.alloc(salt.length * (16 + digest[0]!), salt)), salt.length);
	for (let round = 0; round < 5000; round++)
		digest = hash(round & 1 ? p : digest, round % 3 ? s : '', round % 7 ? p : '', round & 1 ? digest : p);
	return `$${kind}$${salt}$${encoded(digest, shaOrder(digest.length))}`;
}

/** The bytes are taken in three columns that change places from row to row. */
function shaOrder(length: number): number[][] {
	const third = Math.floor(length / 3);
	const rows = Array.from({length: third}, (_, row) => {
		const columns = [row, row + third, row + 2 * third];
		const turn = length === 64 ? row % 3 : (3 - (row % 3)) % 3;
		return [...columns.slice(turn), ...columns.slice(0, turn)];
	});
	return [...rows, length === 64 ? [63] : [31, 30]];
}

export const shaPassword = (password: string): string => `{SHA}${createHash('sha1').update(password).digest('base64')}`;

/** Whether a password is that of an entry of an htpasswd file; undefined: a kind of hash that is not known here. */
export function matchesPassword(password: string, entry: string): boolean | undefined {
	const [, kind, salt = ''] = entry.split('$');
	if (entry.startsWith('{SHA}')) return entry === shaPassword(password);
	if (kind === '1' || kind === 'apr1') return entry === md5Crypt(password, salt, kind);
	if (kind === '5' || kind === '6') return salt.startsWith('rounds=') ? undefined : entry === shaCrypt(password, salt, kind);
	if (kind?.startsWith('2')) return matchesBcrypt(password, entry);
	if (entry.startsWith('{PLAIN}')) return entry === `{PLAIN}${password}`;
	// What is left is crypt(3) of old, of which a password in plain words is none.
	return kind === undefined && !/^[./0-9A-Za-z]{13}$/.test(entry) ? false : undefined;
}
