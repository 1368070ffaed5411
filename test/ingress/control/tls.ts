import test from 'ava';
import {fakeCertificate, webhookCertificate} from '../../../source/images/ingress-nginx/self-signed.js';
import {createSim} from '../../../source/sim/sim.js';
import {certificateFacts} from '../../../source/tls/facts.js';
import {goDistrust} from '../../../source/tls/go-verify.js';
import {issue} from '../../../source/tls/issue.js';
import {loadX509KeyPair} from '../../../source/tls/key-pair.js';
import {namedEcKey} from '../../../source/tls/named-key.js';
import {publicHalf} from '../../../source/tls/private-key.js';
import {certificatePem} from '../../../source/tls/self-signed.js';
import {compiled, ingress} from '../../helpers/ingress-view.js';

const nowMs = Date.parse('2026-11-21T02:00:00Z');
const dayMs = 86_400_000;
const key = namedEcKey('test/ingress');
const pemKey = key.export({type: 'sec1', format: 'pem'}).toString();

function secret(name: string, commonName: string, dns: readonly string[], days = 365, changes: Readonly<Record<string, string>> = {}) {
	const dates = {notBefore: nowMs - 100 * dayMs, notAfter: nowMs + days * dayMs};
	const certificate = issue({serial: 1n, commonName, usages: ['digitalSignature'], dns, publicKey: publicHalf(key), ...dates}, {key});
	const data = {'tls.crt': certificatePem(certificate), 'tls.key': pemKey, ...changes};
	return {
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name, namespace: 'default', uid: name},
		type: 'kubernetes.io/tls',
		data: Object.fromEntries(Object.entries(data).map(([file, text]) => [file, Buffer.from(text).toString('base64')])),
	};
}

const tls = (...rows: ReadonlyArray<readonly [host: string, secret: string]>) => ({
	spec: {tls: rows.map(([host, secretName]) => ({hosts: [host], ...(secretName && {secretName})}))},
});

/** Name of the certificate that a host shows, and the warnings about it. */
function shown(host: string, objects: readonly any[], section: object, flags: readonly string[] = []) {
	const {configuration, lines} = compiled([ingress('a', {[`${host}/`]: 'web'}, {}, section)], {objects, flags});
	const server = configuration.servers.find(({hostname}) => hostname === host)!;
	return {name: server.certificate?.name, lines: lines.filter(line => line.includes('SSL') || line.includes('certificate'))};
}

test('a host has the certificate that `tls` lists for it, or one that fits', t => {
	const objects = [secret('own', 'a.com', ['a.com']), secret('wild', '*.b.com', ['*.b.com'])];
	t.deepEqual(shown('a.com', objects, tls(['A.com', 'own'])), {name: 'default-own', lines: []});
	t.deepEqual(shown('x.b.com', objects, tls(['other.com', 'own'], ['more.com', 'wild'])), {name: 'default-wild', lines: []});
	t.is(shown('x.y.b.com', objects, tls(['more.com', 'wild'])).name, 'fake');
	t.is(shown('a.com', objects, {}).name, undefined);
	t.is(shown('a.com', objects, tls(['a.com', ''])).name, 'fake');
});

test('what is wrong with a certificate is logged, and the default one is shown', t => {
	const legacy = secret('legacy', 'a.com', []);
	t.deepEqual(shown('a.com', [legacy], tls(['a.com', 'legacy'])), {
		name: 'default-legacy',
		lines: [
			'W Unexpected error validating SSL certificate "default/legacy" for server "a.com": x509: certificate relies on legacy Common Name field, use SANs instead',
			'W Validating certificate against DNS names. This will be deprecated in a future version',
		],
	});
	const other = shown('a.com', [secret('other', 'b.com', ['b.com', 'c.com'])], tls(['a.com', 'other']));
	t.is(other.name, 'fake');
	t.true(other.lines[0]!.endsWith('for server "a.com": x509: certificate is valid for b.com, c.com, not a.com'));
	t.deepEqual(shown('a.com', [], tls(['a.com', 'none'])), {
		name: 'fake',
		lines: ['W Error getting SSL certificate "default/none": local SSL certificate default/none was not found. Using default certificate'],
	});
	t.is(
		shown(
			'a.com',
			[secret('mix', 'a.com', ['a.com'], 365, {'tls.key': namedEcKey('other').export({type: 'sec1', format: 'pem'}).toString()})],
			tls(['a.com', 'mix']),
		).name,
		'fake',
	);
	t.deepEqual(shown('a.com', [secret('old', 'a.com', ['a.com'], -1)], tls(['a.com', 'old'])).lines, [
		'W SSL certificate for server "a.com" expired (2026-11-20 02:00:00 +0000 UTC)',
	]);
});

test('--default-ssl-certificate takes the place of the fake one', t => {
	const flags = ['--default-ssl-certificate=default/own'];
	t.is(shown('b.com', [secret('own', 'a.com', ['a.com'])], tls(['b.com', 'none']), flags).name, 'default-own');
	const {name, lines} = shown('b.com', [], tls(['b.com', '']), flags);
	t.is(name, 'fake');
	t.is(
		lines[0],
		'W Error loading custom default certificate, falling back to generated default:\nlocal SSL certificate default/own was not found',
	);
});

test('certificates that the controller and its Job make are real', t => {
	const {random} = createSim('tls');
	const fake = fakeCertificate(nowMs, random.fork('a'));
	t.is(loadX509KeyPair(fake.certificate, fake.key).error, undefined);
	t.like(certificateFacts(fake.certificate), {
		subject: 'Kubernetes Ingress Controller Fake Certificate',
		names: ['ingress.local'],
		notAfter: '2027-11-21T02:00:00Z',
	});
	const {certificate, key: own, authority} = webhookCertificate(['hook', 'hook.ns.svc'], nowMs, random.fork('b'));
	t.is(loadX509KeyPair(certificate, own).error, undefined);
	t.is(goDistrust(certificate, authority, 'hook.ns.svc', nowMs), undefined);
	t.regex(goDistrust(certificate, authority, 'other', nowMs)!, /certificate is valid for hook, hook\.ns\.svc, not other/);
});
