import {networkOfProcess, withNetwork} from '../../../node/container/network-of.js';
import {networkFor} from '../../net-admin/ip/netns.js';
import {capable} from '../../../node/host/capable.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, ExecResult, Io, Run} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {notSimulated, parseArguments} from '../arguments.js';

/** The host whose root a folder of a container shows: a hostPath volume of `/`, as `kubectl debug node/...` mounts at /host. */
function hostBelow({machine}: Io<Machine>, path: string): Machine | undefined {
	const shown = machine.files.mounts().find(({path: at, mount}) => at === path && mount.type === 'hostpath' && rootOf(mount) === '/');
	return shown && machine.world.host(machine.host);
}

const rootOf = ({source, path = ''}: {readonly source: string; readonly path?: string}) => (path || source || '/').replace(/(?!^)\/$/, '');

function* runThere(machine: Machine, argv: readonly string[], terminal: boolean): Run {
	const cwd = '/';
	if (terminal && argv.length === 1 && /^(.*\/)?(ba|z)?sh$/.test(argv[0]!))
		return (yield {enter: {machine, tty: true, shell: argv[0]!, cwd}}) as number;
	const {exitCode}: ExecResult = yield {exec: {machine, argv, cwd, stream: true}};
	return exitCode;
}

function* chroot(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(1), {flags: '', long: {'skip-chdir': 'flag'}, stopAtOperand: true});
	const [folder, ...command] = args.operands;
	if (folder === undefined) {
		io.err("chroot: missing operand\nTry 'chroot --help' for more information.\n");
		return 125;
	}

	if (!capable(io.machine, 'SYS_CHROOT')) {
		io.err(
			`chroot: ${isBusybox(io.machine, 'chroot') ? "can't" : 'cannot'} change root directory to '${folder}': Operation not permitted\n`,
		);
		return isBusybox(io.machine, 'chroot') ? 1 : 125;
	}

	const path = io.path(folder);
	if (!io.machine.files.exists(path)) {
		io.err(`chroot: cannot change root directory to '${folder}': No such file or directory\n`);
		return 125;
	}

	const host = path === '/' ? io.machine : hostBelow(io, path);
	if (!host) return notSimulated(io, `chroot ${folder}: only the root of this machine's host can be entered`);
	return yield* runThere(host, command.length > 0 ? command : ['/bin/sh'], io.stdinIsTerminal);
}

/** In the order in which they are entered. */
const namespaces = [
	['U', 'user'],
	['C', 'cgroup'],
	['i', 'ipc'],
	['u', 'uts'],
	['n', 'net'],
	['p', 'pid'],
	['m', 'mnt'],
] as const;

/** `nsenter -t 1 -m -u -i -n -p COMMAND` of a privileged pod with hostPID: the namespaces of the host's first process are the host. */
function* nsenter(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(1), {
		flags: 'amuinpCUTrwF',
		values: 't',
		long: {target: '=t', all: '=a', mount: '=m', uts: '=u', ipc: '=i', net: '=n', pid: '=p', cgroup: '=C', user: '=U', time: '=T'},
		stopAtOperand: true,
	});
	if (args.problem) {
		io.err(`nsenter: ${args.problem}\nTry 'nsenter --help' for more information.\n`);
		return 1;
	}

	const named = /^--net=(?:\/var)?\/run\/netns\/(.+)$/.exec(io.argv[1] ?? '')?.[1];
	const network = named === undefined ? undefined : networkFor(io.machine)(named);
	if (network)
		return yield* runThere(withNetwork(io.machine, network), io.argv.length > 2 ? io.argv.slice(2) : ['/bin/bash'], io.stdinIsTerminal);
	if (named !== undefined) {
		io.err(`nsenter: cannot open /run/netns/${named}: No such file or directory\n`);
		return 1;
	}

	if (args.value('t') === undefined) {
		io.err('nsenter: no target PID specified\n');
		return 1;
	}

	if (!capable(io.machine, 'SYS_PTRACE') || !capable(io.machine, 'SYS_ADMIN')) {
		const [, first = 'mnt'] = namespaces.find(([letter]) => args.has(letter) || args.has('a')) ?? [];
		const path = `/proc/${args.value('t')}/ns/${first}`;
		io.err(
			isBusybox(io.machine, 'nsenter')
				? `nsenter: can't open '${path}': Permission denied\n`
				: `nsenter: cannot open ${path}: Permission denied\n`,
		);
		return 1;
	}

	const pid = Number(args.value('t'));
	if (!io.machine.processes.get(pid) && io.machine.kind === 'host') {
		io.err(
			`nsenter: cannot open /proc/${args.value('t')}/ns/${namespaces.find(([letter]) => args.has(letter))?.[1] ?? 'net'}: No such file or directory\n`,
		);
		return 1;
	}

	if (io.machine.kind === 'host' && args.has('n') && namespaces.every(([letter]) => letter === 'n' || !args.has(letter))) {
		const stack = networkOfProcess(io.machine, pid);
		if (stack)
			return yield* runThere(withNetwork(io.machine, stack), args.operands.length > 0 ? args.operands : ['/bin/bash'], io.stdinIsTerminal);
	}

	const whole = args.has('a') || args.has('m');
	const host = io.machine.world.host(io.machine.host);
	if (args.value('t') !== '1' || !whole || !host) return notSimulated(io, 'nsenter but into all of the host (-t 1 -m ...)');
	return yield* runThere(host, args.operands.length > 0 ? args.operands : ['/bin/bash'], io.stdinIsTerminal);
}

export default [
	{name: 'chroot', summary: 'run a command with another root', path: '/usr/sbin/chroot', run: chroot},
	{name: 'nsenter', summary: 'run a command in the namespaces of another process', run: nsenter},
] satisfies ReadonlyArray<Command<Machine>>;
