import {FileError} from '../../../os/files.js';
import {base64Lines} from '../../../tls/pem.js';
import {textToBytes} from '../../../tls/raw-bytes.js';
import {md5Crypt, shaCrypt} from '../../../tls/password.js';
import {type Call, digests, errorLine, refuse, type Tool} from './call.js';
import {dgst} from './dgst.js';

export const versionText = 'OpenSSL 3.2.2 4 Jun 2024 (Library: OpenSSL 3.2.2 4 Jun 2024)\n';

/** By option, in the order of `-a`. RHEL 9's build. */
const versionFacts: ReadonlyArray<readonly [option: string, text: string]> = [
	['v', versionText],
	['b', 'built on: Wed Nov 13 00:00:00 2024 UTC\n'],
	['p', 'platform: linux-x86_64\n'],
	['o', 'options:  bn(64,64)\n'],
	[
		'f',
		'compiler: gcc -fPIC -pthread -m64 -Wa,--noexecstack -O2 -flto=auto -ffat-lto-objects -fexceptions -g -grecord-gcc-switches -pipe -Wall\n',
	],
	['d', 'OPENSSLDIR: "/etc/pki/tls"\n'],
	['e', 'ENGINESDIR: "/usr/lib64/engines-3"\n'],
	['m', 'MODULESDIR: "/usr/lib64/ossl-modules"\n'],
	['r', 'Seeding source: os-specific\n'],
	['c', 'CPUINFO: OPENSSL_ia32cap=0xfffa3203578bffff:0x7a9\n'],
];

export const version: Tool = {
	name: 'version',
	flags: 'a v b p o f d e m r c',
	*run(call) {
		if (call.rest.length > 0) return call.fail(`Extra option: "${call.rest[0]}"`, 'version: Use -help for summary.');
		const asked = versionFacts.filter(([option]) => call.has('a') || call.has(option));
		for (const [, text] of asked.length > 0 ? asked : [versionFacts[0]!]) call.io.out(text);
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
			return count === ''
				? call.fail('rand: Use -help for summary.')
				: call.fail(`rand: Can't parse "${count}" as a number`, 'rand: Use -help for summary.');
		const bytes = bytesDrawn(call, Number(count));
		if (!call.has('hex') && !call.has('base64')) return call.write(bytes, call.value('out')) ? 0 : 1;
		return call.write(call.has('hex') ? `${Buffer.from(bytes).toString('hex')}\n` : base64Lines(bytes), call.value('out')) ? 0 : 1;
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
			const bytes = file === undefined ? Buffer.from(textToBytes(io.stdin)) : Buffer.from(io.machine.files.readBytes(io.path(file)));
			const encoded = call.has('A') ? bytes.toString('base64') : base64Lines(bytes);
			return call.write(call.has('d') ? Buffer.from(bytes.toString('latin1'), 'base64') : encoded, call.value('out')) ? 0 : 1;
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
