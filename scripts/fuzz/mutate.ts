import type {Random} from '../../source/sim/random.js';

/** Words that have broken programs before. */
export const nasty: readonly string[] = [
	'',
	' ',
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'\u0000',
	'\u001b[2J',
	'../../../../etc/passwd',
	'/dev/full',
	'-1',
	'0',
	'4294967296',
	'9007199254740993',
	'1e999',
	'NaN',
	'0x7f',
	'null',
	'true',
	'{}',
	'[]',
	'~',
	'*',
	'&a',
	'*a',
	'<<: *a',
	'!!js/function',
	'${x}',
	'$(ls)',
	'`id`',
	"'",
	'"',
	'\\',
	'%s%n',
	'💥',
	'\ud800',
	'é'.repeat(40),
	'a'.repeat(300),
	'{{range $i, $e := .}}{{end}}',
	'10.0.0.256',
	'::1',
	'-o=jsonpath={',
	'--',
	'(a+)+$',
];

/** The text with a few pieces left out, doubled, moved or replaced. */
export function mutate(random: Random, text: string, words: readonly string[] = nasty): string {
	let pieces = text.split(/(\s+|[{}[\]:,='"-])/).filter(piece => piece !== '');
	for (let changes = 1 + random.int(4); changes > 0; changes--) {
		const at = random.int(pieces.length + 1);
		const how = random.int(6);
		if (how === 0) pieces.splice(at, 1 + random.int(3));
		else if (how === 1) pieces.splice(at, 0, random.pick(words));
		else if (how === 2) pieces.splice(at, 1, random.pick(words));
		else if (how === 3) pieces.splice(at, 0, ...pieces.slice(at, at + 1 + random.int(6)));
		else if (how === 4) pieces = [...pieces.slice(at), ...pieces.slice(0, at)];
		else if (pieces[at]) pieces[at] = flip(random, pieces[at]);
	}
	return pieces.join('');
}

function flip(random: Random, piece: string): string {
	const at = random.int(piece.length);
	return piece.slice(0, at) + String.fromCharCode(piece.charCodeAt(at) ^ (1 << random.int(7))) + piece.slice(at + 1);
}

/** A JSON value of any shape, keys that mean something among them. */
export function anyJson(random: Random, keys: readonly string[], depth = 4): unknown {
	const kind = random.int(depth > 0 ? 8 : 5);
	if (kind === 0) return null;
	if (kind === 1) return random.chance(1, 2);
	if (kind === 2) return random.pick([0, -1, 1, 80, 65_536, 2 ** 53, 1e300, 0.5]);
	if (kind <= 4) return random.chance(1, 2) ? random.pick(nasty) : random.pick(keys);
	if (kind === 5) return Array.from({length: random.int(4)}, () => anyJson(random, keys, depth - 1));
	const entries = Array.from({length: random.int(5)}, () => [
		random.chance(4, 5) ? random.pick(keys) : random.pick(nasty),
		anyJson(random, keys, depth - 1),
	]);
	return JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`);
}
