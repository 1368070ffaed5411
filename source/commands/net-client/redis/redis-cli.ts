import type {Connection} from '../../../net/netstack.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {connectErrors} from '../curl/transfer.js';
import {refuse} from '../refuse.js';
import {resolve, resolveErrors} from '../resolve/resolve.js';
import {raw, readReply, shown} from './reply.js';

interface Wanted {
	readonly host: string;
	readonly port: number;
	readonly words: readonly string[];
	readonly raw: boolean;
	readonly refused?: string;
}

const values: Readonly<Record<string, string>> = {'-h': 'host', '-p': 'port', '-n': 'database'};

/** Options end at the first word that is none. */
function wantedOf(io: Io<Machine>): Wanted {
	const words = [...io.argv.slice(1)];
	const given: Record<string, string> = {};
	let isRaw = !io.stdoutIsTerminal;
	while (words[0]?.startsWith('-')) {
		const option = words.shift()!;
		if (option === '--raw' || option === '--no-raw') isRaw = option === '--raw';
		else if (Object.hasOwn(values, option)) given[values[option]!] = words.shift() ?? '';
		else return {host: '', port: 0, words, raw: isRaw, refused: option};
	}

	return {host: given['host'] ?? '127.0.0.1', port: Number(given['port'] ?? 6379), words, raw: isRaw};
}

const request = (words: readonly string[]) => `*${words.length}\r\n${words.map(word => `$${word.length}\r\n${word}\r\n`).join('')}`;

/** Words of a line, with quotes as redis-cli reads them. */
const split = (line: string): string[] =>
	[...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(match => match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? match[3]!);

function* ask(io: Io<Machine>, connection: Connection, words: readonly string[], isRaw: boolean): Run {
	const reply = readReply(connection.exchange(request(words)).bytes);
	if (!reply) {
		io.err('Error: Server closed the connection\n');
		return 1;
	}

	io.out(isRaw ? raw(reply) : shown(reply));
	return 0;
}

function* run(io: Io<Machine>): Run {
	const {host, port, words, raw: isRaw, refused} = wantedOf(io);
	if (refused) return refuse(io, `redis-cli ${refused}`);
	const found = yield* resolve(io.machine, host);
	const failed = (why: string) => {
		io.err(`Could not connect to Redis at ${host}:${port}: ${why}\n`);
		return 1;
	};
	if ('error' in found) return failed(resolveErrors[found.error]);
	const connection = io.machine.stack.connect(found.addresses[0]!, port);
	const {outcome} = connection;
	if (outcome.kind !== 'connected') {
		if (outcome.kind === 'timeout') yield {sleepMs: 130_000};
		return failed(connectErrors(outcome));
	}

	let status = 0;
	if (words.length > 0) status = yield* ask(io, connection, words, isRaw);
	for (; words.length === 0; ) {
		if (io.stdinIsTerminal) io.out(`${host}:${port}> `);
		const line: string | undefined = yield {read: 'line'};
		if (line === undefined || /^\s*(quit|exit)\s*$/i.test(line)) break;
		if (line.trim() !== '') status = yield* ask(io, connection, split(line), isRaw);
		if (status !== 0) break;
	}

	connection.close();
	return status;
}

const redisCli: Command<Machine> = {name: 'redis-cli', summary: 'talk to a redis server', path: '/bin/redis-cli', run};

export default redisCli;
