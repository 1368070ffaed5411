import {EngineError} from '../../../../node/engine/model.js';
import type {Machine} from '../../../../node/host/machine.js';
import {normalise} from '../../../../os/layer.js';
import type {ExecResult} from '../../../../shell/command.js';
import {failure} from '../failure.js';
import {checkTerminal} from '../run/attach.js';
import {fileLines, pairs} from '../run/values.js';
import type {Call, Steps, Verb} from '../verb.js';

const shells = /^(?:\/(?:usr\/)?bin\/)?(?:ba|a|da)?sh$/;

export const exec: Verb = {
	name: 'exec',
	aliases: ['container exec'],
	summary: 'Execute a command in a running container',
	usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
	options: [
		['detach', 'bool', 'd'],
		['detach-keys', '!string'],
		['env', 'list', 'e'],
		['env-file', 'list'],
		['interactive', 'bool', 'i'],
		['privileged', 'bool'],
		['tty', 'bool', 't'],
		['user', 'string', 'u'],
		['workdir', 'string', 'w'],
	],
	arguments: [2, Number.POSITIVE_INFINITY],
	stopAtArgument: true,
	*run(call) {
		const {engine, values, args} = call;
		const [text = '', ...argv] = args;
		if (!values.bool('detach')) checkTerminal(call, values.bool('tty'), values.bool('interactive'));
		const record = engine.containers.get(text);
		if (engine.containerd.row(record.id)?.state !== 'running') throw new EngineError(`container ${record.id} is not running`);
		if (record.paused) throw new EngineError(`container ${text} is paused, unpause the container before exec`);
		const machine = machineFor(call, engine.containers.machine(record.id)!);
		const cwd = normalise(values.string('workdir') ?? machine.home);
		checkExecutable(call, record.id, machine, argv[0]!, cwd);
		if (values.bool('detach')) {
			const started = engine.containerd.spawn(record.id, argv, 0);
			if ('error' in started) throw new EngineError(started.error);
			return 0;
		}

		return yield* runIn(call, machine, argv, cwd);
	},
};

/** The container as the command sees it: another user, more variables. */
function machineFor({values, io}: Call, machine: Machine): Machine {
	const user = values.string('user')?.split(':')[0];
	const env = {
		...machine.env,
		...pairs(
			[...values.list('env-file').flatMap(path => fileLines(io.machine.files.readText(io.path(path)))), ...values.list('env')],
			io.env,
		),
	};
	if (user === undefined) return {...machine, env};
	const known = machine.files.exists('/etc/passwd')
		? machine.files
				.readText('/etc/passwd')
				.split('\n')
				.map(line => line.split(':'))
		: [];
	const entry = known.find(fields => fields[0] === user || fields[2] === user);
	if (!entry && !/^\d+$/.test(user)) throw new EngineError(`unable to find user ${user}: no matching entries in passwd file`);
	return {...machine, env: {...env, ...(entry && {HOME: entry[5] ?? '/'})}, user: entry?.[0] ?? user};
}

function checkExecutable({engine}: Call, id: string, machine: Machine, name: string, cwd: string): void {
	if (!machine.files.exists(cwd))
		throw failure(
			`OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("${cwd}") set in config.json failed: no such file or directory: unknown`,
			126,
		);
	const found = engine.containerd.findExecutable(id, name);
	if ('error' in found)
		throw failure(
			`OCI runtime exec failed: exec failed: unable to start container process: ${found.error}`,
			/not found|no such file/.test(found.error) ? 127 : 126,
		);
}

function* runIn({values, io, out, err}: Call, machine: Machine, argv: readonly string[], cwd: string): Steps<number> {
	const tty = values.bool('tty') && io.stdinIsTerminal;
	const {env} = machine;
	const result: ExecResult =
		tty && argv.length === 1 && shells.test(argv[0]!)
			? yield {enter: {machine, tty: true, shell: argv[0]!.slice(argv[0]!.lastIndexOf('/') + 1), env, cwd}}
			: yield {
					exec: {
						argv,
						machine,
						stream: true,
						tty,
						env,
						cwd,
						...(values.bool('interactive') ? (io.stdinIsTerminal ? {} : {stdin: io.stdin}) : {stdin: ''}),
					},
				};
	out(result?.stdout ?? '');
	err(result?.stderr ?? '');
	return result?.exitCode ?? 0;
}
