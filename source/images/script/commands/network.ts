import {resolveName} from '../../../node/resolve.js';
import {fromWire} from '../../http/bytes.js';
import type {Answer, Call, ScriptCommand} from '../command.js';
import {waitUntil} from '../engine.js';

interface Fetched {
	readonly status: number;
	readonly statusLine: string;
	readonly body: string;
	readonly headers: string;
	readonly tookMs: number;
}

type Failure = {
	readonly error: 'name' | 'refused' | 'timeout' | 'unreachable' | 'empty';
	readonly host: string;
	readonly address?: string;
	readonly port: number;
};

function fetchUrl(
	{run}: Call,
	url: string,
	options: {method?: string; headers?: readonly string[]; agent: string; body?: string},
): Fetched | Failure {
	const match = /^(?:(https?):\/\/)?([^/:?]+)(?::(\d+))?([/?].*)?$/.exec(url);
	const host = match?.[2] ?? url;
	const port = Number(match?.[3] ?? (match?.[1] === 'https' ? 443 : 80));
	const {machine} = run;
	const address = resolveName(machine, host === 'localhost' ? '127.0.0.1' : host);
	if (!address) return {error: 'name', host, port};
	const connection = machine.stack.connect(address, port);
	const {kind} = connection.outcome;
	if (kind !== 'connected')
		return {
			error: kind === 'refused' || kind === 'reset' ? 'refused' : kind === 'timeout' ? 'timeout' : 'unreachable',
			host,
			address,
			port,
		};
	const path = match?.[4] ?? '/';
	const lines = [
		`${options.method ?? 'GET'} ${path.startsWith('/') ? path : `/${path}`} HTTP/1.1`,
		`Host: ${host}${match?.[3] ? `:${port}` : ''}`,
		`User-Agent: ${options.agent}`,
		'Accept: */*',
		...(options.headers ?? []),
		'Connection: close',
	];
	const answer = connection.exchange(`${lines.join('\r\n')}\r\n\r\n${options.body ?? ''}`);
	connection.close();
	const end = answer.bytes.indexOf('\r\n\r\n');
	const status = /^HTTP\/1\.[01] (\d{3}).*/.exec(answer.bytes);
	if (!status || end < 0) return {error: answer.end === 'timeout' ? 'timeout' : 'empty', host, address, port};
	return {
		status: Number(status[1]),
		statusLine: status[0].replace(/\r$/, ''),
		headers: answer.bytes.slice(0, end + 4),
		tookMs: answer.delayMs,
		body: fromWire(answer.bytes.slice(end + 4)),
	};
}

/** Options with values, and the rest; unknown ones are refused by the caller. */
function split(
	argv: readonly string[],
	valued: readonly string[],
): {flags: string[]; values: Record<string, string[]>; operands: string[]} {
	const flags: string[] = [];
	const values: Record<string, string[]> = {};
	const operands: string[] = [];
	const words = [...argv.slice(1)];
	while (words.length > 0) {
		const word = words.shift()!;
		if (!word.startsWith('-') || word === '-') operands.push(word);
		else if (word.startsWith('--')) {
			const [name = '', inline] = word.split('=');
			if (valued.includes(name)) (values[name] ??= []).push(inline ?? words.shift() ?? '');
			else flags.push(word);
		} else {
			for (let at = 1; at < word.length; at++) {
				const letter = `-${word[at]}`;
				if (valued.includes(letter)) {
					(values[letter] ??= []).push(word.slice(at + 1) || (words.shift() ?? ''));
					break;
				}

				flags.push(letter);
			}
		}
	}

	return {flags, values, operands};
}

function fail(call: Call, text: string): number {
	call.err(`${text}\n`);
	return 1;
}

/** After a time-out, the time has passed as well. */
const late = (call: Call, seconds: number, status: number): Answer => ({wait: waitUntil(call.run, seconds * 1000, true), after: status});

