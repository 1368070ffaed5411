import {createPrivateKey, createPublicKey, type KeyObject} from 'node:crypto';
import type {Bytes} from './der.js';
import {pemBlocks} from './pem.js';

const labels = new Set(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY']);

/** The first private key of a PEM text; undefined when there is none, or when the passphrase does not open it. */
export function readPrivateKey(text: string, passphrase?: string): KeyObject | undefined {
	const found = pemBlocks(text).find(block => labels.has(block.label));
	if (!found) return undefined;
	const start = text.indexOf(`-----BEGIN ${found.label}-----`);
	try {
		return createPrivateKey({key: text.slice(start), format: 'pem', ...(passphrase !== undefined && {passphrase})});
	} catch {
		return undefined;
	}
}

/** True when a passphrase is needed. */
export const isEncrypted = (text: string): boolean => /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text);

/** The public half as `SubjectPublicKeyInfo`. */
export const publicHalf = (key: KeyObject): Bytes => createPublicKey(key).export({type: 'spki', format: 'der'});

export const sizeOf = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 256;
