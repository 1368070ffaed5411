import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createPrivateKey} from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import {createSim} from '../../source/sim/sim.js';
import {certificatesIn, keyIdentifier, readCertificate, signCertificate} from '../../source/tls/certificate.js';
import {integer, objectId, read, readInteger, readObjectId, readTime, time} from '../../source/tls/der.js';
import {parseExtension} from '../../source/tls/extensions.js';
import {loadX509KeyPair} from '../../source/tls/key-pair.js';
import {nameText, parseSubject} from '../../source/tls/name.js';
import {pem, pemBlocks} from '../../source/tls/pem.js';
import {publicHalf} from '../../source/tls/private-key.js';
import {requestText, readRequest, signRequest} from '../../source/tls/request.js';
import {generateRsa, pkcs8} from '../../source/tls/rsa.js';
import {certificateText} from '../../source/tls/text.js';
import {isForHost, verifyChain} from '../../source/tls/verify.js';

const nowMs = Date.UTC(2026, 10, 21, 2);
const yearMs = 365 * 86_400_000;
const draws = (seed: string) => {
	const random = createSim(seed).random.fork('openssl');
	return (below: number) => random.int(below);
};
const keyPem = (seed: string, size = 2048) => pem('PRIVATE KEY', pkcs8(generateRsa(size, draws(seed))));
const [caKey, webKey] = [keyPem('ca'), keyPem('web')];

function certificate(subject: string, key: string, names: string, issuer = subject, issuerKey = key, from = nowMs): string {
	const setting = {
		subjectKey: keyIdentifier(publicHalf(createPrivateKey(key))),
		authorityKey: keyIdentifier(publicHalf(createPrivateKey(issuerKey))),
	};
	const extensions = [
		parseExtension('subjectKeyIdentifier', 'hash', setting),
		parseExtension('authorityKeyIdentifier', 'keyid', setting),
		parseExtension('basicConstraints', issuer === subject ? 'critical,CA:true,pathlen:1' : 'CA:FALSE', setting),
		parseExtension('keyUsage', 'critical, digitalSignature, keyEncipherment, keyCertSign', setting),
		parseExtension('extendedKeyUsage', 'serverAuth,clientAuth', setting),
		...(names ? [parseExtension('subjectAltName', names, setting)] : []),
	];
	const bytes = signCertificate(
		{
			serial: 0x7f_01n,
			issuer: parseSubject(issuer),
			subject: parseSubject(subject),
			notBefore: from,
			notAfter: from + yearMs,
			publicKey: publicHalf(createPrivateKey(key)),
			extensions,
		},
		createPrivateKey(issuerKey),
	);
	return pem('CERTIFICATE', bytes);
}

const ca = certificate('/CN=Test CA/O=kubelab', caKey, '');
const web = certificate(
	'/C=DE/CN=web.local',
	webKey,
	'DNS:web.local,DNS:*.shop.local,IP:10.0.0.1,IP:fd00::1',
	'/CN=Test CA/O=kubelab',
	caKey,
);
const real = spawnSync('openssl', ['version'], {encoding: 'utf8'}).stdout?.match(/^OpenSSL (3\.\d+)/)?.[1];
const goldenTest = real ? test : test.skip;
if (!real) console.log('# openssl 3 is not installed: golden comparison skipped');

const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-tls-'));
const file = (name: string, text: string) => {
	const place = path.join(folder, name);
	writeFileSync(place, text);
	return place;
};
const openssl = (...args: string[]) => execFileSync('openssl', args, {encoding: 'utf8', stdio: 'pipe'});
/** Since 3.2 names are printed without blanks around their equals signs. */
const newer = (text: string) => text.replace(/^( *(?:Issuer|Subject):|subject=|issuer=).*$/gm, line => line.replaceAll(' = ', '='));

goldenTest('the real openssl reads our certificates and prints them as we do', t => {
	for (const [name, text] of [
		['ca.crt', ca],
		['web.crt', web],
	] as const)
		t.is(certificateText(certificatesIn(text)[0]!), newer(openssl('x509', '-noout', '-text', '-in', file(name, text))));
	t.regex(openssl('verify', '-attime', String(nowMs / 1000 + 60), '-CAfile', file('ca.crt', ca), file('web.crt', web)), /web\.crt: OK/);
	t.regex(openssl('rsa', '-check', '-noout', '-in', file('web.key', webKey)), /RSA key ok/);
});

