import test from 'ava';
import {alternativeNames} from '../../../source/tls/extensions.js';
import {certificatesIn} from '../../../source/tls/certificate.js';
import {issue} from '../../../source/tls/issue.js';
import {namedEcKey} from '../../../source/tls/named-key.js';
import {publicHalf} from '../../../source/tls/private-key.js';
import {certificatePem} from '../../../source/tls/self-signed.js';
import {clientHello, openTls, readServerHello, sealTls} from '../../../source/net/tls.js';
import {backendOf, certificateOf, configurationOf, createNginxWorld, locationOf, serverOf} from '../../helpers/nginx-world.js';

const world = createNginxWorld('tls', 1);
const nowMs = world.cluster.sim.clock.now();
const key = namedEcKey('test');

function made(name: string, authority = false) {
	return issue(
		{
			serial: 1n,
			commonName: name,
			usages: authority ? ['keyCertSign'] : ['digitalSignature'],
			...(authority && {isAuthority: true}),
			dns: [name],
			publicKey: publicHalf(key),
			notBefore: nowMs - 1000,
			notAfter: nowMs + 86_400_000,
		},
		{key},
	);
}

const pemOf = (name: string) => certificatePem(made(name));
const client = world.cluster.container(world.cluster.api.reader.get<any>('pods', 'default', 'client').metadata.uid, 'main')!;
const address = world.cluster.api.reader.get<any>('pods', 'default', 'controller').status.podIP as string;

/** One connection: the name of the certificate, what was agreed upon, and the answer to a request. */
function visit(serverName: string, {host = serverName, protocols = [] as string[], certificate = undefined as string | undefined} = {}) {
	const connection = client.stack.connect(address, 443);
	const hello = readServerHello(connection.exchange(clientHello({serverName, protocols})).bytes);
	const {bytes} = connection.exchange(sealTls(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, certificate));
	connection.close();
	return {hello, text: openTls(bytes) ?? bytes};
}

const configure = (more = {}, options = {}) =>
	world.configure(
		configurationOf({
			options,
			backends: [backendOf('echo', world.echoes)],
			servers: [
				serverOf('*.foo.com', [locationOf('/', 'echo')], {certificate: certificateOf('wild', pemOf('*.foo.com'))}),
				serverOf('a.foo.com', [locationOf('/', 'echo')], {
					certificate: certificateOf('a', pemOf('a.foo.com')),
					aliases: ['other.com'],
					...more,
				}),
			],
			more: {defaultCertificate: certificateOf('fake', pemOf('ingress.local'))},
		}),
	);

test('the certificate goes by the name of the handshake, the answer by the Host', t => {
	configure();
	const names = (name: string) => visit(name).hello?.names;
	t.deepEqual(names('a.foo.com'), ['a.foo.com']);
	t.deepEqual(names('A.FOO.COM.'), ['a.foo.com']);
	t.deepEqual(names('b.foo.com'), ['*.foo.com']);
	t.deepEqual(names('other.com'), ['a.foo.com']);
	t.deepEqual(names('b.b.foo.com'), ['ingress.local']);
	t.deepEqual(names(''), ['ingress.local']);
	const [leaf] = certificatesIn(visit('a.foo.com').hello!.pem!);
	t.deepEqual(alternativeNames(leaf!.extensions)?.dns, ['a.foo.com']);
	t.regex(visit('a.foo.com', {host: 'nobody.com'}).text, /^HTTP\/1\.1 404 /);
	t.regex(visit('nobody.com', {host: 'a.foo.com'}).text, /^HTTP\/1\.1 200 /);
});

test('HSTS is told over TLS only, with what the ConfigMap says', t => {
	configure();
	t.regex(visit('a.foo.com').text, /\r\nConnection: keep-alive\r\nStrict-Transport-Security: max-age=31536000; includeSubDomains\r\n/);
	t.is(world.get('nobody', '/').headers['strict-transport-security'], undefined);
	configure({}, {hstsMaxAge: '60', hstsIncludeSubdomains: false, hstsPreload: true});
	t.regex(visit('a.foo.com').text, /Strict-Transport-Security: max-age=60; preload\r\n/);
	configure({}, {hsts: false});
	t.notRegex(visit('a.foo.com').text, /Strict-Transport/);
});

test('HTTP/2 is agreed upon when both can, and the log says so', t => {
	configure();
	t.is(visit('a.foo.com', {protocols: ['h2', 'http/1.1']}).hello?.alpn, 'h2');
	t.regex(world.log.at(-1)!, /"GET \/ HTTP\/2\.0" 200 /);
	t.is(visit('a.foo.com', {protocols: ['http/1.1']}).hello?.alpn, 'http/1.1');
	t.regex(world.log.at(-1)!, /"GET \/ HTTP\/1\.1" 200 /);
	configure({}, {useHttp2: false});
	t.is(visit('a.foo.com', {protocols: ['h2', 'http/1.1']}).hello?.alpn, 'http/1.1');
});

test('plain HTTP on the port of TLS', t => {
	configure();
	const {status, body} = world.get('a.foo.com', '/', {port: 443});
	t.is(status, 400);
	t.true(body.includes('<title>400 The plain HTTP request was sent to HTTPS port</title>'));
});

test('client certificates: asked for, verified, told to the upstream', t => {
	const authority = made('ca', true);
	const auth = {
		caPem: certificatePem(authority),
		secret: 'default/ca',
		verifyClient: 'on',
		validationDepth: 1,
		errorPage: '',
		passCertToUpstream: false,
		matchCommonName: '',
	} as const;
	const own = certificatePem(
		issue(
			{
				serial: 2n,
				commonName: 'me',
				usages: ['digitalSignature'],
				dns: [],
				publicKey: publicHalf(key),
				notBefore: nowMs - 1000,
				notAfter: nowMs + 1e8,
			},
			{certificate: authority, key},
		),
	);
	configure({certificateAuth: auth});
	t.truthy(visit('a.foo.com').hello?.clientAuthorities);
	t.is(visit('b.foo.com').hello?.clientAuthorities, undefined);
	t.regex(visit('a.foo.com').text, /^HTTP\/1\.1 400 [\s\S]*No required SSL certificate was sent/);
	t.regex(visit('a.foo.com', {certificate: pemOf('stranger')}).text, /^HTTP\/1\.1 400 [\s\S]*The SSL certificate error/);
	const {text} = visit('a.foo.com', {certificate: own});
	t.regex(text, /^HTTP\/1\.1 200 /);
	t.regex(text, /ssl-client-verify=SUCCESS\n/);
	t.regex(text, /ssl-client-subject-dn=CN=me\n/);
	t.regex(text, /ssl-client-issuer-dn=CN=ca\n/);
	configure({certificateAuth: {...auth, verifyClient: 'optional'}});
	t.regex(visit('a.foo.com').text, /ssl-client-verify=NONE\n/);
	configure({certificateAuth: {...auth, errorPage: 'https://help.example/'}});
	t.regex(visit('a.foo.com').text, /^HTTP\/1\.1 302 [\s\S]*\r\nLocation: https:\/\/help\.example\/\r\n/);
});
