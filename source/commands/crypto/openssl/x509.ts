import {createHash, createPrivateKey, createPublicKey} from 'node:crypto';
import {type Certificate, certificatesIn, keyIdentifier, readCertificate, signCertificate, signedBy} from '../../../tls/certificate.js';
import {alternativeNames, type Extension, parseExtension} from '../../../tls/extensions.js';
import {nameHash, nameRfc2253, nameText} from '../../../tls/name.js';
import {objectIdNamed} from '../../../tls/object-ids.js';
import {pem, pemBlocks} from '../../../tls/pem.js';
import {publicHalf} from '../../../tls/private-key.js';
import {readRequest} from '../../../tls/request.js';
import {isForHost} from '../../../tls/verify.js';
import {certificateText, colons, extensionsText, serialHex, timeText} from '../../../tls/text.js';
import {type Call, errorLine, refuse, type Tool} from './call.js';
import {loadKey, writePem} from './key-file.js';
import {randomSerial} from './req.js';

const dayMs = 86_400_000;
const unsupported = errorLine('1608010C:STORE routines:ossl_store_handle_load_result:unsupported:crypto/store/store_result.c:151:');

/** Reads the first certificate of a file with openssl's complaints; a number is the exit status. */
export function loadCertificate(call: Call, file: string | undefined, what = 'certificate'): Certificate | number {
	const bytes = call.readBytes(file, what);
	if (bytes === undefined) return call.fail(`Unable to load ${what}`);
	const text = Buffer.from(bytes).toString('utf8');
	return (
		certificatesIn(text.includes('-----BEGIN') ? text : pem('CERTIFICATE', bytes))[0] ??
		call.fail(`Could not find ${what} from ${file === undefined || file === '-' ? '<stdin>' : file}`, unsupported, `Unable to load ${what}`)
	);
}

/** What `-noout` leaves, in the order in which the options stand. */
const printers: Readonly<Record<string, (certificate: Certificate, call: Call) => string>> = {
	text: certificate => certificateText(certificate),
	serial: ({serial}) => `serial=${serialHex(serial)}\n`,
	issuer: ({issuer}, call) => `issuer=${named(issuer, call)}\n`,
	subject: ({subject}, call) => `subject=${named(subject, call)}\n`,
	startdate: ({notBefore}) => `notBefore=${timeText(notBefore)}\n`,
	enddate: ({notAfter}) => `notAfter=${timeText(notAfter)}\n`,
	dates: ({notBefore, notAfter}) => `notBefore=${timeText(notBefore)}\nnotAfter=${timeText(notAfter)}\n`,
	fingerprint({bytes}, call) {
		const digest = call.digest ?? 'sha1';
		return `${call.digest ? digest : 'SHA1'} Fingerprint=${colons(createHash(digest).update(bytes).digest()).toUpperCase()}\n`;
	},
	hash: ({subject}) => `${nameHash(subject)}\n`,
	subject_hash: ({subject}) => `${nameHash(subject)}\n`,
	issuer_hash: ({issuer}) => `${nameHash(issuer)}\n`,
	email: certificate =>
		emailsOf(certificate)
			.map(each => `${each}\n`)
			.join(''),
	alias: () => '<No Alias>\n',
	ocsp_uri: () => '',
	pubkey: ({publicKey}) => pem('PUBLIC KEY', publicKey),
	modulus({publicKey}) {
		const key = createPublicKey({key: Buffer.from(publicKey), format: 'der', type: 'spki'}).export({format: 'jwk'});
		return key.n ? `Modulus=${Buffer.from(key.n, 'base64url').toString('hex').toUpperCase()}\n` : 'No modulus for this public key type\n';
	},
};

/** Said, but without consequence for the exit status. */
const checks: Readonly<Record<string, (certificate: Certificate, asked: string) => boolean>> = {
	checkhost: isForHost,
	checkip: isForHost,
	checkemail: (certificate, asked) => emailsOf(certificate).includes(asked),
};

const emailsOf = ({subject, extensions}: Certificate): readonly string[] => [
	...subject.filter(([id]) => id === objectIdNamed('emailAddress')).map(([, value]) => value),
	...(alternativeNames(extensions)?.emails ?? []),
];

const named = (name: Certificate['subject'], call: Call) =>
	/^rfc2253$/i.test(call.value('nameopt') ?? '') ? nameRfc2253(name) : nameText(name);

export const x509: Tool = {
	name: 'x509',
	flags: `noout req CAcreateserial ${Object.keys(printers).join(' ')}`,
	values:
		'in out days CA CAkey CAserial signkey key set_serial checkend ext nameopt passin inform outform extfile extensions checkhost checkemail checkip',
	refused: 'purpose certopt new subj force_pubkey trustout x509toreq copy_extensions',
	takesDigest: true,
	*run(call) {
		const certificate = call.has('req') ? signed(call) : loadCertificate(call, call.value('in'));
		if (typeof certificate === 'number') return certificate;
		for (const [option, print] of Object.entries(printers).sort(([a], [b]) => call.order(a) - call.order(b)))
			if (call.has(option)) call.io.out(print(certificate, call));
		const wanted = call
			.value('ext')
			?.split(',')
			.map(name => objectIdNamed(name));
		if (wanted) {
			const found = certificate.extensions.filter(each => wanted.includes(each.id));
			if (found.length > 0) call.io.out(extensionsText(found, 0));
			else
				call.io.err(certificate.extensions.length > 0 ? 'No extensions matching the requested names\n' : 'No extensions in certificate\n');
		}

		let status = 0;
		if (call.has('checkend')) {
			const ends = certificate.notAfter < call.io.machine.sim.clock.now() + Number(call.value('checkend')) * 1000;
			call.io.out(ends ? 'Certificate will expire\n' : 'Certificate will not expire\n');
			status = ends ? 1 : 0;
		}

		for (const [option, matches] of Object.entries(checks)) {
			const asked = call.value(option);
			if (asked === undefined) continue;
			const title = {checkhost: 'Hostname', checkip: 'IP', checkemail: 'Email'}[option];
			call.io.out(`${title} ${asked} does ${matches(certificate, asked) ? '' : 'NOT '}match certificate\n`);
		}

		return call.has('noout') || writePem(call, 'CERTIFICATE', certificate.bytes) === 0 ? status : 1;
	},
};

