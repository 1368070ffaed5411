import {readFileSync} from 'node:fs';
import test from 'ava';
import netClient from '../../source/commands/net-client/index.js';
import type {ServiceAnswer, ServiceRequest} from '../../source/net/socket.js';
import {createLab, runCommand} from '../helpers/client-machine.js';

/** What curl 7.88.1 said to odd lines beside a server on the loopback that answers as `serve` does. */
const rows: ReadonlyArray<{run: string[]; out: string; err: string; status: number}> = readFileSync(
	new URL('../data/net-client/typed/curl.jsonl', import.meta.url),
	'utf8',
)
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

const pages: Readonly<Record<string, readonly [status: string, body: string, more?: string]>> = {
	'/move': ['302 Found', '', 'Location: /a\r\n'],
	'/loop': ['302 Found', '', 'Location: /loop\r\n'],
	'/none': ['404 Not Found', 'no\n'],
	'/err': ['500 Internal Server Error', 'err\n'],
};

function serve({bytes}: ServiceRequest): ServiceAnswer {
	if (bytes === '') return {bytes: '', end: 'open'};
	const [, method = '', path = ''] = /^([A-Z]+) (\S+)/.exec(bytes) ?? [];
	const end = bytes.indexOf('\r\n\r\n');
	const heads = bytes.slice(0, end).split('\r\n').slice(1);
	const echo = `${method} ${path}\n${heads.map(head => `${head}\n`).join('')}${bytes.slice(end + 4)}\n`;
	const [status, body, more = ''] = path.startsWith('/echo') ? ['200 OK', echo] : (pages[path] ?? ['200 OK', 'hello\n']);
	return {
		bytes: `HTTP/1.1 ${status}\r\nServer: nginx/1.27.5 \r\nDate: Sat, 21 Nov 2026 00:00:00 GMT\r\nContent-Type: text/plain\r\n${more}Content-Length: ${body.length}\r\n\r\n${method === 'HEAD' ? '' : body}`,
	};
}

test(`${rows.length} odd lines of curl`, t => {
	const lab = createLab();
	const {sockets} = lab.network.namespace('client');
	sockets.listen({protocol: 'tcp', address: '127.0.0.1', port: 8080, handler: 'odd', owner: 'odd/1', process: {name: 'odd', pid: 1}});
	lab.network.onService('odd', serve);
	const curl = netClient.find(({name}) => name === 'curl')!;
	const still = (text: string) => text.replaceAll(/after \d+ ms/g, 'after 0 ms');
	for (const {run, out, err, status} of rows) {
		const said = runCommand(curl, lab.machine(false), run, {tty: false});
		t.deepEqual({out: said.stdout, err: still(said.stderr), status: said.exitCode}, {out, err: still(err), status}, run.join(' '));
	}
});
