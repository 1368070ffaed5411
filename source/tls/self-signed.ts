import type {Certificate} from './certificate.js';
import {issue} from './issue.js';
import {namedKey, namedSerial} from './named-key.js';
import {pem} from './pem.js';
import {publicHalf} from './private-key.js';

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

/** A certificate with its key, in PEM; the certificate's file may go on with the chain. */
export interface Pair {
	readonly certificate: string;
	readonly key: string;
}

const made = new Map<string, Pair>();
const madeMax = 64;

/** What a Go daemon makes for itself when it is given none: signed by an authority that is forgotten. Models client-go/util/cert GenerateSelfSignedCertKey. */
export function selfSignedPair(host: string, addresses: readonly string[], keyName: string, madeMs: number): Pair {
	const name = `${host} ${addresses.join()} ${keyName} ${madeMs}`;
	const known = made.get(name);
	if (known) return known;
	const pair = makePair(host, addresses, keyName, madeMs);
	if (made.size < madeMax) made.set(name, pair);
	return pair;
}

function makePair(host: string, addresses: readonly string[], keyName: string, madeMs: number): Pair {
	const dates = {notBefore: madeMs - hourMs, notAfter: madeMs - hourMs + yearMs};
	const seconds = Math.floor(madeMs / 1000);
	const usages = ['keyEncipherment', 'digitalSignature'];
	const authorityKey = namedKey('self-signed');
	const authority = issue(
		{
			serial: namedSerial(`${host}-ca/${keyName}`),
			commonName: `${host}-ca@${seconds}`,
			usages: [...usages, 'keyCertSign'],
			isAuthority: true,
			dns: [`${host}-ca@${seconds}`],
			publicKey: publicHalf(authorityKey),
			...dates,
		},
		{key: authorityKey},
	);
	const key = namedKey(keyName);
	const isAddress = /^[\d.]+$|:/.test(host);
	const leaf = issue(
		{
			serial: namedSerial(`${host}/${keyName}`),
			commonName: `${host}@${seconds}`,
			usages,
			purposes: ['serverAuth'],
			dns: isAddress ? [] : [host],
			addresses: isAddress ? [host, ...addresses] : addresses,
			publicKey: publicHalf(key),
			...dates,
		},
		{certificate: authority, key: authorityKey},
	);
	return {certificate: certificatePem(leaf) + certificatePem(authority), key: key.export({type: 'pkcs1', format: 'pem'}).toString()};
}

export const certificatePem = ({bytes}: Certificate): string => pem('CERTIFICATE', bytes);
