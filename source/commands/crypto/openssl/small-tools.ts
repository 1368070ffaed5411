import {createHash} from 'node:crypto';
import {FileError} from '../../../os/files.js';
import {base64Lines} from '../../../tls/pem.js';
import {md5Crypt, shaCrypt} from '../../../tls/password.js';
import {type Call, digests, errorLine, refuse, type Tool} from './call.js';
import {digestTitle} from './digest-names.js';

export const versionText = 'OpenSSL 3.2.2 4 Jun 2024 (Library: OpenSSL 3.2.2 4 Jun 2024)\n';

export const version: Tool = {
	name: 'version',
	flags: 'v',
	refused: 'a b c d e f m o p r',
	*run(call) {
		call.io.out(versionText);
		return 0;
	},
};

const bytesDrawn = (call: Call, count: number) => Uint8Array.from({length: count}, () => call.draw(256));

export const rand: Tool = {
	name: 'rand',
	flags: 'hex base64',
	values: 'out',
	refused: 'rand writerand engine',
	*run(call) {
		const count = call.rest[0] ?? '';
		if (!/^\d+$/.test(count))
			return call.fail(count === '' ? 'rand: Use -help for summary.' : `rand: Value must be a positive number: ${count}`);
		const bytes = bytesDrawn(call, Number(count));
		if (!call.has('hex') && !call.has('base64')) return refuse(call.io, 'openssl rand of raw bytes (use -hex or -base64)');
		return call.write(call.has('hex') ? `${Buffer.from(bytes).toString('hex')}\n` : base64Lines(bytes), call.value('out')) ? 0 : 1;
	},
};

export const dgst: Tool = {
	name: 'dgst',
	flags: 'hex r c',
	values: 'out',
	refused: 'binary sign verify prverify signature hmac mac macopt list passin keyform xoflen',
	takesDigest: true,
	*run(call) {
		const digest = call.digest ?? 'sha256';
		let status = 0;
		for (const file of call.rest.length > 0 ? call.rest : [undefined]) {
			let bytes: Uint8Array;
			try {
				bytes = file === undefined ? Buffer.from(call.io.stdin) : call.io.machine.files.readBytes(call.io.path(file));
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				status = call.fail(
					`${file}: ${error.message}`,
					errorLine(`80000002:system library:file_ctrl:${error.message}:crypto/bio/bss_file.c:297:calling fopen(${file}, r)`),
					errorLine('10080002:BIO routines:file_ctrl:system lib:crypto/bio/bss_file.c:300:'),
				);
				continue;
			}

			const hex = createHash(digest).update(bytes).digest('hex');
			const shown = call.has('c') ? hex.replace(/..(?!$)/g, '$&:') : hex;
			call.write(
				call.has('r') ? `${hex} *${file ?? 'stdin'}\n` : `${digestTitle(digest)}(${file ?? 'stdin'})= ${shown}\n`,
				call.value('out'),
			);
		}

		return status;
	},
};

/** `openssl sha256` is `openssl dgst -sha256`. */
export const digestTools: readonly Tool[] = [...digests].map(name => ({
	...dgst,
	name,
	run: (call: Call) => dgst.run({...call, digest: name}),
}));

export const base64: Tool = {
	name: 'base64',
	flags: 'd e a A base64',
	values: 'in out',
	refused: 'k K iv S salt nosalt pbkdf2 iter pass kfile md p P debug',
	*run(call) {
		const {io} = call;
		const file = call.value('in');
		try {
			const bytes = file === undefined ? Buffer.from(io.stdin) : Buffer.from(io.machine.files.readBytes(io.path(file)));
			const encoded = call.has('A') ? bytes.toString('base64') : base64Lines(bytes);
			return call.write(call.has('d') ? Buffer.from(bytes.toString('latin1'), 'base64').toString('utf8') : encoded, call.value('out'))
				? 0
				: 1;
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			return call.fail(
				`Can't open "${file}" for reading, ${error.message}`,
				errorLine(`80000002:system library:BIO_new_file:${error.message}:crypto/bio/bss_file.c:67:calling fopen(${file}, r)`),
				errorLine('10000080:BIO routines:BIO_new_file:no such file:crypto/bio/bss_file.c:75:'),
			);
		}
	},
};

export const enc: Tool = {
	...base64,
	name: 'enc',
	refused: `${base64.refused} aes-128-cbc aes-256-cbc aes-192-cbc des3 none ciphers`,
	run: call => (call.has('base64') || call.has('a') || call.has('A') ? base64.run(call) : refused(call)),
};

function* refused(call: Call) {
	return refuse(call.io, 'openssl enc with a cipher');
}

export const saltAlphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const passwd: Tool = {
	name: 'passwd',
	flags: 'apr1 1 5 6 stdin noverify quiet',
	values: 'salt',
	refused: 'in table reverse aixmd5 crypt',
	*run(call) {
		const words = call.has('stdin') ? call.io.stdin.replace(/\n$/, '').split('\n') : [...call.rest];
		if (words.length === 0) {
			for (const prompt of ['Password: ', 'Verifying - Password: ']) {
				call.io.err(prompt);
				const line: string | undefined = yield {read: 'line'};
				call.io.err('\n');
				if (words.length > 0 && words[0] !== line) return call.fail('Verify failure');
				words[0] = line ?? '';
			}
		}

		const sha = call.has('6') ? '6' : call.has('5') ? '5' : undefined;
		for (const word of words) {
			const salt = call.value('salt') ?? Array.from({length: sha ? 16 : 8}, () => saltAlphabet[call.draw(64)]).join('');
			call.io.out(`${sha ? shaCrypt(word, salt, sha) : md5Crypt(word, salt, call.has('apr1') ? 'apr1' : '1')}\n`);
		}

		return 0;
	},
};
