import {createHash, createHmac, type KeyObject, verify} from 'node:crypto';
import {FileError} from '../../../os/files.js';
import {textToBytes} from '../../../tls/raw-bytes.js';
import {signBytes} from '../../../tls/sign.js';
import {type Call, errorLine, type Tool} from './call.js';
import {digestTitle} from './digest-names.js';
import {loadKey, loadPublicKey} from './key-file.js';

export const dgst: Tool = {
	name: 'dgst',
	flags: 'hex r c binary',
	values: 'out sign verify prverify signature hmac passin',
	refused: 'mac macopt list keyform xoflen d debug non-fips-allow rand writerand engine provider',
	takesDigest: true,
	*run(call) {
		const digest = call.digest ?? 'sha256';
		const key = keyOf(call);
		if (typeof key === 'number') return key;
		let status = 0;
		for (const file of call.rest.length > 0 ? call.rest : [undefined]) {
			const bytes = content(call, file);
			const own =
				bytes === undefined
					? 1
					: call.has('verify') || call.has('prverify')
						? check(call, digest, key!, bytes)
						: show(call, digest, key, bytes, file);
			if (own !== 0) status = own;
		}

		return status;
	},
};

/** Of -sign, -verify or -prverify; a number is the exit status. */
function keyOf(call: Call): KeyObject | number | undefined {
	const [sign, verify, both] = ['sign', 'verify', 'prverify'].map(option => call.value(option));
	if (verify !== undefined) return loadPublicKey(call, verify);
	return sign === undefined && both === undefined ? undefined : loadKey(call, sign ?? both);
}

function content(call: Call, file: string | undefined): Uint8Array | undefined {
	if (file === undefined) return textToBytes(call.io.stdin);
	try {
		return call.io.machine.files.readBytes(call.io.path(file));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		call.fail(
			`${file}: ${error.message}`,
			errorLine(`80000002:system library:file_ctrl:${error.message}:crypto/bio/bss_file.c:297:calling fopen(${file}, r)`),
			errorLine('10080002:BIO routines:file_ctrl:system lib:crypto/bio/bss_file.c:300:'),
		);
		return undefined;
	}
}

function show(call: Call, digest: string, key: KeyObject | undefined, bytes: Uint8Array, file: string | undefined): number {
	const secret = call.value('hmac');
	const result = key
		? signBytes(key, digest, bytes)
		: secret === undefined
			? createHash(digest).update(bytes).digest()
			: createHmac(digest, secret).update(bytes).digest();
	const hex = Buffer.from(result).toString('hex');
	if (call.has('binary') || (key && !call.has('hex'))) return call.write(result, call.value('out')) ? 0 : 1;
	if (call.has('r')) return call.write(`${hex} *${file ?? 'stdin'}\n`, call.value('out')) ? 0 : 1;
	const title = key
		? `${key.asymmetricKeyType!.toUpperCase()}-${digestTitle(digest)}`
		: secret === undefined
			? digestTitle(digest)
			: `HMAC-${digestTitle(digest)}`;
	const shown = call.has('c') ? hex.replace(/..(?!$)/g, '$&:') : hex;
	return call.write(`${title}(${file ?? 'stdin'})= ${shown}\n`, call.value('out')) ? 0 : 1;
}

function check(call: Call, digest: string, key: KeyObject, bytes: Uint8Array): number {
	const file = call.value('signature');
	if (file === undefined) return call.fail('No signature to verify: use the -signature option');
	const signature = call.readBytes(file, 'signature');
	if (signature === undefined) return call.fail(`Error opening signature file ${file}`);
	let isGood = false;
	try {
		isGood = verify(key.asymmetricKeyType === 'ed25519' ? null : digest, bytes, key, signature);
	} catch {
		// Of another length than the key makes.
	}

	call.io.out(isGood ? 'Verified OK\n' : 'Verification failure\n');
	return isGood ? 0 : 1;
}
