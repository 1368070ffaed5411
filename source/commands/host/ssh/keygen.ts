import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Effect, Io} from '../../../shell/command.js';
import {generateSshKey, publicOfPrivate, readBlob, sha256, type SshKeyType} from '../../../tls/ssh-key.js';
import {type Arguments, notSimulated, parseArguments} from '../arguments.js';
import {randomart} from './randomart.js';

/** Sizes: what is made unless another is asked for, and what may be. */
const sizes: Readonly<Record<SshKeyType, {readonly usual: number; readonly fits: (bits: number) => string | undefined}>> = {
	rsa: {
		usual: 3072,
		fits: bits =>
			bits < 1024
				? 'Invalid RSA key length: minimum is 1024 bits'
				: bits > 16_384
					? 'Invalid RSA key length: maximum is 16384 bits'
					: undefined,
	},
	ecdsa: {
		usual: 256,
		fits: bits => ([256, 384, 521].includes(bits) ? undefined : 'Invalid ECDSA key length: valid lengths are 256, 384 or 521 bits'),
	},
	ed25519: {usual: 256, fits: () => undefined},
};

export const keygen: Command<Machine> = {
	name: 'ssh-keygen',
	summary: 'make and describe keys of ssh',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'qlyvBAHLpceis', values: 'tbfNCERFPmaOVnDIMSUWYZrwxz'});
		if (args.problem) {
			io.err(`${args.problem}\nusage: ssh-keygen [-q] [-a rounds] [-b bits] [-C comment] [-f output_keyfile] [-m format]\n`);
			return 1;
		}

		const lacking = [...'BAHLpceisRFPmaOVnDIMSUWYZrwxz'].find(letter => args.has(letter));
		if (lacking) return notSimulated(io, `ssh-keygen -${lacking}`);
		if (args.has('l')) return describe(io, args);
		return args.has('y') ? printPublic(io, args) : yield* make(io, args);
	},
};

function* ask(io: Io<Machine>, question: string): Generator<Effect, string, unknown> {
	io.err(question);
	const line = (yield {read: 'line'}) as string | undefined;
	return (line ?? '').replace(/\n$/, '');
}

function* make(io: Io<Machine>, args: Arguments): Generator<Effect, number, unknown> {
	const type = (args.value('t') ?? 'rsa') as SshKeyType;
	const fail = (text: string) => {
		io.err(`${text}\n`);
		return 255;
	};
	if (!Object.hasOwn(sizes, type)) return fail(`unknown key type ${type}`);
	const bits = type === 'ed25519' ? 256 : Number(args.value('b') ?? sizes[type].usual);
	const wrong = sizes[type].fits(bits);
	if (wrong) return fail(wrong);
	const say = (text: string) => {
		if (!args.has('q')) io.out(text);
	};
	say(`Generating public/private ${type} key pair.\n`);
	const usual = `${io.env['HOME'] ?? '/root'}/.ssh/id_${type}`;
	const name = args.value('f') ?? ((yield* ask(io, `Enter file in which to save the key (${usual}): `)) || usual);
	const path = io.path(name);
	const {files} = io.machine;
	if (files.exists(path)) {
		io.out(`${name} already exists.\n`);
		if (!/^y/i.test(yield* ask(io, 'Overwrite (y/n)? '))) return 1;
	}

	const phrase = args.value('N') ?? (yield* ask(io, 'Enter passphrase (empty for no passphrase): '));
	if (args.value('N') === undefined && (yield* ask(io, 'Enter same passphrase again: ')) !== phrase)
		return fail('Passphrases do not match.  Try again.');
	if (phrase !== '') return notSimulated(io, 'ssh-keygen with a passphrase');
	const comment = args.value('C') ?? `${io.machine.user}@${io.machine.hostname}`;
	const random = io.machine.sim.random.fork(`ssh-keygen/${io.machine.name}`);
	const key = generateSshKey(type, bits, comment, below => random.int(below));
	try {
		files.write(path, key.privateText, {mode: 0o600});
		files.write(`${path}.pub`, `${key.algorithm} ${Buffer.from(key.blob).toString('base64')} ${comment}\n`, {mode: 0o644});
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return fail(`Saving key "${name}" failed: No such file or directory`);
	}

	const digest = sha256(key.blob);
	say(
		`Your identification has been saved in ${name}\nYour public key has been saved in ${name}.pub\nThe key fingerprint is:\n` +
			`${fingerprint(digest)} ${comment}\nThe key's randomart image is:\n${randomart(digest, `${key.type} ${key.bits}`, 'SHA256')}`,
	);
	return 0;
}

const fingerprint = (digest: Uint8Array): string => `SHA256:${Buffer.from(digest).toString('base64').replace(/=+$/, '')}`;

interface Held {
	readonly blob: Uint8Array;
	readonly comment: string;
}

/** The keys of a file: a private one, or one public line after the other. */
function keysIn(text: string): readonly Held[] {
	const own = publicOfPrivate(text);
	if (own) return [own];
	return text.split('\n').flatMap(line => {
		const [, base64, comment] = /(?:^|\s)(?:ssh-\S+|ecdsa-\S+) (AAAA[\w+/=]+)(?: (.*))?$/.exec(line) ?? [];
		return base64 === undefined ? [] : [{blob: Buffer.from(base64, 'base64'), comment: comment || 'no comment'}];
	});
}

function read(io: Io<Machine>, args: Arguments): {readonly name: string; readonly text: string} | undefined {
	const name = args.value('f') ?? `${io.env['HOME'] ?? '/root'}/.ssh/id_rsa`;
	const path = io.path(name);
	return io.machine.files.exists(path) ? {name, text: io.machine.files.readText(path)} : undefined;
}

function describe(io: Io<Machine>, args: Arguments): number {
	const file = read(io, args);
	const keys = file && keysIn(file.text);
	if (!keys || keys.length === 0) {
		io.err(
			file
				? `${file.name} is not a public key file.\n`
				: `ssh-keygen: ${args.value('f') ?? '/root/.ssh/id_rsa'}: No such file or directory\n`,
		);
		return 255;
	}

	for (const {blob, comment} of keys) {
		const {type, bits} = readBlob(blob);
		const digest = sha256(blob);
		io.out(`${bits} ${fingerprint(digest)} ${comment} (${type})\n`);
		if (args.has('v')) io.out(randomart(digest, `${type} ${bits}`, 'SHA256'));
	}

	return 0;
}

function printPublic(io: Io<Machine>, args: Arguments): number {
	const file = read(io, args);
	const own = file && publicOfPrivate(file.text);
	if (!own) {
		io.err(
			file ? `Load key "${file.name}": error in libcrypto\n` : `${args.value('f') ?? '/root/.ssh/id_rsa'}: No such file or directory\n`,
		);
		return 255;
	}

	io.out(`${readBlob(own.blob).algorithm} ${Buffer.from(own.blob).toString('base64')} ${own.comment}\n`);
	return 0;
}
