import {readCertificate} from './certificate.js';
import {pemBlocks} from './pem.js';
import {publicHalf, readPrivateKey} from './private-key.js';

const ecParameters = 'EC PARAMETERS';

/** Whether a certificate and a private key belong together; the texts of Go's crypto/tls.X509KeyPair. */
export function loadX509KeyPair(certificatePem: string, keyPem: string): {error?: string} {
	const blocks = pemBlocks(certificatePem);
	const leaf = blocks.find(block => block.label === 'CERTIFICATE');
	if (!leaf) return {error: noCertificate(blocks.map(block => block.label))};
	let publicKey: Uint8Array;
	try {
		({publicKey} = readCertificate(leaf.bytes));
	} catch {
		return {error: 'x509: malformed certificate'};
	}

	const labels = pemBlocks(keyPem).map(block => block.label);
	const key = labels.find(label => label === 'PRIVATE KEY' || label.endsWith(' PRIVATE KEY'));
	if (!key) return {error: noKey(labels.filter(label => label !== ecParameters))};
	const parsed = readPrivateKey(keyPem);
	if (!parsed) return {error: 'tls: failed to parse private key'};
	return Buffer.compare(publicHalf(parsed), publicKey) === 0 ? {} : {error: 'tls: private key does not match public key'};
}

function noCertificate(labels: readonly string[]): string {
	if (labels.length === 0) return 'tls: failed to find any PEM data in certificate input';
	if (labels.length === 1 && labels[0]!.endsWith('PRIVATE KEY'))
		return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
	return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${labels.join(' ')}]`;
}

function noKey(labels: readonly string[]): string {
	if (labels.length === 0) return 'tls: failed to find any PEM data in key input';
	if (labels.length === 1 && labels[0] === 'CERTIFICATE')
		return 'tls: found a certificate rather than a key in the PEM for the private key';
	return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${labels.join(' ')}]`;
}