/** `-req`: makes a certificate of a request, signed by a CA or by the key itself. */
function signed(call: Call): Certificate | number {
	const {io} = call;
	const text = call.readText(call.value('in'), 'certificate request input');
	if (text === undefined) return 1;
	const block = pemBlocks(text).find(each => each.label.endsWith('CERTIFICATE REQUEST'));
	if (!block)
		return call.fail(
			'Unable to load certificate request input',
			errorLine('0480006C:PEM routines:get_name:no start line:crypto/pem/pem_lib.c:763:Expecting: CERTIFICATE REQUEST'),
		);
	const request = readRequest(block.bytes);
	if (!signedBy(request, request.publicKey)) return call.fail('Certificate request self-signature did not match the contents');
	io.err(`Certificate request self-signature ok\nsubject=${nameText(request.subject)}\n`);
	const own = call.value('signkey') ?? call.value('key');
	const authority = call.value('CA');
	if (own === undefined && authority === undefined)
		return call.fail('We need a private key to sign with, use -key or -CA or -CAkey with private key');
	const issuer = authority === undefined ? undefined : loadCertificate(call, authority, 'CA certificate');
	if (typeof issuer === 'number') return issuer;
	const key = loadKey(call, issuer ? (call.value('CAkey') ?? authority) : own, issuer ? 'CA private key' : 'private key');
	if (typeof key === 'number') return key;
	if (issuer && Buffer.compare(publicHalf(key), issuer.publicKey) !== 0)
		return call.fail(
			'CA certificate and CA private key do not match',
			errorLine('05800074:x509 certificate routines:X509_check_private_key:key values mismatch:crypto/x509/x509_cmp.c:408:'),
		);
	const identifiers = {subjectKey: keyIdentifier(request.publicKey), authorityKey: keyIdentifier(issuer?.publicKey ?? request.publicKey)};
	const extensions = extensionsOf(call, identifiers);
	if (typeof extensions === 'number') return extensions;
	const serial = serialOf(call, authority);
	if (typeof serial === 'number') return serial;
	const now = Math.floor(io.machine.sim.clock.now() / 1000) * 1000;
	const draft = {
		serial,
		issuer: issuer?.subject ?? request.subject,
		subject: request.subject,
		notBefore: now,
		notAfter: now + Number(call.value('days') ?? 30) * dayMs,
		publicKey: request.publicKey,
		extensions,
	};
	return readCertificate(signCertificate(draft, createPrivateKey(key.export({type: 'pkcs8', format: 'pem'})), call.digest));
}

/** Lines `name = value` of `-extfile`, from the start or from the section that `-extensions` names; then the two key identifiers. */
function extensionsOf(call: Call, identifiers: {subjectKey: Uint8Array; authorityKey: Uint8Array}): readonly Extension[] | number {
	const file = call.value('extfile');
	const found: Extension[] = [];
	if (file !== undefined) {
		const text = call.readText(file, 'extensions');
		if (text === undefined) return 1;
		const section = call.value('extensions');
		let here = section === undefined;
		for (const line of text.split('\n').map(each => each.replace(/#.*/, '').trim())) {
			const head = /^\[\s*(\S+)\s*\]$/.exec(line);
			if (head) here = head[1] === section;
			const equals = line.indexOf('=');
			if (!here || head || equals < 0) continue;
			const [name, value] = [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
			if (value.includes('@') || value.includes('$')) return refuse(call.io, `openssl configuration: ${line}`);
			try {
				found.push(parseExtension(name, value, identifiers));
			} catch (error) {
				return call.fail(
					`Error adding extensions from section ${section ?? 'default'}`,
					errorLine(
						`11000080:X509 V3 routines:X509V3_EXT_nconf_int:error in extension:crypto/x509/v3_conf.c:48:section=${section ?? 'default'}, name=${name}, value=${value} (${(error as Error).message})`,
					),
				);
			}
		}
	}

	const usual = [
		parseExtension('subjectKeyIdentifier', 'hash', identifiers),
		parseExtension('authorityKeyIdentifier', 'keyid', identifiers),
	];
	return [...found, ...usual.filter(each => found.every(({id}) => id !== each.id))];
}

/** `-CAcreateserial` keeps the next number beside the CA, as `ca.srl`. */
function serialOf(call: Call, authority: string | undefined): bigint | number {
	const given = call.value('set_serial');
	if (given !== undefined) return BigInt(given);
	if (authority === undefined || !(call.has('CAcreateserial') || call.has('CAserial'))) return randomSerial(call);
	const file = call.value('CAserial') ?? `${authority.replace(/\.[^./]*$/, '')}.srl`;
	const path = call.io.path(file);
	const {files} = call.io.machine;
	const serial = files.exists(path) ? BigInt(`0x${files.readText(path).trim()}`) + 1n : randomSerial(call);
	return call.write(`${serialHex(serial)}\n`, file) ? serial : 1;
}