goldenTest('the real openssl reads our requests and prints them as we do', t => {
	const key = createPrivateKey(webKey);
	const setting = {subjectKey: new Uint8Array(), authorityKey: new Uint8Array()};
	for (const names of [[], [parseExtension('subjectAltName', 'DNS:a.b', setting)]]) {
		const bytes = signRequest(parseSubject('/CN=x/O=y, z'), publicHalf(key), names, key);
		t.is(
			requestText(readRequest(bytes)),
			newer(openssl('req', '-noout', '-text', '-verify', '-in', file('x.csr', pem('CERTIFICATE REQUEST', bytes)))),
		);
	}
});

goldenTest('what the real openssl makes is read', t => {
	const [key, crt] = [path.join(folder, 'real.key'), path.join(folder, 'real.crt')];
	openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', crt, '-subj', '/CN=real/O=a', '-days', '9');
	const text = readFileSync(crt, 'utf8');
	t.is(certificateText(certificatesIn(text)[0]!), newer(openssl('x509', '-noout', '-text', '-in', crt)));
	t.deepEqual(loadX509KeyPair(text, readFileSync(key, 'utf8')), {});
});

test('the same draws give the same key, others another', t => {
	t.is(keyPem('web'), webKey);
	t.not(keyPem('other'), webKey);
});

test('a pair is refused with the words of crypto/tls', t => {
	const error = (certificateText: string, key: string) => loadX509KeyPair(certificateText, key).error;
	t.is(error(web, webKey), undefined);
	t.is(error(web, caKey), 'tls: private key does not match public key');
	t.is(error('nothing', webKey), 'tls: failed to find any PEM data in certificate input');
	t.regex(error(webKey, web)!, /PEM inputs may have been switched$/);
	t.is(error(web, web), 'tls: found a certificate rather than a key in the PEM for the private key');
	t.is(error(web, ''), 'tls: failed to find any PEM data in key input');
});

test('a chain is believed only up to a trusted root, in its time, for its names', t => {
	const [[root], [leaf]] = [certificatesIn(ca), certificatesIn(web)];
	const code = (...args: Parameters<typeof verifyChain>) => verifyChain(...args).distrust?.code;
	t.is(code(leaf!, [], [root!], nowMs), undefined);
	t.is(code(leaf!, [], [], nowMs), 20);
	t.is(code(root!, [], [], nowMs), 18);
	t.is(code(leaf!, [root!], [], nowMs), 19);
	t.is(code(leaf!, [], [root!], nowMs + 2 * yearMs), 10);
	t.is(code(leaf!, [], [root!], nowMs - 1000), 9);
	t.is(code(leaf!, [], certificatesIn(certificate('/CN=Test CA/O=kubelab', webKey, '')), nowMs), 20, 'the right name with another key');
	for (const host of ['web.local', 'a.shop.local', '10.0.0.1']) t.true(isForHost(leaf!, host), host);
	for (const host of ['shop.local', 'a.b.shop.local', '10.0.0.2', 'local']) t.false(isForHost(leaf!, host), host);
});

test('what is written can be read back', t => {
	fc.assert(
		fc.property(
			fc.bigInt({min: 0n, max: 1n << 300n}),
			fc.integer({min: 0, max: 2_000_000_000}),
			fc.array(fc.nat(2 ** 31), {maxLength: 6}),
			(value, seconds, arcs) => {
				t.is(readInteger(read(integer(value))), value);
				t.is(readTime(read(time(seconds * 1000))), seconds * 1000);
				const id = ['1.2', ...arcs].join('.');
				t.is(readObjectId(read(objectId(id))), id);
			},
		),
	);
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 300}), bytes => {
			t.deepEqual([...pemBlocks(`before\n${pem('X Y', bytes)}after`)[0]!.bytes], [...bytes]);
		}),
	);
});

// Within what is signed: the signature's own frame may be written in more than one way.
test('no damaged certificate is taken for whole', t => {
	const bytes = pemBlocks(web)[0]!.bytes;
	const root = certificatesIn(ca);
	fc.assert(
		fc.property(fc.integer({min: 4, max: 3 + certificatesIn(web)[0]!.body.length}), fc.integer({min: 1, max: 255}), (at, change) => {
			const damaged = Uint8Array.from(bytes);
			damaged[at]! ^= change;
			try {
				const distrust = verifyChain(readCertificate(damaged), [], root, nowMs).distrust;
				t.truthy(distrust, `byte ${at}`);
			} catch (error) {
				t.true(error instanceof Error);
			}
		}),
		{numRuns: 60},
	);
});

test('names are read with their escapes', t => {
	t.is(nameText(parseSubject('/CN=a\\/b/O=x, y/C=DE')), 'CN=a/b, O="x, y", C=DE');
	t.throws(() => parseSubject('CN=a'), {message: /expected to be in the format/});
});
