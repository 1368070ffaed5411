import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {tagsOf} from '../../base/tags.js';
import {goAnswer, goNotFound} from '../go/answer.js';
import {goFlags} from '../go/flags.js';
import {targetOf} from '../go/request.js';
import {webServer} from '../web-server.js';
import {type Edition, httpbin} from './endpoints.js';

const index =
	'<!DOCTYPE html>\n<html>\n<head>\n  <title>go-httpbin(1): HTTP Client Testing Service</title>\n</head>\n<body>\n</body>\n</html>\n';
const edition: Edition = {lists: true, index};

const placeOf = ({argv, env}: ProgramContext) => {
	const {values} = goFlags(argv.slice(1), ['use-real-hostname']);
	return {host: values.get('host') ?? env['HOST'] ?? '0.0.0.0', port: values.get('port') ?? env['PORT'] ?? '8080'};
};

const stamp = ({machine}: ProgramContext) => {
	const ms = machine.sim.clock.now();
	return `time=${strftime('%Y-%m-%dT%H:%M:%S', ms)}.${String(ms % 1000).padStart(3, '0')}Z level=INFO`;
};

/** mccutchen/go-httpbin: httpbin in Go, with lists where the other has one value. */
const program = webServer({
	name: 'go-httpbin',
	port: context => Number(placeOf(context).port),
	greeting: context => `${stamp(context)} msg="go-httpbin listening on http://${placeOf(context).host}:${placeOf(context).port}"`,
	answer(context, request, peer) {
		const nowMs = context.machine.sim.clock.now();
		const {status = 200, data, text, delayMs} = httpbin(context, request, peer, edition);
		if (status === 404 && text === undefined) return goNotFound(nowMs);
		const type =
			data !== undefined
				? 'application/json; charset=utf-8'
				: request.path === '/'
					? 'text/html; charset=utf-8'
					: 'text/plain; charset=utf-8';
		const headers = [
			['Access-Control-Allow-Credentials', 'true'],
			['Access-Control-Allow-Origin', '*'],
			['Content-Type', type],
		] as const;
		const body = data === undefined ? (text ?? '') : `${JSON.stringify(data, null, 2)}\n`;
		return {...goAnswer(nowMs, body, {status, headers}), ...(delayMs && {delayMs})};
	},
	logLine(context, request, peer, {status, body}) {
		const {method, headers} = request;
		const target = targetOf(request);
		return `${stamp(context)} msg="${status} ${method} ${target} 0.1ms" status=${status} method=${method} uri=${target} size_bytes=${body.length} duration_ms=0.1 user_agent=${headers['user-agent'] ?? '""'} client_ip=${peer.address}`;
	},
	terminated: 0,
});

export default {
	repository: 'docker.io/mccutchen/go-httpbin',
	aliases: ['ghcr.io/mccutchen/go-httpbin'],
	tags: tagsOf(
		{latest: 14, v2: 14, '2.18': 14, 'v2.15.0': 13, 'v2.14.0': 13, 'v2.13.4': 13, 'v2.11.1': 13, 'v2.9.0': 12, 'v2.5.0': 11},
		() => ({
			entrypoint: [],
			command: ['/bin/go-httpbin'],
			ports: ['8080/tcp'],
			files: {},
		}),
	),
	program,
	tools: [],
} satisfies Image;
