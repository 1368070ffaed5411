import {FileError} from '../../../os/files.js';
import type {Machine} from '../../../node/host/machine.js';
import {resolveName} from '../../../node/host/resolve.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {checkCertificates} from '../config/check-certificates.js';
import {checkHttp, type Surroundings, warningsOf} from '../config/check-http.js';
import {ConfigurationError} from '../config/error.js';
import {type Directive, notSimulated, readConfiguration} from '../config/configuration.js';
import {serverTable} from '../config/server-table.js';
import {type Level, writeError} from '../log/error-log.js';
import {openLogs} from '../log/target.js';
import type {NginxMemory} from '../memory.js';
import {makeWorkFolders, userWarning, writePidFile} from './work-folders.js';
import {numberOf, startLines, startWorkers} from './workers.js';

export const configurationPath = '/etc/nginx/nginx.conf';

/** All that a running nginx remembers. */
export interface Memory extends Partial<NginxMemory> {
	/** The configuration in force: it stays when a reload fails. */
	readonly directives: readonly Directive[];
	readonly ports: readonly string[];
}

type Context = ProgramContext<Memory | undefined>;

/** A line about the server itself, where `error_log` of the main block wants it. */
export function note(context: Context, level: Level, text: string, directives = context.memory?.directives ?? []): void {
	const pid = numberOf(context.machine.processes.get(context.pid));
	writeError({context, memory: () => ({logs: context.memory?.logs ?? {}})}, [directives], level, pid, text);
}

/** Reads the configuration and serves by it: at the start, and on SIGHUP. */
export function load(context: Context, first: boolean): void {
	try {
		const directives = readConfiguration(context.machine.files, configurationPath);
		apply(context, directives, first);
		for (const line of first ? startLines(context) : ['signal 1 (SIGHUP) received, reconfiguring', 'reconfiguring'])
			note(context, 'notice', line);
		if (first) writePidFile(context, directives);
		startWorkers(context, directives, line => note(context, 'notice', line));
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		note(context, 'emerg', error.message);
		if (first) context.log(`nginx: [emerg] ${error.message}`, 'stderr');
		if (first) context.exit(1);
	}
}

export const surroundingsOf = (machine: Machine): Surroundings => ({files: machine.files, resolve: host => resolveName(machine, host)});

function apply(context: Context, directives: readonly Directive[], first: boolean): void {
	const {machine} = context;
	for (const name of new Set(notSimulated(directives))) machine.sim.notes.notSimulated(`nginx directive ${name}`);
	const table = serverTable(directives);
	const wanted = [...new Set(table.servers.flatMap(server => server.listens.map(each => `${each.address}:${each.port}`)))];
	const found = new Map<string, string>();
	const {files, resolve} = surroundingsOf(machine);
	checkHttp(directives, {
		files,
		resolve(host) {
			const address = resolve(host);
			if (address !== undefined) found.set(host, address);
			return address;
		},
	});
	checkCertificates(machine.files, table);
	for (const warning of [...(first ? userWarning(context, directives) : []), ...warningsOf(directives)]) {
		note(context, 'warn', warning, directives);
		if (first) context.log(`nginx: [warn] ${warning}`, 'stderr');
	}

	if (first) makeWorkFolders(context);
	const before = context.memory?.ports ?? [];
	const {buckets = {}, accepted = 0, requests = 0} = context.memory ?? {};
	const addresses = Object.fromEntries(found);
	context.memory = {directives, ports: wanted, addresses, logs: openLogs(machine.files, directives), buckets, accepted, requests};
	for (const place of wanted) {
		if (before.includes(place)) continue;
		const colon = place.lastIndexOf(':');
		try {
			context.listen('tcp', place.slice(0, colon), Number(place.slice(colon + 1)));
		} catch (error) {
			const why = error instanceof FileError ? '13: Permission denied' : '98: Address already in use';
			throw new ConfigurationError(`bind() to ${place} failed (${why})`);
		}
	}
}

/** SIGUSR1: the logs are opened anew. */
export function reopen(context: Context): void {
	if (context.memory) context.memory = {...context.memory, logs: openLogs(context.machine.files, context.memory.directives)};
}
