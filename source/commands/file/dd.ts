import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {bounded, fromBytes} from '../../shell/run/stream.js';
import {byteCount} from '../host/files/byte-count.js';
import {notSimulated} from '../host/arguments.js';
import {isBusybox} from '../net-client/flavour.js';

/** What is copied: bytes, or so many of nothing, which are only counted. */
type Data = Uint8Array | {readonly zeros: number};

const bytesPerMs = 1_500_000;
/** Random bytes have to be made one by one. */
const randomMax = 16 * 1024 * 1024;

const operands = new Set([
	'if',
	'of',
	'bs',
	'ibs',
	'obs',
	'cbs',
	'count',
	'skip',
	'iseek',
	'seek',
	'oseek',
	'conv',
	'iflag',
	'oflag',
	'status',
]);
const conversions = ['notrunc', 'sync', 'fsync', 'fdatasync', 'noerror', 'excl', 'nocreat', 'ucase', 'lcase', 'swab', 'sparse', 'none'];
const flags = [
	'append',
	'direct',
	'dsync',
	'sync',
	'fullblock',
	'nonblock',
	'noatime',
	'nocache',
	'noctty',
	'count_bytes',
	'skip_bytes',
	'seek_bytes',
];

export default {
	name: 'dd',
	summary: 'copy blocks of a file',
	*run(io) {
		const given = new Map<string, string>();
		for (const word of io.argv.slice(1)) {
			const [name = '', value] = [word.split('=')[0], word.slice(word.indexOf('=') + 1)];
			if (!word.includes('=') || !operands.has(name)) return wrong(io, `unrecognized operand ‘${word}’`);
			given.set(name, value);
		}

		const number = (name: string, otherwise: number) => (given.has(name) ? byteCount(given.get(name)!) : otherwise);
		const numbers = {
			bs: number('bs', 512),
			ibs: number('ibs', 512),
			count: number('count', Infinity),
			skip: number(given.has('iseek') ? 'iseek' : 'skip', 0),
			seek: number(given.has('oseek') ? 'oseek' : 'seek', 0),
		};
		for (const [name, value] of Object.entries(numbers)) {
			if (value === undefined) return wrong(io, `invalid number: ‘${given.get(name)}’`);
			if (value === 0 && name.endsWith('bs')) return wrong(io, `invalid number: ‘${given.get(name)}’`);
		}

		const list = (name: string) => (given.get(name) ?? '').split(',').filter(Boolean);
		const unknown = list('conv').find(word => !conversions.includes(word));
		if (unknown !== undefined) return wrong(io, `invalid conversion: ‘${unknown}’`);
		for (const name of ['iflag', 'oflag']) {
			const flag = list(name).find(word => !flags.includes(word));
			if (flag !== undefined) return wrong(io, `invalid ${name === 'iflag' ? 'input' : 'output'} flag: ‘${flag}’`);
		}

		if (list('conv').includes('swab')) return notSimulated(io, 'dd conv=swab');
		const {bs, ibs, count, skip, seek} = numbers as Record<string, number>;
		const block = given.has('bs') ? bs! : ibs!;
		const outBlock = given.has('bs') ? bs! : (number('obs', 512) ?? 512);
		const inFlags = list('iflag');
		const wanted = inFlags.includes('count_bytes') ? count! : count! * block;
		const source = read(io, given.get('if'), inFlags.includes('skip_bytes') ? skip! : skip! * block, wanted);
		if (typeof source === 'number') return source;
		const text = list('conv').includes('ucase') ? 'toUpperCase' : list('conv').includes('lcase') ? 'toLowerCase' : undefined;
		const data = text && source instanceof Uint8Array ? new TextEncoder().encode(new TextDecoder().decode(source)[text]()) : source;
		const length = lengthOf(data);
		const offset = list('oflag').includes('seek_bytes') ? seek! : seek! * outBlock;
		const written = write(io, given.get('of'), data, {
			offset,
			keep: list('conv').includes('notrunc'),
			append: list('oflag').includes('append'),
		});
		if (typeof written === 'number' && written < 0) return 1;
		yield {sleepMs: Math.ceil(length / bytesPerMs)};
		const problem = typeof written === 'object' ? written : undefined;
		if (problem) io.err(`dd: ${given.has('bs') ? 'error writing' : 'writing to'} '${given.get('of')}': ${problem.message}\n`);
		const done = problem ? problem.written : length;
		if (given.get('status') !== 'none')
			io.err(
				records(problem ? (Math.floor(done / block) + 1) * block : done, block) + records(done, outBlock, 'out', problem !== undefined),
			);
		if (!['none', 'noxfer'].includes(given.get('status') ?? '')) io.err(summary(io, done));
		return problem ? 1 : 0;
	},
} satisfies Command<Machine>;

const lengthOf = (data: Data): number => (data instanceof Uint8Array ? data.length : data.zeros);

