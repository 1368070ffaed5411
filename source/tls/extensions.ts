import {
	type Bytes,
	bits,
	boolean,
	inside,
	integer,
	objectId,
	octets,
	plainTagged,
	read,
	readObjectId,
	sequence,
	tags,
	type Value,
} from './der.js';
import {objectIdNamed} from './object-ids.js';

export interface Extension {
	readonly id: string;
	readonly critical: boolean;
	/** DER of its value. */
	readonly value: Bytes;
}

export const extensionIds = {
	subjectKey: '2.5.29.14',
	keyUsage: '2.5.29.15',
	names: '2.5.29.17',
	constraints: '2.5.29.19',
	authorityKey: '2.5.29.35',
	purposes: '2.5.29.37',
} as const;

export const keyUsages = [
	['digitalSignature', 'Digital Signature'],
	['nonRepudiation', 'Non Repudiation'],
	['keyEncipherment', 'Key Encipherment'],
	['dataEncipherment', 'Data Encipherment'],
	['keyAgreement', 'Key Agreement'],
	['keyCertSign', 'Certificate Sign'],
	['cRLSign', 'CRL Sign'],
	['encipherOnly', 'Encipher Only'],
	['decipherOnly', 'Decipher Only'],
] as const;

/** `error` is openssl's reason for not taking the text. */
export class ExtensionError extends Error {}

/** Key identifiers that `hash` and `keyid` stand for. */
export interface ExtensionSetting {
	readonly subjectKey: Bytes;
	readonly authorityKey: Bytes;
}

/** `subjectAltName`, `critical,DNS:a,IP:1.2.3.4`, as in a configuration file or `-addext`. */
export function parseExtension(name: string, text: string, setting: ExtensionSetting): Extension {
	const id = objectIdNamed(name);
	const words = text.split(',').map(word => word.trim());
	const critical = words[0] === 'critical';
	if (critical) words.shift();
	const encode = id === undefined ? undefined : encoders[id];
	if (!id || !encode) throw new ExtensionError('unknown extension name');
	return {id, critical, value: encode(words, setting)};
}

const encoders: Readonly<Record<string, (words: readonly string[], setting: ExtensionSetting) => Bytes>> = {
	[extensionIds.subjectKey]: (words, {subjectKey}) =>
		octets(words[0] === 'hash' ? subjectKey : Buffer.from((words[0] ?? '').replaceAll(':', ''), 'hex')),
	[extensionIds.authorityKey]: (_, {authorityKey}) => sequence(plainTagged(0, authorityKey)),
	[extensionIds.constraints](words) {
		const settings = new Map(words.map(word => word.split(':').map(part => part.trim()) as [string, string]));
		const authority = /^(true|y|yes)$/i.test(settings.get('CA') ?? '');
		const length = settings.get('pathlen');
		return sequence(...(authority ? [boolean(true)] : []), ...(length === undefined ? [] : [integer(BigInt(length))]));
	},
	[extensionIds.keyUsage](words) {
		let mask = 0;
		let last = 0;
		for (const word of words) {
			const bit = keyUsages.findIndex(names => (names as readonly string[]).includes(word));
			if (bit < 0) throw new ExtensionError('unknown bit string argument');
			mask |= 0x8000 >> bit;
			last = Math.max(last, bit);
		}

		return last > 7 ? bits(Uint8Array.of(mask >> 8, mask & 0xff), 15 - last) : bits(Uint8Array.of(mask >> 8), 7 - last);
	},
	[extensionIds.purposes]: words =>
		sequence(
			...words.map(word => {
				const purpose = objectIdNamed(word);
				if (!purpose) throw new ExtensionError('invalid object identifier');
				return objectId(purpose);
			}),
		),
	[extensionIds.names]: words => sequence(...words.map(alternative)),
};

function alternative(word: string): Bytes {
	const colon = word.indexOf(':');
	const value = word.slice(colon + 1).trim();
	const ascii = Buffer.from(value, 'latin1');
	switch (colon < 0 ? '' : word.slice(0, colon)) {
		case 'DNS':
			return plainTagged(2, ascii);
		case 'IP': {
			const address = addressBytes(value);
			if (!address) throw new ExtensionError('bad ip address');
			return plainTagged(7, address);
		}
		case 'email':
			return plainTagged(1, ascii);
		case 'URI':
			return plainTagged(6, ascii);
		case '':
			throw new ExtensionError('missing value');
		default:
			throw new ExtensionError('unsupported option');
	}
}

export function addressBytes(text: string): Bytes | undefined {
	const parts = text.split('.');
	if (parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256)) return Uint8Array.from(parts.map(Number));
	if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(':')) return undefined;
	const [head = '', tail] = text.split('::');
	const groups = (side: string) => (side === '' ? [] : side.split(':').map(group => Number.parseInt(group, 16)));
	const [left, right] = [groups(head), groups(tail ?? '')];
	const gap = 8 - left.length - right.length;
	if (gap < 0 || (tail === undefined && gap > 0)) return undefined;
	return Uint8Array.from([...left, ...Array<number>(gap).fill(0), ...right].flatMap(group => [group >> 8, group & 0xff]));
}

export const encodeExtensions = (extensions: readonly Extension[]): Bytes =>
	sequence(...extensions.map(({id, critical, value}) => sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value))));

export const readExtensions = (list: Value): Extension[] =>
	inside(list).map(each => {
		const [id, ...rest] = inside(each);
		return {id: readObjectId(id!), critical: rest[0]?.tag === tags.boolean && rest[0].content[0] !== 0, value: rest.at(-1)!.content};
	});

const find = (extensions: readonly Extension[], id: string): Value | undefined => {
	const found = extensions.find(each => each.id === id);
	return found && read(found.value);
};

interface AlternativeNames {
	readonly dns: readonly string[];
	readonly addresses: readonly string[];
	readonly emails: readonly string[];
}

/** Every handshake asks for the names of the same certificate. */
const names = new WeakMap<readonly Extension[], AlternativeNames | undefined>();

/** Names and addresses that a certificate is for; undefined without the extension. */
export function alternativeNames(extensions: readonly Extension[]): AlternativeNames | undefined {
	if (!names.has(extensions)) names.set(extensions, readNames(extensions));
	return names.get(extensions);
}

function readNames(extensions: readonly Extension[]): AlternativeNames | undefined {
	const value = find(extensions, extensionIds.names);
	if (!value) return undefined;
	const all = inside(value);
	return {
		dns: all.filter(each => each.tag === 0x82).map(each => Buffer.from(each.content).toString('latin1')),
		addresses: all.filter(each => each.tag === 0x87).map(each => addressText(each.content)),
		emails: all.filter(each => each.tag === 0x81).map(each => Buffer.from(each.content).toString('latin1')),
	};
}

/** Groups of IPv6 are printed in full and in capitals, as openssl does. */
export function addressText(content: Bytes): string {
	if (content.length !== 16) return [...content].join('.');
	return Array.from({length: 8}, (_, i) => (((content[2 * i]! << 8) | content[2 * i + 1]!) >>> 0).toString(16).toUpperCase()).join(':');
}

/** Undefined: the certificate does not say whether it is an authority. */
export function isAuthority(extensions: readonly Extension[]): boolean | undefined {
	const value = find(extensions, extensionIds.constraints);
	return value && inside(value)[0]?.tag === tags.boolean;
}
