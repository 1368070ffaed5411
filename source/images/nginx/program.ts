import type {Program, ProgramContext} from '../../node/program/program.js';
import {type HttpAnswer, sendAnswer} from '../http/answer.js';
import {checkCertificates, open} from './connection/secure.js';
import {ConfigurationError, notSimulated, readConfiguration} from './config/configuration.js';
import {runEntrypoint} from './master/entrypoint.js';
import {logAccess, note} from './log/log.js';
import {dropPartial, keepPartial, type Partials} from './connection/partial.js';
import {hostName, readHead, type Refusal, unreadRequest, wholeBody} from './connection/request-head.js';
import {special} from './answer/answers.js';
import {createExchange, type Exchange, levelsOf, type Scripts} from './request/exchange.js';
import {answerRequest} from './request/request.js';
import {findServer, type ServerTable, serverTable} from './config/server-table.js';
import {leave} from './connection/tls-record.js';
import {makeWorkFolders, userWarning, writePidFile} from './master/work-folders.js';
import {versionOf} from './master/version.js';
import {startLines, startWorkers} from './master/workers.js';

const configurationPath = '/etc/nginx/nginx.conf';
/** Parsed tables by the text that they were read from: configuration is files, so this is only a cache. */
const tables = new WeakMap<object, ServerTable>();

/** nginx: configuration and pages are the container's files. `scripts`: functions of njs modules that its image carries. */
export const nginxProgram = (name: string, scripts: Scripts = {}): Program => ({
	name,
	start(context) {
		if (nginxTool(context)) return;
		const status = context.machine.processes.get(context.pid)?.wrapper ? runEntrypoint(context) : 0;
		if (status !== 0) return context.exit(status);
		load(context, true);
	},
	serve(context: ProgramContext<Memory | undefined>, {bytes: received, peer, local}) {
		const table = current(context);
		const opened = open(context.machine.files, table, local, received);
		const connection = `${peer.address}:${peer.port}`;
		if ('hello' in opened) {
			const {hello, serverName} = opened;
			if (context.memory) context.memory = {...context.memory, greeted: keepPartial(context.memory.greeted ?? {}, connection, serverName)};
			return {bytes: hello, delayMs: 1, end: hello === '' ? 'closed' : 'open'};
		}

		const {seal, plainOnSecure} = opened;
		const {partial = {}} = context.memory ?? {};
		const bytes = (partial[connection] ?? '') + opened.bytes;
		const read = readHead(bytes);
		if ('incomplete' in read || ('request' in read && wholeBody(read.request) === undefined)) {
			if (context.memory) context.memory = {...context.memory, partial: keepPartial(partial, connection, bytes)};
			return {bytes: '', end: 'open'};
		}

		if (context.memory && connection in partial) context.memory = {...context.memory, partial: dropPartial(partial, connection)};
		const request = 'request' in read ? {...read.request, body: wholeBody(read.request)!} : unreadRequest(read.refused);
		const server = findServer(table, local.address, local.port, hostName(request.headers['host'] ?? ''));
		const serverName = context.memory?.greeted?.[connection];
		const exchange = createExchange({
			context,
			table,
			server: server ?? {listens: [], names: [], directives: [], locations: []},
			software: `nginx/${versionOf(context)}`,
			client: peer.address,
			port: local.port,
			secure: seal !== leave,
			...(serverName !== undefined && {serverName}),
			scripts,
			request,
		});
		const answer = plainOnSecure
			? special(exchange, 400, levelsOf(exchange), wrongPort)
			: 'refused' in read
				? refuse(exchange, read.refused)
				: answerRequest(exchange);
		logAccess(exchange, answer);
		const sent = sendAnswer('request' in read && !plainOnSecure ? request : undefined, answer);
		return {...sent, bytes: seal(sent.bytes)};
	},
	signal(context, signal) {
		if (signal === 'SIGHUP') return load(context, false);
		if (signal === 'SIGWINCH' || signal === 'SIGUSR1' || signal === 'SIGUSR2') return;
		const {directives = []} = (context.memory ?? {}) as Partial<Memory>;
		const gently = signal === 'SIGQUIT';
		note(context, directives, 'notice', `signal ${gently ? '3 (SIGQUIT) received, shutting down' : '15 (SIGTERM) received, exiting'}`);
		note(context, directives, 'notice', 'exit');
		context.exit(0);
	},
});