/** What comes in, or the exit status of what went wrong. */
function read(io: Io<Machine>, name: string | undefined, skip: number, wanted: number): Data | number {
	if (name === undefined) return new TextEncoder().encode(io.stdin).subarray(skip, skip + Math.min(wanted, Number.MAX_SAFE_INTEGER));
	const path = io.path(name);
	if (path === '/dev/null') return new Uint8Array();
	if (path === '/dev/zero' || path === '/dev/urandom' || path === '/dev/random') {
		if (wanted === Infinity) return notSimulated(io, `dd if=${name} without count`);
		if (path === '/dev/zero') return {zeros: wanted};
		if (wanted > randomMax) return notSimulated(io, `dd of more than 16 MiB of random bytes`);
		const random = io.machine.sim.random.fork(`dd/${io.machine.name}`);
		return Uint8Array.from({length: wanted}, () => random.int(256));
	}

	const {files} = io.machine;
	try {
		const {type, size} = files.stat(path);
		if (type === 'device') return notSimulated(io, `dd if=${name}`);
		if (type === 'folder') throw new FileError('EISDIR', path);
		if (size > randomMax) return {zeros: Math.max(0, Math.min(size - skip, wanted))};
		return files.readBytes(path).subarray(skip, skip + Math.min(wanted, size));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(
			error.code === 'EISDIR' ? `dd: error reading '${name}': ${error.message}\n` : `dd: failed to open '${name}': ${error.message}\n`,
		);
		return 1;
	}
}

interface Full {
	readonly message: string;
	readonly written: number;
}

/** Undefined when all is written; -1 when nothing could be, which it has said; or how far it came before the disk was full. */
function write(
	io: Io<Machine>,
	name: string | undefined,
	data: Data,
	{offset, keep, append}: {readonly offset: number; readonly keep: boolean; readonly append: boolean},
): Full | -1 | undefined {
	if (name === undefined) {
		bounded(lengthOf(data), 'the output');
		io.out(data instanceof Uint8Array ? fromBytes(data) : '\0'.repeat(data.zeros));
		return undefined;
	}

	const path = io.path(name);
	const {files} = io.machine;
	try {
		const old = files.exists(path) ? files.stat(path) : undefined;
		if (old?.type === 'device') {
			if (path === '/dev/null') return undefined;
			if (path === '/dev/full') return {message: 'No space left on device', written: 0};
			notSimulated(io, `dd of=${name}`);
			return -1;
		}

		const at = append ? (old?.size ?? 0) : offset;
		const before = keep || append || at > 0 ? (old?.size ?? 0) : 0;
		if (!(keep || append) && old) files.truncate(path, Math.min(at, old.size));
		const room = files.free(path) + before;
		const length = Math.min(lengthOf(data), Math.max(0, room - at));
		place(io, path, data, at, length, Math.max(keep ? before : 0, at + length));
		return length < lengthOf(data) ? {message: 'No space left on device', written: length} : undefined;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`dd: failed to open '${name}': ${error.message}\n`);
		return -1;
	}
}

function place({machine: {files}}: Io<Machine>, path: string, data: Data, at: number, length: number, size: number): void {
	if (data instanceof Uint8Array && at === 0 && size === length) files.write(path, data.subarray(0, length));
	else files.truncate(path, size);
	if (!(data instanceof Uint8Array) || (at === 0 && size === length)) return;
	const whole = files.readBytes(path).slice();
	whole.set(data.subarray(0, length), at);
	files.write(path, whole);
}

function records(bytes: number, block: number, way = 'in', cut = false): string {
	const full = Math.floor(bytes / block);
	return `${full}+${!cut && bytes % block > 0 ? 1 : 0} records ${way}\n`;
}

/** BusyBox counts in units of 1024 and says so in one letter; GNU gives both. */
function summary(io: Io<Machine>, bytes: number): string {
	const seconds = Math.max(bytes / bytesPerMs / 1000, 0.000_064);
	const perSecond = bytes / seconds;
	if (isBusybox(io.machine, 'dd'))
		return `${bytes} bytes (${short(bytes, 1024)}B) copied, ${seconds.toFixed(6)} seconds, ${short(perSecond, 1024)}B/s\n`;
	const time = `copied, ${Number(seconds.toPrecision(6))} s, ${bytes === 0 ? '0.0 kB' : human(perSecond, 1000, 'B')}/s\n`;
	const sizes = [bytes >= 1000 && human(bytes, 1000, 'B'), bytes >= 1024 && human(bytes, 1024, 'iB')].filter(Boolean);
	return `${bytes} byte${bytes === 1 ? '' : 's'}${sizes.length > 0 ? ` (${sizes.join(', ')})` : ''} ${time}`;
}

function human(value: number, base: number, unit: string): string {
	const power = Math.min(5, Math.floor(Math.log(Math.max(value, 1)) / Math.log(base) + 1e-9));
	const scaled = value / base ** power;
	const letter = ['', base === 1000 ? 'k' : 'K', 'M', 'G', 'T', 'P'][power];
	return `${scaled < 10 && power > 0 ? scaled.toFixed(1) : String(Math.round(scaled))} ${letter}${power === 0 ? 'B' : unit}`;
}

function short(value: number, base: number): string {
	const power = Math.min(5, Math.floor(Math.log(Math.max(value, 1)) / Math.log(base) + 1e-9));
	return power === 0 ? String(Math.round(value)) : `${(value / base ** power).toFixed(1)}${'KMGTP'[power - 1]}`;
}

function wrong(io: Io<Machine>, problem: string): number {
	io.err(`dd: ${problem}\nTry 'dd --help' for more information.\n`);
	return 1;
}