/** What takes longer than a command does anyway is waited for. */
const noticedMs = 5;
const after = (call: Call, {tookMs}: Fetched, status: number): Answer =>
	tookMs > noticedMs ? {wait: waitUntil(call.run, tookMs, true), after: status} : status;

const wget: ScriptCommand = {
	name: 'wget',
	noInput: true,
	run(call) {
		const {flags, values, operands} = split(call.argv, ['-O', '-T', '-t', '--timeout', '--tries', '--header', '--post-data']);
		const url = operands[0] ?? '';
		const result = fetchUrl(call, url, {
			agent: 'Wget',
			headers: values['--header'],
			method: values['--post-data'] ? 'POST' : 'GET',
			body: values['--post-data']?.[0],
		});
		const quiet = flags.includes('-q');
		if ('error' in result) {
			const {host, address, port, error} = result;
			if (error === 'name') call.err(`wget: bad address '${host}'\n`);
			else if (error === 'timeout') {
				call.err('wget: download timed out\n');
				return late(call, Number(values['-T']?.[0] ?? values['--timeout']?.[0] ?? 127), 1);
			} else
				call.err(
					`${quiet ? '' : `Connecting to ${host} (${address}:${port})\n`}wget: ${error === 'empty' ? 'error getting response' : `can't connect to remote host (${address}): ${error === 'refused' ? 'Connection refused' : 'No route to host'}`}\n`,
				);
			return 1;
		}

		if (result.status >= 400) {
			call.err(`wget: server returned error: ${result.statusLine}\n`);
			return after(call, result, 1);
		}

		const target = values['-O']?.[0];
		if (flags.includes('--spider')) return after(call, result, 0);
		if (target === '-') call.out(result.body);
		else
			call.run.machine.files.write(
				call.path(target ?? /([^/?]+)(?:\?.*)?$/.exec(url.replace(/^https?:\/\/[^/]*/, ''))?.[1] ?? 'index.html'),
				result.body,
			);
		return after(call, result, 0);
	},
};

const curl: ScriptCommand = {
	name: 'curl',
	noInput: true,
	run(call) {
		const {flags, values, operands} = split(call.argv, [
			'-o',
			'-w',
			'-H',
			'-X',
			'-d',
			'-m',
			'-A',
			'--max-time',
			'--connect-timeout',
			'--header',
			'--request',
			'--data',
			'--output',
			'--write-out',
			'--retry',
			'--user-agent',
		]);
		const data = values['-d']?.[0] ?? values['--data']?.[0];
		const method = values['-X']?.[0] ?? values['--request']?.[0] ?? (flags.includes('-I') ? 'HEAD' : data === undefined ? 'GET' : 'POST');
		const headers = [
			...(values['-H'] ?? []),
			...(values['--header'] ?? []),
			...(data === undefined ? [] : [`Content-Length: ${data.length}`]),
		];
		const result = fetchUrl(call, operands[0] ?? '', {agent: values['-A']?.[0] ?? 'curl/8.5.0', headers, method, body: data});
		const silent = flags.includes('-s') && !flags.includes('-S');
		const format = values['-w']?.[0] ?? values['--write-out']?.[0];
		if ('error' in result) {
			const {host, port, error} = result;
			const [code, words] =
				error === 'name'
					? [6, `Could not resolve host: ${host}`]
					: error === 'empty'
						? [52, 'Empty reply from server']
						: error === 'timeout'
							? [28, 'Connection timed out']
							: [7, `Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server`];
			if (!silent) call.err(`curl: (${code}) ${words}\n`);
			if (format) call.out(format.replace(/%\{http_code\}/g, '000').replaceAll('\\n', '\n'));
			const limit = values['-m'] ?? values['--max-time'] ?? values['--connect-timeout'];
			return error === 'timeout' ? late(call, Number(limit?.[0] ?? 130), code as number) : (code as number);
		}

		if (flags.includes('-f') && result.status >= 400) {
			if (!silent) call.err(`curl: (22) The requested URL returned error: ${result.status}\n`);
			return 22;
		}

		const text = (flags.includes('-i') || flags.includes('-I') ? result.headers : '') + result.body;
		const target = values['-o']?.[0] ?? values['--output']?.[0];
		if (target === undefined) call.out(text);
		else if (target !== '/dev/null') call.run.machine.files.write(call.path(target), text);
		if (format) call.out(format.replace(/%\{(?:http_code|response_code)\}/g, String(result.status)).replaceAll('\\n', '\n'));
		return after(call, result, 0);
	},
};

