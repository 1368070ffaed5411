import type {ServerHello} from '../../../net/tls.js';
import type {Sim} from '../../../sim/sim.js';
import {type Certificate, certificatesIn} from '../../../tls/certificate.js';
import {createPublicKey} from 'node:crypto';
import {sizeOf} from '../../../tls/key-text.js';
import {nameText} from '../../../tls/name.js';
import {shortName} from '../../../tls/object-ids.js';
import {pem} from '../../../tls/pem.js';
import {timeText} from '../../../tls/text.js';
import type {Verification} from '../../../tls/verify.js';

/** What a handshake told of the other side. */
export interface Peer {
	readonly hello: ServerHello;
	readonly leaf: Certificate;
	/** As it was sent. */
	readonly chain: readonly Certificate[];
	readonly verification: Verification;
	readonly wrongName: boolean;
	readonly isTls12: boolean;
	readonly showAll: boolean;
	readonly named: boolean;
}

const keyOf = ({publicKey}: Certificate) => createPublicKey({key: Buffer.from(publicKey), format: 'der', type: 'spki'});
const versionOf = ({isTls12}: Peer) => (isTls12 ? 'TLSv1.2' : 'TLSv1.3');
const cipherOf = ({isTls12, hello}: Peer) =>
	hello.library === 'go'
		? isTls12
			? 'ECDHE-RSA-AES128-GCM-SHA256'
			: 'TLS_AES_128_GCM_SHA256'
		: isTls12
			? 'ECDHE-RSA-AES256-GCM-SHA384'
			: 'TLS_AES_256_GCM_SHA384';

/** Of Go's crypto/tls. */
const requested =
	'RSA-PSS+SHA256:ECDSA+SHA256:Ed25519:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512:ECDSA+SHA384:ECDSA+SHA512:RSA+SHA1:ECDSA+SHA1';

const resultOf = ({verification: {distrust}, wrongName}: Peer) =>
	distrust
		? {
				code: distrust.code === 20 ? 21 : distrust.code,
				text: distrust.code === 20 ? 'unable to verify the first certificate' : distrust.text,
			}
		: wrongName
			? {code: 62, text: 'hostname mismatch'}
			: {code: 0, text: 'ok'};

function signatureType(leaf: Certificate): string {
	const type = keyOf(leaf).asymmetricKeyType;
	return type === 'rsa' ? 'RSA-PSS' : type === 'ec' ? 'ECDSA' : 'ED25519';
}

/** What s_client prints when the handshake is done. */
export function handshakeText(peer: Peer, brief: boolean): string {
	const {leaf} = peer;
	const {code, text} = resultOf(peer);
	const verification = code === 0 ? 'Verification: OK\n' : `Verification error: ${text}\n`;
	if (brief)
		return `CONNECTION ESTABLISHED\nProtocol version: ${versionOf(peer)}\nCiphersuite: ${cipherOf(peer)}\nPeer certificate: ${nameText(leaf.subject)}\nHash used: SHA256\nSignature type: ${signatureType(leaf)}\n${verification}Server Temp Key: X25519, 253 bits\n`;
	const bytes = peer.chain.reduce((sum, each) => sum + each.bytes.length + 5, 0);
	return `CONNECTED(00000003)
---
Certificate chain
${peer.chain.map((each, depth) => chainText(each, depth, peer.showAll)).join('')}---
Server certificate
${peer.showAll ? '' : pem('CERTIFICATE', leaf.bytes)}subject=${nameText(leaf.subject)}
issuer=${nameText(leaf.issuer)}
---
${clientAuthorities(peer)}Peer signing digest: SHA256
Peer signature type: ${signatureType(leaf)}
Server Temp Key: X25519, 253 bits
---
SSL handshake has read ${bytes + 580} bytes and written ${peer.named ? 396 : 377} bytes
${verification}---
New, ${versionOf(peer)}, Cipher is ${cipherOf(peer)}
Server public key is ${sizeOf(keyOf(leaf))} bit
${peer.isTls12 ? 'Secure Renegotiation IS supported' : 'This TLS version forbids renegotiation.'}
Compression: NONE
Expansion: NONE
${peer.hello.alpn ? `ALPN protocol: ${peer.hello.alpn}` : 'No ALPN negotiated'}
${peer.isTls12 ? '' : 'Early data was not sent\n'}Verify return code: ${code} (${text})
---
`;
}

const keyKinds: Readonly<Record<string, string>> = {rsa: 'rsaEncryption', ec: 'id-ecPublicKey'};

function chainText(each: Certificate, depth: number, showAll: boolean): string {
	const key = keyOf(each);
	const kind = keyKinds[key.asymmetricKeyType ?? ''] ?? 'ED25519';
	return (
		` ${depth} s:${nameText(each.subject)}\n   i:${nameText(each.issuer)}\n` +
		`   a:PKEY: ${kind}, ${sizeOf(key)} (bit); sigalg: ${shortName(each.algorithm)}\n` +
		`   v:NotBefore: ${timeText(each.notBefore)}; NotAfter: ${timeText(each.notAfter)}\n` +
		(showAll ? pem('CERTIFICATE', each.bytes) : '')
	);
}

function clientAuthorities({hello}: Peer): string {
	if (hello.clientAuthorities === undefined) return 'No client certificate CA names sent\n';
	const names = certificatesIn(hello.clientAuthorities).map(({subject}) => `${nameText(subject)}\n`);
	const algorithms = `Requested Signature Algorithms: ${requested}\nShared Requested Signature Algorithms: ${requested.replace(/:RSA\+SHA1.*/, '')}\n`;
	return `${names.length > 0 ? `Acceptable client certificate CA names\n${names.join('')}` : 'No client certificate CA names sent\n'}${algorithms}`;
}

/** When the other side does not speak TLS. */
export const withoutPeer = (bytes: number): string => `---
no peer certificate available
---
No client certificate CA names sent
---
SSL handshake has read ${bytes} bytes and written 297 bytes
Verification: OK
---
New, (NONE), Cipher is (NONE)
This TLS version forbids renegotiation.
Compression: NONE
Expansion: NONE
No ALPN negotiated
Early data was not sent
Verify return code: 0 (ok)
---
`;

/** What arrives behind the handshake. */
export function sessionTicket(peer: Peer, {random, clock}: Sim): string {
	if (peer.isTls12) return '';
	const own = random.fork('openssl/ticket');
	const {code, text} = resultOf(peer);
	const dump = Array.from({length: 8}, (_, row) => {
		const bytes = Buffer.from(own.hex(32), 'hex');
		const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0'));
		const ascii = [...bytes].map(byte => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
		return `    ${(row * 16).toString(16).padStart(4, '0')} - ${hex.slice(0, 8).join(' ')}-${hex.slice(8).join(' ')}   ${ascii}\n`;
	});
	return `---
Post-Handshake New Session Ticket arrived:
SSL-Session:
    Protocol  : TLSv1.3
    Cipher    : ${cipherOf(peer)}
    Session-ID: ${own.hex(64).toUpperCase()}
    Session-ID-ctx: 
    Resumption PSK: ${own.hex(cipherOf(peer).endsWith('384') ? 96 : 64).toUpperCase()}
    PSK identity: None
    PSK identity hint: None
    SRP username: None
    TLS session ticket lifetime hint: ${peer.hello.library === 'go' ? 604_800 : 7200} (seconds)
    TLS session ticket:
${dump.join('')}
    Start Time: ${Math.floor(clock.now() / 1000)}
    Timeout   : 7200 (sec)
    Verify return code: ${code} (${text})
    Extended master secret: no
    Max Early Data: 0
---
read R BLOCK
`;
}
