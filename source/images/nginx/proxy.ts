import type {HttpAnswer} from '../http/answer.js';
import {resolveName} from '../../node/resolve.js';
import {fromWire} from '../http/bytes.js';
import type {Exchange} from './request.js';
import {connectionOf, head, variables} from './request.js';
import {type Location, settings} from './server-table.js';

/** Asks the upstream and passes its answer on; undefined when it cannot be had (502). */
export function forward(exchange: Exchange, location: Location, target: string, path: string): HttpAnswer | undefined {
	const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(variables(exchange, target));
	if (!match) return undefined;
	const [, host = '', port = '80', base] = match;
	const uri = base === undefined ? path : base + path.slice(location.path.length);
	const upstream = exchange.table.http.find(each => each.name === 'upstream' && each.args[0] === host);
	const members = upstream?.block?.filter(each => each.name === 'server').map(each => each.args[0]!) ?? [`${host}:${port}`];
	const {request, context} = exchange;
	const memory = context.memory as {turn?: number} | undefined;
	const turn = (memory?.turn ?? -1) + 1;
	context.memory = {...memory, turn};
	for (let tried = 0; tried < members.length; tried++) {
		const [name = '', memberPort = '80'] = members[(turn + tried) % members.length]!.split(':');
		const address = resolveName(context.machine, name);
		if (!address) continue;
		const connection = context.machine.stack.connect(address, Number(memberPort));
		if (connection.outcome.kind !== 'connected') continue;
		const set = settings('proxy_set_header', location.directives, exchange.server.directives, exchange.table.http).map(each => [
			each.args[0]!,
			variables(exchange, each.args[1] ?? ''),
		]);
		const hostHeader = set.find(([each]) => each!.toLowerCase() === 'host')?.[1] ?? `${host}${port === '80' ? '' : `:${port}`}`;
		const passed = Object.entries(request.headers).filter(
			([each]) => !['host', 'connection'].includes(each) && !set.some(([own]) => own!.toLowerCase() === each),
		);
		const lines = [...set.filter(([each]) => each!.toLowerCase() !== 'host'), ...passed]
			.map(([key, value]) => `${key}: ${value}\r\n`)
			.join('');
		const query = request.query ? `?${request.query}` : '';
		const answer = connection.exchange(
			`${request.method} ${uri}${query} HTTP/1.0\r\nHost: ${hostHeader}\r\nConnection: close\r\n${lines}\r\n${request.body}`,
		);
		connection.close();
		return parseAnswer(exchange, answer.bytes, answer.delayMs);
	}

	return undefined;
}

function parseAnswer(exchange: Exchange, bytes: string, delayMs: number): HttpAnswer | undefined {
	const end = bytes.indexOf('\r\n\r\n');
	const [line = '', ...fields] = bytes.slice(0, end).split('\r\n');
	const status = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line);
	if (!status || end < 0) return undefined;
	const headers = fields.map(field => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()] as const);
	const kept = headers.filter(([name]) => !['server', 'date', 'connection', 'keep-alive'].includes(name.toLowerCase()));
	return {
		status: Number(status[1]),
		statusText: status[2],
		headers: [...head(exchange), ...kept, ['Connection', connectionOf(exchange)]],
		body: fromWire(bytes.slice(end + 4)),
		delayMs,
	};
}
