import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Io} from '../../shell/command.js';
import {endlessBytes, isEndless} from '../../shell/run/endless.js';
import {fromBytes} from '../../shell/run/stream.js';
import {isBusybox} from '../net-client/flavour.js';

/** All of a file, or of standard input for `-`; what is typed is read to its end. Undefined when it cannot be read: that is said. */
export function* readInput(
	io: Io<Machine>,
	name: string,
	complain = (message: string) => (opensAloud(io) ? `can't open '${name}': ${message}` : `${name}: ${message}`),
): Generator<any, string | undefined, any> {
	if (name === '-') return yield* standardInput(io);
	try {
		// Bytes that are no text pass through unharmed.
		return fromBytes(readContent(io, io.path(name)));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`${io.argv[0]}: ${complain(error.message)}\n`);
		return undefined;
	}
}

/** Of a file without an end, its beginning. */
export const readContent = ({machine}: Io<Machine>, path: string): Uint8Array =>
	isEndless(path) ? endlessBytes(path, machine.sim.random.fork(path)) : machine.files.readBytes(path);

/** These of BusyBox say what they could not do. */
const opensAloud = ({argv, machine}: Io<Machine>): boolean =>
	/^(?:cat|tail|uniq|(?:md5|sha\d+)sum)$/.test(argv[0] ?? '') && isBusybox(machine, argv[0]!);

export function* standardInput(io: Io): Generator<any, string, any> {
	if (!io.stdinIsTerminal) return yield {read: 'all'};
	let text = '';
	for (let line: string | undefined = yield {read: 'line'}; line !== undefined; line = yield {read: 'line'}) text += `${line}\n`;
	return text;
}

/** Lines without their ends; a last one without an end is a line, too. */
export function linesOf(text: string, end = '\n'): string[] {
	const lines = text.split(end);
	if (lines.at(-1) === '') lines.pop();
	return lines;
}
