import type {ServiceAnswer, ServiceRequest} from '../../../net/socket.js';
import {parseText} from '../../nginx/config/configuration.js';
import {type ServerTable, serverTable} from '../../nginx/config/server-table.js';
import {running, serve} from '../../nginx/connection/serve.js';
import {openLogs} from '../../nginx/log/target.js';
import type {NginxMemory as EngineMemory} from '../../nginx/memory.js';
import type {Nginx} from '../../nginx/request/exchange.js';
import {confPath} from '../conf/path.js';
import type {Configuration} from '../configuration.js';
import {luaOfIngress} from './lua.js';
import {type Conf, emptyIngressMemory, type NginxContext, type NginxMemory, remember} from './memory.js';
import {noteSnippets} from './snippets.js';
import {listenForStreams, serveStream, streamAt} from './streams.js';
import {workerOf, workerPid} from './worker.js';

/** Reads nginx.conf: at the start, and at each reload with new workers, so what each of them knew is gone; shared memory stays. */
export function loadNginx(context: NginxContext, configuration: Configuration, text: string): void {
	const before = context.memory.nginx;
	const conf = {text};
	const {servers, main} = tableOf(conf);
	const listens = [...new Set(servers.flatMap(each => each.listens.map(({address, port}) => `${address}:${port}`)))];
	for (const place of listens) {
		if (before?.listens.includes(place)) continue;
		const colon = place.lastIndexOf(':');
		context.listen('tcp', place.slice(0, colon), Number(place.slice(colon + 1)));
	}

	listenForStreams(context, before?.configuration, configuration);
	noteSnippets(context, configuration);
	const logs = openLogs(context.machine.files, main);
	if (before)
		remember(context, ({generation}) => ({configuration, conf, listens, logs, generation: generation + 1, balancers: {}, partial: {}}));
	else context.memory = {...context.memory, nginx: {...emptyIngressMemory(configuration, conf), listens, logs}};
}

/** Backends and certificates that lua takes over without a reload. */
export function updateNginx(context: NginxContext, configuration: Configuration): void {
	remember(context, () => ({configuration}));
}

/** `nginx -s reload` by hand: the file as it is now. */
export function reloadFile(context: NginxContext): void {
	const {files} = context.machine;
	if (context.memory.nginx && files.exists(confPath)) loadNginx(context, context.memory.nginx.configuration, files.readText(confPath));
}

/** Read once for a reload: only a cache. */
const tables = new WeakMap<Conf, ServerTable>();

function tableOf(conf: Conf): ServerTable {
	let table = tables.get(conf);
	if (!table) tables.set(conf, (table = serverTable(parseText(conf.text, confPath))));
	return table;
}

/** Whether a socket is one of nginx's: the program hands what arrives there to `serveNginx`. */
export const isNginxPort = (port: number, {nginx}: NginxContext['memory']): boolean =>
	nginx !== undefined && (nginx.listens.some(each => each.endsWith(`:${port}`)) || streamAt(nginx.configuration, port) !== undefined);

/** Bytes on one of nginx's ports. */
export function serveNginx(context: NginxContext, received: ServiceRequest): ServiceAnswer {
	const {nginx} = context.memory;
	if (!nginx) return {bytes: '', end: 'reset'};
	const stream = streamAt(nginx.configuration, received.local.port);
	return stream ? serveStream(context, stream, received) : serve(nginxOf(context, nginx, received), received);
}

function nginxOf(context: NginxContext, {conf, generation, configuration: {options}}: NginxMemory, {peer}: ServiceRequest): Nginx {
	const worker = workerOf(peer, Number(options.workerProcesses) || 2);
	const store = {
		get: () => context.memory.nginx,
		set: (memory: Partial<EngineMemory>) => remember(context, () => memory),
	};
	const pid = workerPid({generation, worker});
	return running({context, table: tableOf(conf), software: 'nginx/1.25.5', modules: luaOfIngress, workerPid: pid}, store);
}
