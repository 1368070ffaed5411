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
	const still = (text: string) =>
		text
			.replaceAll(/after \d+ ms/g, 'after 0 ms')
			.replaceAll(/-{24}[\da-f]{16}/g, 'BOUNDARY')
			.replaceAll(/host: 0x[\da-f]+/g, 'host: POINTER');
	for (const {run, out, err, status} of rows) {
		const said = runCommand(curl, lab.machine(false), run, {tty: false});
		t.deepEqual({out: still(said.stdout), err: still(said.stderr), status: said.exitCode}, {out, err: still(err), status}, run.join(' '));
	}
});

test('patterns of URLs, and what must be read before the first transfer', t => {
	const lab = createLab();
	const {sockets} = lab.network.namespace('client');
	sockets.listen({protocol: 'tcp', address: '127.0.0.1', port: 8080, handler: 'odd', owner: 'odd/1', process: {name: 'odd', pid: 1}});
	lab.network.onService('odd', serve);
	const curl = netClient.find(({name}) => name === 'curl')!;
	const at = 'http://127.0.0.1:8080';
	const caret = (text: string, url: string, place: number) =>
		`curl: (3) ${text} in URL position ${place}:\n${url}\n${' '.repeat(place - 1)}^\n`;
	const lines: ReadonlyArray<readonly [args: string[], status: number, out: RegExp | string, err?: string]> = [
		[['-s', `${at}/echo/{a,b}[1-2]`], 0, /^GET \/echo\/a1\n.*GET \/echo\/a2\n.*GET \/echo\/b1\n.*GET \/echo\/b2\n/s],
		[['-s', `${at}/echo/[08-10:2]`, '-o', '/dev/null', '-w', '%{urlnum} %{url_effective}\n'], 0, `0 ${at}/echo/08\n1 ${at}/echo/10\n`],
		[['-sg', `${at}/echo/[a-c]`], 0, /^GET \/echo\/\[a-c\]\n/],
		[[`${at}/[3-1]`], 3, '', caret('bad range', `${at}/[3-1]`, 24)],
		[[`${at}/{a`], 3, '', caret('unmatched brace', `${at}/{a`, 23)],
		[[`${at}/a}`], 3, '', caret('unmatched close brace/bracket', `${at}/a}`, 24)],
		[['-sS', '--interface', 'nodev', at], 45, '', "curl: (45) Couldn't bind to 'nodev'\n"],
		[['-sS', '--interface', '9.9.9.9', at], 45, '', 'curl: (45) bind failed with errno 99: Cannot assign requested address\n'],
		[['-s', '-u', 'lee', `${at}/echo`], 0, /\nAuthorization: Basic bGVlOg==\n/, "Enter host password for user 'lee':\n"],
		[['-s', '--compressed', `${at}/echo`], 0, /\nAccept: \*\/\*\nAccept-Encoding: deflate, gzip, br, zstd\n/],
		[['-s', '-H', '@nofile', `${at}/a`], 0, 'hello\n', ''],
		[['-s', `${at}/a`, '127.0.0.1:8080/b', 'localhost:8080', '-o/dev/null', '-w', '%{num_connects}\n'], 0, '1\nhello\n0\nhello\n1\n'],
		[['-s', '-u', '%zz:a%40', `${at}/echo`], 0, /\nAuthorization: Basic JXp6OmElNDA=\n/],
		[['-s', 'http://a%40:%zz@127.0.0.1:8080/echo'], 0, /\nAuthorization: Basic YUA6JXp6\n/],
		[['-s', '-H', '@/', `${at}/a`], 0, 'hello\n', ''],
		[['--socks5', 'x:1', at], 125, '', 'kubelab: not simulated: curl --socks5\n'],
	];
	for (const [args, status, out, err] of lines) {
		const ran = runCommand(curl, lab.machine(false), ['curl', ...args], {tty: false});
		const title = args.join(' ');
		if (typeof out === 'string') t.is(ran.stdout, out, title);
		else t.regex(ran.stdout, out, title);
		if (err !== undefined) t.is(ran.stderr, err, title);
		t.is(ran.exitCode, status, title);
	}
});
