import {createHash, createHmac} from 'node:crypto';
import {
	type Bytes,
	der,
	inside,
	integer,
	nothing,
	objectId,
	octets,
	plainTagged,
	read,
	readInteger,
	readObjectId,
	sequence,
	set,
	tagged,
	type Value,
} from './der.js';
import {decryptPbes2, drawBytes, encryptKey, encryptPbes2} from './pbes2.js';
import type {Draw} from './rsa.js';

const ids = {
	data: '1.2.840.113549.1.7.1',
	encrypted: '1.2.840.113549.1.7.6',
	keyBag: '1.2.840.113549.1.12.10.1.1',
	shroudedBag: '1.2.840.113549.1.12.10.1.2',
	certBag: '1.2.840.113549.1.12.10.1.3',
	x509: '1.2.840.113549.1.9.22.1',
	friendlyName: '1.2.840.113549.1.9.20',
	localKeyId: '1.2.840.113549.1.9.21',
	sha256: '2.16.840.1.101.3.4.2.1',
} as const;
const iterations = 2048;

export interface Bag {
	readonly kind: 'certificate' | 'key';
	/** DER of a certificate, or PKCS #8. */
	readonly bytes: Bytes;
	readonly friendlyName?: string;
	readonly localKeyId?: Bytes;
}

const utf16 = (text: string): Bytes => Buffer.from(text, 'utf16le').swap16();
const data = (bytes: Bytes) => sequence(objectId(ids.data), tagged(0, octets(bytes)));

/** A PKCS #12 file as OpenSSL 3 writes it: certificates encrypted together, the key by itself, a MAC over all (RFC 7292). */
export function writePkcs12(bags: readonly Bag[], password: string, draw: Draw): Bytes {
	const certificates = bags
		.filter(({kind}) => kind === 'certificate')
		.map(bag => safeBag(ids.certBag, sequence(objectId(ids.x509), tagged(0, octets(bag.bytes))), bag));
	const keys = bags.filter(({kind}) => kind === 'key').map(bag => safeBag(ids.shroudedBag, encryptKey(bag.bytes, password, draw), bag));
	const {algorithm, data: cipher} = encryptPbes2(sequence(...certificates), password, draw);
	const hidden = sequence(
		objectId(ids.encrypted),
		tagged(0, sequence(integer(0n), sequence(objectId(ids.data), algorithm, plainTagged(0, cipher)))),
	);
	const safes = sequence(hidden, ...(keys.length > 0 ? [data(sequence(...keys))] : []));
	const salt = drawBytes(draw, 8);
	const mac = sequence(
		sequence(sequence(objectId(ids.sha256), nothing), octets(macOf(safes, password, salt, iterations))),
		octets(salt),
		integer(BigInt(iterations)),
	);
	return sequence(integer(3n), data(safes), mac);
}

function safeBag(id: string, value: Bytes, {friendlyName, localKeyId}: Bag): Bytes {
	const attributes = [
		...(friendlyName === undefined ? [] : [sequence(objectId(ids.friendlyName), set(der(30, utf16(friendlyName))))]),
		...(localKeyId === undefined ? [] : [sequence(objectId(ids.localKeyId), set(octets(localKeyId)))]),
	].sort((a, b) => Buffer.compare(a, b));
	return sequence(objectId(id), tagged(0, value), ...(attributes.length > 0 ? [set(...attributes)] : []));
}

/** Undefined when the password does not fit. Throws when the bytes are no such file, or use ciphers of long ago. */
export function readPkcs12(bytes: Bytes, password: string): Bag[] | undefined {
	const [, content, mac] = inside(read(bytes));
	const safes = contentOf(inside(content));
	if (mac) {
		const [info, salt, count] = inside(mac);
		const [, digest] = inside(info);
		const own = macOf(safes, password, salt!.content, count ? Number(readInteger(count)) : 1);
		if (Buffer.compare(own, Buffer.from(digest!.content)) !== 0) return undefined;
	}

	return inside(read(safes)).flatMap(each => {
		const parts = inside(each);
		if (readObjectId(parts[0]!) === ids.data) return bagsOf(contentOf(parts), password);
		const [, secret] = inside(inside(parts[1], 0xa0)[0]);
		const [, algorithm, hidden] = inside(secret);
		const plain = decryptPbes2(algorithm!, hidden!.content, password);
		return plain ? bagsOf(plain, password) : [];
	});
}

const contentOf = (parts: readonly Value[]): Bytes => inside(parts[1], 0xa0)[0]!.content;

function bagsOf(bytes: Bytes, password: string): Bag[] {
	return inside(read(bytes)).flatMap((each): Bag[] => {
		const [id, value, attributes] = inside(each);
		const inner = inside(value, 0xa0)[0]!;
		const named = attributesOf(attributes);
		switch (readObjectId(id!)) {
			case ids.certBag:
				return [{kind: 'certificate', bytes: inside(inside(inner)[1], 0xa0)[0]!.content, ...named}];
			case ids.keyBag:
				return [{kind: 'key', bytes: inner.whole, ...named}];
			case ids.shroudedBag: {
				const [algorithm, hidden] = inside(inner);
				const plain = decryptPbes2(algorithm!, hidden!.content, password);
				return plain ? [{kind: 'key', bytes: plain, ...named}] : [];
			}

			default:
				return [];
		}
	});
}

function attributesOf(attributes: Value | undefined): Pick<Bag, 'friendlyName' | 'localKeyId'> {
	if (!attributes) return {};
	const found = new Map(
		inside(attributes, 0x31).map(each => {
			const [id, values] = inside(each);
			return [readObjectId(id!), inside(values, 0x31)[0]!.content];
		}),
	);
	const [name, key] = [found.get(ids.friendlyName), found.get(ids.localKeyId)];
	return {...(name && {friendlyName: Buffer.from(name).swap16().toString('utf16le')}), ...(key && {localKeyId: key})};
}

const macOf = (bytes: Bytes, password: string, salt: Bytes, count: number): Buffer =>
	createHmac('sha256', derive(password, salt, count))
		.update(bytes)
		.digest();

/** RFC 7292, appendix B.2, for keys of MACs; one block of SHA-256 is all that is needed. */
function derive(password: string, salt: Bytes, count: number): Bytes {
	const block = 64;
	const fill = (bytes: Bytes) =>
		Buffer.alloc(bytes.length === 0 ? 0 : block * Math.ceil(bytes.length / block)).map((_, i) => bytes[i % bytes.length]!);
	let hash = Buffer.concat([Buffer.alloc(block, 3), fill(salt), fill(utf16(`${password}\0`))]);
	for (let i = 0; i < count; i++) hash = createHash('sha256').update(hash).digest() as Buffer<ArrayBuffer>;
	return hash;
}
