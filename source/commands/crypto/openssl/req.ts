import type {KeyObject} from 'node:crypto';
import type {Effect} from '../../../shell/command.js';
import {encryptKey} from '../../../tls/pbes2.js';
import {keyIdentifier, signCertificate, signedBy} from '../../../tls/certificate.js';
import {type Extension, ExtensionError, parseExtension} from '../../../tls/extensions.js';
import {type Name, NameError, nameText, parseSubject} from '../../../tls/name.js';
import {objectIdNamed} from '../../../tls/object-ids.js';
import {pem, pemBlocks} from '../../../tls/pem.js';
import {publicHalf} from '../../../tls/private-key.js';
import {type CertificateRequest, readRequest, requestText, signRequest} from '../../../tls/request.js';
import {type Call, errorLine, refuse, type Tool} from './call.js';
import {keyOptions, newKey} from './generate.js';
import {coverOf, loadKey, writePem, isDer} from './key-file.js';
import {distinguishedName} from './questions.js';

const dayMs = 86_400_000;
const authorityExtensions = [
	['subjectKeyIdentifier', 'hash'],
	['authorityKeyIdentifier', 'keyid:always,issuer'],
	['basicConstraints', 'critical,CA:true'],
] as const;

export const req: Tool = {
	name: 'req',
	flags: 'new x509 nodes noenc noout text verify subject pubkey batch sha256 newhdr utf8 modulus',
	values: 'in out key keyout newkey days subj addext set_serial passout passin pkeyopt inform outform',
	refused: 'config extensions reqexts CA CAkey section multivalue-rdn not_before not_after copy_extensions keyform',
	takesDigest: true,
	*run(call) {
		const makes = call.has('new') || call.has('newkey') || (call.has('x509') && !call.has('in'));
		if (!makes) return call.has('x509') ? refuse(call.io, 'openssl req -x509 -in') : show(call);
		const key = call.has('key') ? loadKey(call, call.value('key')) : yield* makeKey(call);
		if (typeof key === 'number') return key;
		const subject = call.has('subj') || call.has('batch') ? subjectOf(call) : yield* distinguishedName(call);
		if (typeof subject === 'number') return subject;
		const publicKey = publicHalf(key);
		const identifier = keyIdentifier(publicKey);
		const extensions = extensionsOf(call, identifier);
		if (typeof extensions === 'number') return extensions;
		if (!call.has('x509')) return finish(call, 'CERTIFICATE REQUEST', signRequest(subject, publicKey, extensions, key, call.digest));
		const now = Math.floor(call.io.machine.sim.clock.now() / 1000) * 1000;
		const certificate = signCertificate(
			{
				serial: BigInt(call.value('set_serial') ?? randomSerial(call)),
				issuer: subject,
				subject,
				notBefore: now,
				notAfter: now + Number(call.value('days') ?? 30) * dayMs,
				publicKey,
				extensions,
			},
			key,
			call.digest,
		);
		return finish(call, 'CERTIFICATE', certificate);
	},
};

const finish = (call: Call, label: string, bytes: Uint8Array) => (call.has('noout') ? 0 : writePem(call, label, bytes));

/** 159 random bits, as BN_rand gives serial numbers. */
export function randomSerial(call: Call): bigint {
	let serial = 0n;
	for (let i = 0; i < 10; i++) serial = (serial << 16n) | BigInt(call.draw(65_536));
	return (serial & ((1n << 159n) - 1n)) | (1n << 152n);
}

