import type {Program, ProgramContext} from '../../node/program.js';
import {type HttpAnswer, sendAnswer} from '../http/answer.js';
import {toWire} from '../http/bytes.js';
import {checkCertificates, open} from './secure.js';
import {ConfigurationError, notSimulated, readConfiguration} from './configuration.js';
import {dropPartial, keepPartial, type Partials} from './partial.js';
import {hostName, readHead, type Refusal, unreadRequest, wholeBody} from './request-head.js';
import {answerRequest, type Exchange, special} from './request.js';
import {findServer, type Server, type ServerTable, serverTable} from './server-table.js';
import {accessTime, errorTime, escapeLog} from './times.js';
import {leave} from './tls-record.js';

const configurationPath = '/etc/nginx/nginx.conf';
/** Parsed tables by the text that they were read from: configuration is files, so this is only a cache. */
const tables = new WeakMap<object, ServerTable>();

/** nginx as the official image runs it: configuration and pages are the container's files. */
export const nginx: Program = {
	name: 'nginx',
	start(context) {
		if (nginxTool(context)) return;
		if (context.machine.container) entrypointLines(context);
		load(context, true);
	},
	serve(context: ProgramContext<Memory | undefined>, {bytes: received, peer, local}) {
		const table = current(context);
		const opened = open(context.machine.files, table, local, received);
		if ('hello' in opened) return {bytes: opened.hello, delayMs: 1, end: opened.hello === '' ? 'closed' : 'open'};
		const {seal, plainOnSecure} = opened;
		const connection = `${peer.address}:${peer.port}`;
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
		const exchange: Exchange = {
			context,
			table,
			server: server ?? {listens: [], names: [], directives: [], locations: []},
			software: `nginx/${versionOf(context)}`,
			client: peer.address,
			port: local.port,
			secure: seal !== leave,
			request,
		};
		const answer = plainOnSecure
			? special(exchange, 400, [], wrongPort)
			: 'refused' in read
				? refuse(exchange, read.refused)
				: answerRequest(exchange);
		logAccess(exchange, server, answer);
		const sent = sendAnswer('request' in read && !plainOnSecure ? request : undefined, answer);
		return {...sent, bytes: seal(sent.bytes)};
	},
	signal(context, signal) {
		if (signal === 'SIGHUP') return load(context, false);
		if (signal === 'SIGWINCH' || signal === 'SIGUSR1' || signal === 'SIGUSR2') return;
		notice(
			context,
			`signal ${signal === 'SIGQUIT' ? '3 (SIGQUIT)' : '15 (SIGTERM)'} received, ${signal === 'SIGQUIT' ? 'shutting down' : 'exiting'}`,
		);
		notice(context, 'exit');
		context.exit(0);
	},
};

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
		.find(
			process =>
				process.container === machine.container && ['nginx', 'nginx-myapp'].includes(process.program) && process.pid !== context.pid,
		);
	if (!master) return end(1, `nginx: [error] invalid PID number "" in "/run/nginx.pid"`);
	notice(context, 'signal process started');
	const {world, host} = machine;
	context.exit(0);
	world.runtime(host).signalProcess(master.pid, signal);
	return true;
}

interface Memory {
	/** The configuration in force: it stays when a reload fails. */
	readonly directives: ReturnType<typeof readConfiguration>;
	readonly ports: readonly string[];
	readonly turn?: number;
	readonly partial?: Partials;
}

function load(context: ProgramContext<Memory | undefined>, first: boolean): void {
	const {machine} = context;
	try {
		const directives = readConfiguration(machine.files, configurationPath);
		for (const name of new Set(notSimulated(directives))) machine.sim.notes.notSimulated(`nginx directive ${name}`);
		const table = serverTable(directives);
		const wanted = [...new Set(table.servers.flatMap(server => server.listens.map(each => `${each.address}:${each.port}`)))];
		checkCertificates(machine.files, table);
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

		if (first)
			for (const line of [
				'using the "epoll" event method',
				`nginx/${versionOf(context)}`,
				'built by gcc 12.2.0 (Debian 12.2.0-14)',
				'OS: Linux 5.14.0-570.12.1.el9_6.x86_64',
				'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
				'start worker processes',
				'start worker process 29',
				'start worker process 30',
			])
				notice(context, line);
		else notice(context, 'signal 1 (SIGHUP) received, reconfiguring');
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		context.log(
			`${errorTime(context.machine.sim.clock.now())} [emerg] 1#1: ${error.message}\n${first ? `nginx: [emerg] ${error.message}` : ''}`.trimEnd(),
			'stderr',
		);
		if (first) context.exit(1);
	}
}

function current(context: ProgramContext<Memory | undefined>): ServerTable {
	const directives = context.memory?.directives ?? [];
	let table = tables.get(directives);
	if (!table) tables.set(directives, (table = serverTable(directives)));
	return table;
}

export const versionOf = (context: Pick<ProgramContext, 'env'>): string => context.env['NGINX_VERSION'] ?? '1.20.1';

const notice = (context: ProgramContext, text: string) =>
	context.log(`${errorTime(context.machine.sim.clock.now())} [notice] 1#1: ${text}`, 'stderr');

const wrongPort = 'The plain HTTP request was sent to HTTPS port';

const refuse = (exchange: Exchange, {status}: Refusal): HttpAnswer =>
	status === 494 ? special(exchange, 400, [], 'Request Header Or Cookie Too Large') : special(exchange, status, []);

function logAccess({request, context, client}: Exchange, server: Server | undefined, {status, body}: HttpAnswer): void {
	if (server?.directives.some(each => each.name === 'access_log' && each.args[0] === 'off')) return;
	const {headers} = request;
	const size = request.method === 'HEAD' ? 0 : toWire(body).length;
	const quoted = ['referer', 'user-agent', 'x-forwarded-for'].map(name => `"${escapeLog(headers[name] ?? '-')}"`);
	context.log(
		`${client} - - [${accessTime(context.machine.sim.clock.now())}] "${escapeLog(request.line)}" ${status} ${size} ${quoted.join(' ')}`,
	);
}

function entrypointLines(context: ProgramContext): void {
	const say = (text: string) => context.log(`/docker-entrypoint.sh: ${text}`);
	say('/docker-entrypoint.d/ is not empty, will attempt to perform configuration');
	say('Looking for shell scripts in /docker-entrypoint.d/');
	say('Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh');
	context.log('10-listen-on-ipv6-by-default.sh: info: IPv6 listen already enabled');
	say('Sourcing /docker-entrypoint.d/15-local-resolvers.envsh');
	say('Launching /docker-entrypoint.d/20-envsubst-on-templates.sh');
	say('Launching /docker-entrypoint.d/30-tune-worker-processes.sh');
	say('Configuration complete; ready for start up');
}