/** nginx as the official image runs it. */
export const nginx = nginxProgram('nginx');

/** `nginx -s reload`, `-t`, `-v`: asks, tells, and ends; false when it is to serve. */
function nginxTool(context: ProgramContext): boolean {
	const {argv, machine} = context;
	const end = (code: number, text = '') => {
		if (text) context.log(text, 'stderr');
		context.exit(code);
		return true;
	};
	if (argv.includes('-v') || argv.includes('-V')) return end(0, `nginx version: nginx/${versionOf(context)}`);
	if (argv.includes('-t')) {
		try {
			checkCertificates(machine.files, serverTable(readConfiguration(machine.files, configurationPath)));
			return end(
				0,
				`nginx: the configuration file ${configurationPath} syntax is ok\nnginx: configuration file ${configurationPath} test is successful`,
			);
		} catch (error) {
			if (!(error instanceof ConfigurationError)) throw error;
			return end(1, `nginx: [emerg] ${error.message}\nnginx: configuration file ${configurationPath} test failed`);
		}
	}

	const order = argv[argv.indexOf('-s') + 1];
	if (!argv.includes('-s') || order === undefined) return false;
	const signal = {stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1'}[order];
	if (!signal) return end(1, `nginx: invalid option: "-s ${order}"`);
	const master = machine.processes
		.list()
		.find(process => process.container === machine.container && process.program.startsWith('nginx') && process.pid !== context.pid);
	if (!master) return end(1, `nginx: [error] invalid PID number "" in "/run/nginx.pid"`);
	const {directives = []} = (master.memory ?? {}) as Partial<Memory>;
	note(context, directives, 'notice', 'signal process started');
	const {world, host} = machine;
	context.exit(0);
	world.runtime(host).signalProcess(master.pid, signal);
	return true;
}

interface Memory {
	/** The configuration in force: it stays when a reload fails. */
	readonly directives: ReturnType<typeof readConfiguration>;
	readonly ports: readonly string[];
	/** Where the rounds of the upstream groups stand. */
	readonly turns?: Readonly<Record<string, number>>;
	readonly partial?: Partials;
	/** Names of the handshakes, by connection: the last ones. */
	readonly greeted?: Partials;
}

function load(context: ProgramContext<Memory | undefined>, first: boolean): void {
	const {machine} = context;
	try {
		const directives = readConfiguration(machine.files, configurationPath);
		for (const name of new Set(notSimulated(directives))) machine.sim.notes.notSimulated(`nginx directive ${name}`);
		const table = serverTable(directives);
		const wanted = [...new Set(table.servers.flatMap(server => server.listens.map(each => `${each.address}:${each.port}`)))];
		checkCertificates(machine.files, table);
		const warning = first ? userWarning(context, directives) : undefined;
		if (warning) {
			note(context, directives, 'warn', warning);
			context.log(`nginx: [warn] ${warning}`, 'stderr');
		}

		if (first) makeWorkFolders(context);
		const before = context.memory?.ports ?? [];
		context.memory = {directives, ports: wanted};
		for (const place of wanted) {
			if (before.includes(place)) continue;
			const colon = place.lastIndexOf(':');
			try {
				context.listen('tcp', place.slice(0, colon), Number(place.slice(colon + 1)));
			} catch {
				throw new ConfigurationError(`bind() to ${place} failed (98: Address already in use)`);
			}
		}

		const say = (line: string) => note(context, directives, 'notice', line);
		for (const line of first ? startLines(context) : ['signal 1 (SIGHUP) received, reconfiguring', 'reconfiguring']) say(line);
		if (first) writePidFile(context, directives);
		startWorkers(context, directives, say);
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		note(context, context.memory?.directives ?? [], 'emerg', error.message);
		if (first) context.log(`nginx: [emerg] ${error.message}`, 'stderr');
		if (first) context.exit(1);
	}
}

function current(context: ProgramContext<Memory | undefined>): ServerTable {
	const directives = context.memory?.directives ?? [];
	let table = tables.get(directives);
	if (!table) tables.set(directives, (table = serverTable(directives)));
	return table;
}

const wrongPort = 'The plain HTTP request was sent to HTTPS port';

const refuse = (exchange: Exchange, {status}: Refusal): HttpAnswer =>
	status === 494
		? special(exchange, 400, levelsOf(exchange), 'Request Header Or Cookie Too Large')
		: special(exchange, status, levelsOf(exchange));
