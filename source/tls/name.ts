import {createHash} from 'node:crypto';
import {type Bytes, inside, objectId, read, readObjectId, readText, sequence, set, tags, text, type Value} from './der.js';
import {objectIdNamed, shortName} from './object-ids.js';

/** A distinguished name: attribute type and value, in order. */
export type Name = ReadonlyArray<readonly [id: string, value: string]>;

/** What openssl says of a `-subj` that it cannot read. */
export class NameError extends Error {}

/** Reads `/CN=a/O=b`; attributes it does not know are reported and left out. */
export function parseSubject(subject: string, skipped: (name: string) => void = () => {}): Name {
	if (!subject.startsWith('/'))
		throw new NameError(
			`subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${subject}'`,
		);
	const parts = subject.slice(1).match(/(?:\\.|[^/\\])+/gs) ?? [];
	return parts.flatMap(part => {
		const equals = part.indexOf('=');
		const type = equals < 0 ? part : part.slice(0, equals);
		if (equals < 0) throw new NameError(`Hit end of string before finding the '=' in subject name string '${subject}'`);
		const id = objectIdNamed(type.trim());
		const value = part.slice(equals + 1).replace(/\\(.)/gs, '$1');
		if (id && value) return [[id, value] as const];
		skipped(id ? `No value provided for subject name attribute "${type}", skipped` : `Skipping unknown subject name attribute "${type}"`);
		return [];
	});
}

/** Countries are PrintableString, mail addresses IA5String, all else UTF8String. */
const stringTag = (id: string) =>
	id === '2.5.4.6' || id === '2.5.4.5' ? tags.printable : /^(1\.2\.840\.113549\.1\.9\.1|0\.9\..*\.25)$/.test(id) ? tags.ia5 : tags.utf8;

export const encodeName = (name: Name): Bytes =>
	sequence(...name.map(([id, value]) => set(sequence(objectId(id), text(stringTag(id), value)))));

export const readName = (value: Value): Name =>
	inside(value).flatMap(each =>
		inside(each, 0x31).map(attribute => {
			const [id, content] = inside(attribute);
			return [readObjectId(id!), readText(content!)] as const;
		}),
	);

export const nameOf = (bytes: Bytes): Name => readName(read(bytes));

const escaped = (value: string) =>
	value
		.replace(/[,+"\\<>;]/g, '\\$&')
		.replace(/^[# ]/, '\\$&')
		.replace(/ $/, '\\ ');
const quoted = (value: string) => (/[,+<>;"]|^[# ]| $/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value);

/** `CN=a, O=b`, as openssl 3.2 and later print it. */
export const nameText = (name: Name): string => name.map(([id, value]) => `${shortName(id)}=${quoted(value)}`).join(', ');
/** `O=b,CN=a`. */
export const nameRfc2253 = (name: Name): string =>
	[...name]
		.reverse()
		.map(([id, value]) => `${shortName(id)}=${escaped(value)}`)
		.join(',');
/** `CN=a; O=b`, as curl shows it. */
export const nameForCurl = (name: Name): string => name.map(([id, value]) => `${shortName(id)}=${value}`).join('; ');
export const commonName = (name: Name): string | undefined => name.findLast(([id]) => id === '2.5.4.3')?.[1];
export const sameName = (a: Name, b: Name): boolean => JSON.stringify(a).toLowerCase() === JSON.stringify(b).toLowerCase();

/** What files of a -CApath are named after: SHA-1 over the canonical form of the name, X509_NAME_hash. */
export function nameHash(name: Name): string {
	const canonical = (value: string) => value.trim().replace(/\s+/g, ' ').toLowerCase();
	const sets = name.map(([id, value]) => set(sequence(objectId(id), text(tags.utf8, canonical(value)))));
	return createHash('sha1').update(Buffer.concat(sets)).digest().subarray(0, 4).reverse().toString('hex');
}