const nc: ScriptCommand = {
	name: 'nc',
	noInput: true,
	run(call) {
		const {flags, values, operands} = split(call.argv, ['-w', '-p', '-e', '-i']);
		const {machine} = call.run;
		if (flags.includes('-l')) {
			machine.sim.notes.notSimulated('nc -l in a container script');
			call.err('kubelab: not simulated: nc -l in a container script\n');
			return 125;
		}

		const [host = '', port = ''] = operands;
		const address = resolveName(machine, host === 'localhost' ? '127.0.0.1' : host);
		if (!address) return fail(call, `nc: bad address '${host}'`);
		const connection = machine.stack.connect(address, Number(port));
		const {kind} = connection.outcome;
		if (kind === 'timeout') return late(call, Number(values['-w']?.[0] ?? 127), 1);
		if (kind !== 'connected') {
			if (!flags.includes('-z') || flags.includes('-v')) call.err(`nc: ${host} (${address}:${port}): Connection refused\n`);
			return 1;
		}

		if (flags.includes('-v')) call.err(`${host} (${address}:${port}) open\n`);
		const {text} = call.read();
		if (!flags.includes('-z') && text !== '') call.out(connection.exchange(text).bytes);
		connection.close();
		return 0;
	},
};

const nslookup: ScriptCommand = {
	name: 'nslookup',
	noInput: true,
	run(call) {
		const {machine} = call.run;
		const name = call.argv[1] ?? '';
		const server =
			call.argv[2] ??
			/^nameserver (\S+)/m.exec(machine.files.exists('/etc/resolv.conf') ? machine.files.readText('/etc/resolv.conf') : '')?.[1] ??
			'127.0.0.1';
		const address = resolveName(machine, name);
		call.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
		call.out(address ? `Name:\t${name}\nAddress: ${address}\n\n` : `** server can't find ${name}: NXDOMAIN\n\n`);
		return address ? 0 : 1;
	},
};

const ping: ScriptCommand = {
	name: 'ping',
	noInput: true,
	run(call) {
		const {values, operands} = split(call.argv, ['-c', '-w', '-W', '-i', '-s']);
		const host = operands[0] ?? '';
		const address = resolveName(call.run.machine, host);
		if (!address) return fail(call, `ping: bad address '${host}'`);
		const count = Number(values['-c']?.[0] ?? 4);
		call.out(`PING ${host} (${address}): 56 data bytes\n`);
		let received = 0;
		for (let sequence = 0; sequence < Math.min(count, 100); sequence++) {
			const answer = call.run.machine.stack.ping(address, {sequence});
			if (answer.outcome.kind !== 'connected') continue;
			received++;
			call.out(`64 bytes from ${address}: seq=${sequence} ttl=${answer.ttl ?? 64} time=${(answer.timeUs / 1000).toFixed(3)} ms\n`);
		}

		call.out(
			`\n--- ${host} ping statistics ---\n${count} packets transmitted, ${received} packets received, ${Math.round((100 * (count - received)) / Math.max(1, count))}% packet loss\n`,
		);
		return {wait: waitUntil(call.run, Math.max(0, count - 1) * 1000, false), after: received > 0 ? 0 : 1};
	},
};

const commands: readonly ScriptCommand[] = [wget, curl, nc, nslookup, ping];

export default commands;
