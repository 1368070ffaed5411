import {createHash} from 'node:crypto';
import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {toBytes} from '../../shell/run/stream.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';

const long = {
	binary: '=b',
	check: '=c',
	text: '=t',
	zero: '=z',
	warn: '=w',
	tag: 'flag',
	'ignore-missing': 'flag',
	quiet: 'flag',
	status: 'flag',
	strict: 'flag',
} as const;

type Steps<T> = Generator<any, T, any>;

const sum = (algorithm: string): Command<Machine> => ({
	name: `${algorithm}sum`,
	summary: `print or check ${algorithm.toUpperCase()} checksums`,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'bctzw', long});
		if (args.problem) return refuse(io, args.problem);
		const names = args.operands.length > 0 ? args.operands : ['-'];
		let status = 0;
		for (const name of names) {
			const done: boolean = args.has('c') ? yield* check(io, algorithm, name, args) : yield* print(io, algorithm, name, args);
			if (!done) status = 1;
		}

		return status;
	},
});

function* print(io: Io<Machine>, algorithm: string, name: string, args: Arguments): Steps<boolean> {
	const digest: string | undefined = yield* digestOf(io, algorithm, name);
	if (digest === undefined) return false;
	const line = args.has('tag') ? `${algorithm.toUpperCase()} (${name}) = ${digest}` : `${digest} ${args.has('b') ? '*' : ' '}${name}`;
	io.out(line + (args.has('z') ? '\0' : '\n'));
	return true;
}

/** Reads a list of sums, and tells what became of each file. */
function* check(io: Io<Machine>, algorithm: string, list: string, args: Arguments): Steps<boolean> {
	const tool = io.argv[0]!;
	const bytes: Uint8Array | undefined = yield* contentOf(io, list);
	if (!bytes) return false;
	const lines = new TextDecoder()
		.decode(bytes)
		.split('\n')
		.filter(line => line !== '');
	const entries = lines.flatMap(line => entry(line, algorithm) ?? []);
	if (entries.length === 0) {
		io.err(`${tool}: ${list === '-' ? "'standard input'" : list}: no properly formatted checksum lines found\n`);
		return false;
	}

	let [unread, different, matched] = [0, 0, 0];
	for (const {name, digest} of entries) {
		if (args.has('ignore-missing') && !io.machine.files.exists(io.path(name))) continue;
		const found: string | undefined = yield* digestOf(io, algorithm, name);
		const good = found === digest.toLowerCase();
		if (found === undefined) unread++;
		else if (good) matched++;
		else different++;
		const word = found === undefined ? 'FAILED open or read' : good ? 'OK' : 'FAILED';
		if (!args.has('status') && !(good && args.has('quiet'))) io.out(`${name}: ${word}\n`);
	}

	const warn = (count: number, one: string, many: string) => {
		if (count > 0 && !args.has('status')) io.err(`${tool}: WARNING: ${count} ${count === 1 ? one : many}\n`);
	};
	const misformed = lines.length - entries.length;
	warn(misformed, 'line is improperly formatted', 'lines are improperly formatted');
	warn(unread, 'listed file could not be read', 'listed files could not be read');
	warn(different, 'computed checksum did NOT match', 'computed checksums did NOT match');
	if (args.has('ignore-missing') && matched === 0) io.err(`${tool}: ${list}: no file was verified\n`);
	return unread === 0 && different === 0 && matched > 0 && !(args.has('strict') && misformed > 0);
}

/** `<digest>  name`, or BSD's `SHA256 (name) = <digest>`. */
function entry(line: string, algorithm: string): {readonly name: string; readonly digest: string} | undefined {
	const digits = createHash(algorithm).digest('hex').length;
	const plain = /^\\?([\da-fA-F]+) [ *](.+)$/.exec(line);
	const tagged = /^(\w+) \((.+)\) = ([\da-fA-F]+)$/.exec(line);
	if (plain && plain[1]!.length === digits) return {name: plain[2]!, digest: plain[1]!};
	return tagged && tagged[1] === algorithm.toUpperCase() && tagged[3]!.length === digits
		? {name: tagged[2]!, digest: tagged[3]!}
		: undefined;
}

function* digestOf(io: Io<Machine>, algorithm: string, name: string): Steps<string | undefined> {
	const bytes: Uint8Array | undefined = yield* contentOf(io, name);
	return bytes && createHash(algorithm).update(bytes).digest('hex');
}

function* contentOf(io: Io<Machine>, name: string): Steps<Uint8Array | undefined> {
	if (name === '-') return toBytes(yield {read: 'all'});
	try {
		return io.machine.files.readBytes(io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`${io.argv[0]}: ${name}: ${error.message}\n`);
		return undefined;
	}
}

export default ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(sum);