function* makeKey(call: Call): Generator<Effect, KeyObject | number, any> {
	const [algorithm = 'rsa', parameter] = (call.value('newkey') ?? 'rsa:2048').split(':');
	const options = keyOptions(call);
	if (/^rsa$/i.test(algorithm) && parameter) options.set('rsa_keygen_bits', parameter);
	else if (parameter) return refuse(call.io, `openssl req -newkey ${algorithm}:${parameter}`);
	const key = newKey(call, algorithm, options, true);
	if (typeof key === 'number') return key;
	const file = call.value('keyout') ?? 'privkey.pem';
	const cover = yield* coverOf(call, ['passout'], !call.has('nodes') && !call.has('noenc'));
	if (typeof cover === 'number') return cover;
	const plain = key.export({type: 'pkcs8', format: 'der'});
	const text = cover ? pem('ENCRYPTED PRIVATE KEY', encryptKey(plain, cover.password, call.draw)) : pem('PRIVATE KEY', plain);
	if (!call.write(text, file, 0o600)) return 1;
	call.io.err('-----\n');
	return key;
}

function subjectOf(call: Call): Name | number {
	try {
		return parseSubject(call.value('subj') ?? '/', warning => call.io.err(`req warning: ${warning}\n`));
	} catch (error) {
		if (!(error instanceof NameError)) throw error;
		return call.fail(`req: ${error.message}`);
	}
}

function extensionsOf(call: Call, identifier: Uint8Array): readonly Extension[] | number {
	const setting = {subjectKey: identifier, authorityKey: identifier};
	const own = call.has('x509') ? authorityExtensions : [];
	const added: Extension[] = [];
	for (const text of call.all('addext')) {
		const [name = '', ...rest] = text.split('=');
		try {
			added.push(parseExtension(name.trim(), rest.join('=').trim(), setting));
		} catch (error) {
			if (!(error instanceof ExtensionError)) throw error;
			if (objectIdNamed(name.trim()) && error.message === 'unknown extension name') return refuse(call.io, `openssl req -addext ${name}`);
			return call.fail(
				'Error checking extensions defined using -addext',
				errorLine(`11000082:X509 V3 routines:do_ext_nconf:${error.message}:crypto/x509/v3_conf.c:88:`),
				errorLine(
					`11000080:X509 V3 routines:X509V3_EXT_nconf_int:error in extension:crypto/x509/v3_conf.c:48:section=default, name=${name}, value=${rest.join('=')}`,
				),
			);
		}
	}

	const base = own.map(([name, value]) => parseExtension(name, value, setting)).filter(each => added.every(({id}) => id !== each.id));
	return [...base, ...added];
}

const noFile = (file: string) => [
	`Can't open "${file}" for reading, No such file or directory`,
	errorLine(`80000002:system library:BIO_new_file:No such file or directory:crypto/bio/bss_file.c:67:calling fopen(${file}, r)`),
	errorLine('10000080:BIO routines:BIO_new_file:no such file:crypto/bio/bss_file.c:75:'),
];

/** `-in`: looks at a request. */
function show(call: Call): number {
	const file = call.value('in');
	if (file !== undefined && !call.io.machine.files.exists(call.io.path(file)))
		return call.fail(...noFile(file), 'Unable to load X509 request');
	const text = call.readText(file, 'X509 request');
	if (text === undefined) return 1;
	const found = isDer(call, 'inform')
		? {bytes: call.readBytes(file, 'X509 request')!}
		: pemBlocks(text).find(block => block.label.endsWith('CERTIFICATE REQUEST'));
	let request: CertificateRequest;
	try {
		if (!found) throw new Error('no start line');
		request = readRequest(found.bytes);
	} catch {
		return call.fail(
			'Unable to load X509 request',
			errorLine('0480006C:PEM routines:get_name:no start line:crypto/pem/pem_lib.c:763:Expecting: CERTIFICATE REQUEST'),
		);
	}

	if (call.has('verify')) {
		if (!signedBy(request, request.publicKey)) return call.fail('Certificate request self-signature verify failure');
		call.io.err('Certificate request self-signature verify OK\n');
	}

	if (call.has('text')) call.io.out(requestText(request));
	if (call.has('subject')) call.io.out(`subject=${nameText(request.subject)}\n`);
	if (call.has('pubkey')) call.io.out(pem('PUBLIC KEY', request.publicKey));
	return finish(call, 'CERTIFICATE REQUEST', request.bytes);
}
