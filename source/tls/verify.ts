import {type Certificate, signedBy} from './certificate.js';
import {alternativeNames, isAuthority} from './extensions.js';
import {commonName, sameName} from './name.js';

/** Why a certificate is not believed: X509_V_ERR numbers with openssl's words, and how far up the chain. */
export interface Distrust {
	readonly code: number;
	readonly text: string;
	readonly depth: number;
	readonly certificate: Certificate;
}

const texts: Readonly<Record<number, string>> = {
	7: 'certificate signature failure',
	9: 'certificate is not yet valid',
	10: 'certificate has expired',
	18: 'self-signed certificate',
	19: 'self-signed certificate in certificate chain',
	20: 'unable to get local issuer certificate',
	21: 'unable to verify the first certificate',
	79: 'invalid CA certificate',
};

export const isSelfSigned = (certificate: Certificate): boolean =>
	sameName(certificate.subject, certificate.issuer) && signedBy(certificate, certificate.publicKey);

interface Way {
	readonly others: readonly Certificate[];
	readonly trusted: readonly Certificate[];
	/** From the leaf upwards. */
	readonly chain: readonly Certificate[];
	/** What is wrong with it at any time. */
	readonly fault?: {readonly code: number; readonly depth: number};
}

/** Each kubectl asks the same of the same certificates: the way up from a leaf is kept, and only the dates are looked at anew. */
const ways = new WeakMap<Certificate, Way>();

function wayUp(leaf: Certificate, others: readonly Certificate[], trusted: readonly Certificate[]): Way {
	const known = ways.get(leaf);
	if (known && known.others.length === others.length && known.trusted === trusted && known.others.every((each, i) => each === others[i]))
		return known;
	const way = findWay(leaf, others, trusted);
	ways.set(leaf, way);
	return way;
}

function findWay(leaf: Certificate, others: readonly Certificate[], trusted: readonly Certificate[]): Way {
	const chain = [leaf];
	let last = leaf;
	while (!isSelfSigned(last) && chain.length < depthMax) {
		const issuer = [...trusted, ...others].find(each => sameName(each.subject, last.issuer) && signedBy(last, each.publicKey));
		if (!issuer || chain.some(each => same(each, issuer))) break;
		chain.push(issuer);
		last = issuer;
	}

	const way = {others, trusted, chain};
	const top = chain.length - 1;
	if (!isSelfSigned(last)) return {...way, fault: {code: 20, depth: top}};
	if (!trusted.some(each => same(each, last))) return {...way, fault: {code: top === 0 ? 18 : 19, depth: top}};
	const impostor = chain.findIndex((each, depth) => depth > 0 && isAuthority(each.extensions) === false);
	return impostor > 0 ? {...way, fault: {code: 79, depth: impostor}} : way;
}

const same = (a: Certificate, b: Certificate) => Buffer.compare(a.bytes, b.bytes) === 0;

export interface Verification {
	/** From the leaf upwards. */
	readonly chain: readonly Certificate[];
	readonly distrust?: Distrust;
}

const depthMax = 100;

/** Builds the way from the first certificate to a trusted self-signed one and checks it, in the order of X509_verify_cert. */
export function verifyChain(
	leaf: Certificate,
	others: readonly Certificate[],
	trusted: readonly Certificate[],
	nowMs: number,
): Verification {
	const {chain, fault} = wayUp(leaf, others, trusted);
	const wrong = (code: number, depth: number): Verification => ({
		chain,
		distrust: {code, text: texts[code]!, depth, certificate: chain[depth]!},
	});
	if (fault) return wrong(fault.code, fault.depth);
	for (let depth = chain.length - 1; depth >= 0; depth--) {
		if (chain[depth]!.notBefore > nowMs) return wrong(9, depth);
		if (chain[depth]!.notAfter < nowMs) return wrong(10, depth);
	}

	return {chain};
}

/** Whether the certificate is for this host: its alternative names, or its common name when it has none (RFC 6125, as curl does). */
export function isForHost(certificate: Certificate, host: string): boolean {
	const names = alternativeNames(certificate.extensions);
	if (/^[\d.]+$|:/.test(host)) return (names?.addresses ?? [commonName(certificate.subject) ?? '']).includes(host);
	const dns = names && names.dns.length > 0 ? names.dns : names ? [] : [commonName(certificate.subject) ?? ''];
	return dns.some(name => nameMatches(name.toLowerCase(), host.toLowerCase().replace(/\.$/, '')));
}

function nameMatches(pattern: string, name: string): boolean {
	if (pattern === name) return true;
	// A star stands for one label, and never for a whole top-level domain.
	const dot = name.indexOf('.');
	return pattern.startsWith('*.') && dot > 0 && name.slice(dot) === pattern.slice(1) && pattern.split('.').length > 2;
}
