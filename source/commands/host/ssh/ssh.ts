import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, ExecResult, Io} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {copyId} from './copy-id.js';
import {keygen} from './keygen.js';
import {reach} from './reach.js';

const options = {flags: 'tTvqnNf46AxXCka', values: 'pliFoLRDJbcEmQSWw'};

const ssh: Command<Machine> = {
	name: 'ssh',
	summary: 'log in on another machine',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {...options, stopAtOperand: true});
		if (args.problem || args.operands.length === 0) {
			io.err(
				`${args.problem ? `unknown option -- ${/'(.)'/.exec(args.problem)?.[1] ?? ''}\n` : ''}usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]\n           destination [command [argument ...]]\n`,
			);
			return 255;
		}

		const forwarding = ['L', 'R', 'D', 'J', 'W', 'N'].find(letter => args.has(letter));
		if (forwarding) return notSimulated(io, `ssh -${forwarding}`);
		const [destination = '', ...words] = args.operands;
		const [user, name = ''] = destination.includes('@') ? destination.split('@') : [args.value('l') ?? 'root', destination];
		const {host, problem, waitMs} = reach(io, name, Number(args.value('p') ?? 22));
		if (waitMs > 0) yield {sleepMs: waitMs};
		if (!host) {
			io.err(`ssh: ${problem}\n`);
			return 255;
		}

		if (user !== 'root') {
			io.err(`${user}@${name}: Permission denied (publickey,gssapi-keyex,gssapi-with-mic,password).\n`);
			return 255;
		}

		if (words.length > 0) {
			const stdin = args.has('n') ? '' : undefined;
			const {exitCode}: ExecResult = yield {
				exec: {machine: host, line: words.join(' '), shell: 'bash', stream: true, stdin, tty: args.has('t')},
			};
			return exitCode;
		}

		if (io.stdinIsTerminal) io.out(`Last login: Sat Nov 21 01:58:12 2026 from 172.25.254.1\n`);
		const status: number = yield {enter: {machine: host, tty: true}};
		if (io.stdinIsTerminal) io.out(`Connection to ${name} closed.\n`);
		return status;
	},
	complete: (_, {machine}) => (machine as Machine).world.hosts().map(host => host.name),
};

interface Place {
	readonly machine: Machine;
	readonly path: string;
}

const scp: Command<Machine> = {
	name: 'scp',
	summary: 'copy files between machines',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'rpqvCBT346O', values: 'PioFlcJS'});
		if (args.problem || args.operands.length < 2) {
			io.err(
				'usage: scp [-346ABCOpqRrsTv] [-c cipher] [-D sftp_server_path] [-F ssh_config]\n           [-i identity_file] [-J destination] [-l limit] [-o ssh_option]\n           [-P port] [-S program] [-X sftp_option] source ... target\n',
			);
			return 1;
		}

		const place = (word: string): Place | string => {
			const remote = /^(?:([^@:/]+)@)?([^:/]+):(.*)$/.exec(word);
			if (!remote) return {machine: io.machine, path: io.path(word)};
			const {host, problem} = reach(io, remote[2]!, Number(args.value('P') ?? 22));
			if (!host) return `ssh: ${problem}\nscp: Connection closed\n`;
			const path = remote[3]!.replace(/^~\//, '') || '.';
			return {
				machine: host,
				path: path.startsWith('/') ? path : `/root/${path === '.' || path === '~' ? '' : path}`.replace(/(.)\/$/, '$1'),
			};
		};
		const target = place(args.operands.at(-1)!);
		if (typeof target === 'string') {
			io.err(target);
			return 255;
		}

		let status = 0;
		for (const word of args.operands.slice(0, -1)) {
			const source = place(word);
			if (typeof source === 'string') {
				io.err(source);
				return 255;
			}

			try {
				copy(io, source, target, args.has('r'));
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				io.err(`scp: ${word.includes(':') ? source.path : word}: ${error.code === 'EISDIR' ? 'not a regular file' : error.message}\n`);
				status = 1;
			}
		}

		return status;
	},
};

function copy(io: Io<Machine>, source: Place, target: Place, recursive: boolean) {
	const name = source.path.slice(source.path.lastIndexOf('/') + 1);
	const into = target.machine.files.exists(target.path) && target.machine.files.stat(target.path).type === 'folder';
	const path = into ? `${target.path === '/' ? '' : target.path}/${name}` : target.path;
	const stat = source.machine.files.stat(source.path);
	if (stat.type === 'folder') {
		if (!recursive) throw new FileError('EISDIR', source.path);
		target.machine.files.makeFolder(path, {recursive: true});
		for (const child of source.machine.files.list(source.path))
			copy(io, {...source, path: `${source.path}/${child}`}, {...target, path}, true);
		return;
	}

	target.machine.files.write(path, source.machine.files.readBytes(source.path), {mode: stat.mode});
	if (io.stdoutIsTerminal) io.out(`${name.padEnd(45)} 100% ${String(stat.size).padStart(5)}     1.2MB/s   00:00    \n`);
}

export default [ssh, scp, keygen, copyId] satisfies Command<Machine>[];
