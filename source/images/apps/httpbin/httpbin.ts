import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {httpDate, lengthOf} from '../../http/answer.js';
import {debianSlimTools, osRelease} from '../../base/tools.js';
import {tagsOf} from '../../base/tags.js';
import {webServer} from '../web-server.js';
import {type Edition, httpbin} from './endpoints.js';

const index =
	'<!DOCTYPE html>\n<html lang="en">\n<head>\n    <meta charset="UTF-8">\n    <title>httpbin.org</title>\n</head>\n<body>\n</body>\n</html>\n';
const edition: Edition = {lists: false, index};

const statusTexts: Readonly<Record<number, string>> = {
	404: 'NOT FOUND',
	405: 'METHOD NOT ALLOWED',
	500: 'INTERNAL SERVER ERROR',
	503: 'SERVICE UNAVAILABLE',
};

const notes = ({machine}: ProgramContext): string => {
	const when = strftime('[%Y-%m-%d %H:%M:%S +0000]', machine.sim.clock.now());
	return [
		`${when} [1] [INFO] Starting gunicorn 19.9.0`,
		`${when} [1] [INFO] Listening at: http://0.0.0.0:80 (1)`,
		`${when} [1] [INFO] Using worker: gevent`,
		`${when} [9] [INFO] Booting worker with pid: 9`,
	].join('\n');
};

/** kennethreitz/httpbin: tells a client what it sent. */
const program = webServer({
	name: 'httpbin',
	port: () => 80,
	greeting: notes,
	answer(context, request, peer) {
		const {status = 200, data, text, delayMs} = httpbin(context, request, peer, edition);
		const body = data === undefined ? (text ?? '') : `${JSON.stringify(data, null, 2)}\n`;
		return {
			status,
			...(statusTexts[status] && {statusText: statusTexts[status]}),
			headers: [
				['Server', 'gunicorn/19.9.0'],
				['Date', httpDate(context.machine.sim.clock.now())],
				['Connection', 'keep-alive'],
				['Content-Type', data === undefined ? 'text/html; charset=utf-8' : 'application/json'],
				['Content-Length', lengthOf(body)],
				['Access-Control-Allow-Origin', '*'],
				['Access-Control-Allow-Credentials', 'true'],
			],
			body,
			...(delayMs && {delayMs}),
		};
	},
	terminated: 0,
});

export default {
	repository: 'docker.io/kennethreitz/httpbin',
	aliases: ['docker.io/kong/httpbin'],
	tags: tagsOf({latest: 196}, () => ({
		entrypoint: [],
		command: ['gunicorn', '-b', '0.0.0.0:80', 'httpbin:app', '-k', 'gevent'],
		workingDir: '/httpbin',
		ports: ['80/tcp'],
		files: {'/httpbin': {folder: true}, '/etc/os-release': osRelease.ubuntu('18.04')},
	})),
	program,
	tools: [...debianSlimTools, '/usr/bin/python3', '/usr/local/bin/gunicorn'],
} satisfies Image;
