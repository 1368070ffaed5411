import {createHash} from 'node:crypto';
import type {Effect} from '../../../shell/command.js';
import {type Certificate, certificatesIn, readCertificate} from '../../../tls/certificate.js';
import {nameText} from '../../../tls/name.js';
import {pem} from '../../../tls/pem.js';
import {type Bag, readPkcs12, writePkcs12} from '../../../tls/pkcs12.js';
import {publicHalf} from '../../../tls/private-key.js';
import {encryptKey} from '../../../tls/pbes2.js';
import {type Call, errorLine, refuse, type Tool} from './call.js';
import {loadKey, secret} from './key-file.js';

export const pkcs12: Tool = {
	name: 'pkcs12',
	flags: 'export nokeys nocerts clcerts cacerts noout info nodes noenc nomacver chain aes256',
	values: 'in inkey out name certfile passin passout password CAfile',
	refused:
		'legacy twopass descert certpbe keypbe macalg iter noiter maciter nomaciter nomac keyex keysig CSP LMK CApath CAstore aes128 aes192 des des3 camellia128 camellia256 passcerts caname jdktrust provider',
	*run(call) {
		return call.has('export') ? yield* write(call) : yield* show(call);
	},
};

function* write(call: Call): Generator<Effect, number, any> {
	const file = call.value('in');
	const text = call.readText(file, 'certificates');
	if (text === undefined) return 1;
	const key = loadKey(call, call.value('inkey') ?? file, 'private key');
	if (typeof key === 'number') return key;
	const chain = certificatesIn(text);
	const own = chain.find(each => Buffer.compare(each.publicKey, publicHalf(key)) === 0);
	if (!own) return call.fail(`No cert in -in file '${file ?? '<stdin>'}' matches private key`);
	const more = call.value('certfile');
	const others = more === undefined ? [] : certificatesIn(call.readText(more, 'certificates from -certfile') ?? '');
	const password = yield* secret(call, ['passout', 'password'], 'Enter Export Password:', true);
	if (password === undefined) return call.fail("Can't read Password");
	const localKeyId = createHash('sha1').update(own.bytes).digest();
	const friendlyName = call.value('name');
	const mine = {localKeyId, ...(friendlyName && {friendlyName})};
	const bags: Bag[] = [
		{kind: 'certificate', bytes: own.bytes, ...mine},
		...[...chain.filter(each => each !== own), ...others].map(({bytes}): Bag => ({kind: 'certificate', bytes})),
		{kind: 'key', bytes: key.export({type: 'pkcs8', format: 'der'}), ...mine},
	];
	return call.write(writePkcs12(bags, password, call.draw), call.value('out'), 0o600) ? 0 : 1;
}

function* show(call: Call): Generator<Effect, number, any> {
	const bytes = call.readBytes(call.value('in'), 'PKCS12 file');
	if (bytes === undefined) return 1;
	const password = yield* secret(call, ['passin', 'password'], 'Enter Import Password:', false);
	if (password === undefined) return call.fail("Can't read Password");
	let bags: Bag[] | undefined;
	try {
		bags = readPkcs12(bytes, password);
	} catch (error) {
		if (error instanceof RangeError) return refuse(call.io, `openssl pkcs12: ${error.message}`);
		return call.fail(
			'Error reading PKCS#12 file',
			errorLine('068000A8:asn1 encoding routines:asn1_check_tlen:wrong tag:crypto/asn1/tasn_dec.c:1194:'),
		);
	}

	if (!bags) return call.fail('Mac verify error: invalid password?');
	if (call.has('info'))
		call.io.err(
			'MAC: sha256, Iteration 2048\nMAC length: 32, salt length: 8\nPKCS7 Encrypted data: PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256\nCertificate bag\nPKCS7 Data\nShrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256\n',
		);
	if (call.has('noout')) return 0;
	const isOpen = call.has('nodes') || call.has('noenc') || call.has('nokeys');
	const cover = isOpen ? '' : yield* secret(call, ['passout'], 'Enter PEM pass phrase:', true);
	if (cover === undefined) return call.fail('Error outputting keys and certificates');
	const shown = bags.filter(({kind, localKeyId}) =>
		kind === 'key'
			? !call.has('nokeys')
			: !call.has('nocerts') && !(call.has('clcerts') && !localKeyId) && !(call.has('cacerts') && localKeyId),
	);
	const text = shown.map(bag => (bag.kind === 'key' ? keyText(call, bag, isOpen ? undefined : cover) : certificateBag(bag))).join('');
	return call.write(text, call.value('out'), 0o600) ? 0 : 1;
}

function attributes({friendlyName, localKeyId}: Bag): string {
	if (friendlyName === undefined && !localKeyId) return 'Bag Attributes: <No Attributes>\n';
	const id = localKeyId && `    localKeyID: ${Buffer.from(localKeyId).toString('hex').toUpperCase().replace(/../g, '$& ')}\n`;
	return `Bag Attributes\n${friendlyName === undefined ? '' : `    friendlyName: ${friendlyName}\n`}${id ?? ''}`;
}

function certificateBag(bag: Bag): string {
	const {subject, issuer}: Certificate = readCertificate(bag.bytes);
	return `${attributes(bag)}subject=${nameText(subject)}\nissuer=${nameText(issuer)}\n${pem('CERTIFICATE', bag.bytes)}`;
}

function keyText(call: Call, bag: Bag, password: string | undefined): string {
	const head = `${attributes(bag)}Key Attributes: <No Attributes>\n`;
	if (password === undefined) return head + pem('PRIVATE KEY', bag.bytes);
	return head + pem('ENCRYPTED PRIVATE KEY', encryptKey(bag.bytes, password, call.draw));
}
