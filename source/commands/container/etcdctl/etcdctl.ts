import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, notSimulated, parseArguments} from '../../host/arguments.js';
import {strftime} from '../../../sim/strftime.js';
import {endpointsOf, problemOf} from './connection.js';
import {get, health, members, save, snapshotStatus, status, type Verb} from './verbs.js';

/** How long a command waits for its answer. */
const commandTimeoutMs = 5000;

const verbs: Readonly<Record<string, Verb>> = {
	'member list': members,
	'endpoint health': health,
	'endpoint status': status,
	get,
	'snapshot save': save,
	'alarm list': () => 0,
	defrag: (io, args) => {
		for (const endpoint of endpointsOf(io, args)) io.out(`Finished defragmenting etcd member[${endpoint}]\n`);
		return 0;
	},
};
/** What needs no server. */
const local: Readonly<Record<string, Verb>> = {
	version: io => {
		io.out('etcdctl version: 3.5.21\nAPI version: 3.5\n');
		return 0;
	},
	'snapshot status': snapshotStatus,
};
const others = [
	...[
		'put',
		'del',
		'watch',
		'txn',
		'compaction',
		'lease',
		'lock',
		'elect',
		'auth',
		'user',
		'role',
		'check',
		'make-mirror',
		'move-leader',
		'help',
	],
	...['snapshot', 'member', 'endpoint', 'alarm', 'completion', 'downgrade'],
];

const flag = 'flag' as const;
const value = 'value' as const;
const options: ArgumentSpec = {
	values: 'w',
	long: {
		...{
			endpoints: value,
			cacert: value,
			cert: value,
			key: value,
			user: value,
			'command-timeout': value,
			'dial-timeout': value,
			'write-out': '=w',
			limit: value,
		},
		...{
			prefix: flag,
			'keys-only': flag,
			'count-only': flag,
			'from-key': flag,
			'print-value-only': flag,
			cluster: flag,
			debug: flag,
			hex: flag,
		},
		...{'insecure-skip-tls-verify': flag, 'insecure-transport': flag, order: value, 'sort-by': value, consistency: value},
	},
};

export const etcdctl: Command<Machine> = {
	name: 'etcdctl',
	path: '/usr/local/bin/etcdctl',
	summary: "ask the store of the cluster's objects",
	*run(io): Run {
		const args = parseArguments(io.argv.slice(1), options);
		const [first, second] = args.operands;
		if (args.problem || first === undefined) return notSimulated(io, io.argv.slice(0, 2).join(' '));
		const pair = `${first} ${second}`;
		const name = [pair, first].find(each => Object.hasOwn(verbs, each) || Object.hasOwn(local, each));
		const rest = args.operands.slice(name === pair ? 2 : 1);
		if (name !== undefined && Object.hasOwn(local, name)) return local[name]!(io, args, rest);
		if (name === undefined) {
			if (others.includes(first)) return notSimulated(io, `etcdctl ${first}${second === undefined ? '' : ` ${second}`}`);
			io.err(`Error: unknown command "${first}" for "etcdctl"\nRun 'etcdctl --help' for usage.\n`);
			return 1;
		}

		const problem = problemOf(io, args, endpointsOf(io, args)[0]!);
		if (problem && 'file' in problem) {
			io.err(`Error: ${problem.file}\n`);
			return 1;
		}

		if (problem) return yield* timedOut(io, args, name, problem.text);
		return verbs[name]!(io, args, rest);
	},
};

/** The client tries again and again, until the command's time is over. */
function* timedOut(io: Io<Machine>, args: Arguments, verb: string, text: string): Run {
	yield {sleepMs: commandTimeoutMs};
	const ms = io.machine.sim.clock.now();
	const ts = `${strftime('%FT%T', ms)}.${String(ms % 1000).padStart(3, '0')}Z`;
	const error = `rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: ${text}`;
	const [endpoint = ''] = endpointsOf(io, args);
	const target = `etcd-endpoints://0xc00002a000/${endpoint.replace(/^https?:\/\//, '')}`;
	const fields = {
		level: 'warn',
		ts,
		logger: 'client',
		caller: 'v3@v3.5.21/retry_interceptor.go:63',
		msg: 'retrying of unary invoker failed',
		target,
		attempt: 0,
		error,
	};
	io.err(`${JSON.stringify(fields)}\n`);
	io.err(
		verb === 'endpoint health'
			? `${endpoint} is unhealthy: failed to commit proposal: context deadline exceeded\nError: unhealthy cluster\n`
			: 'Error: context deadline exceeded\n',
	);
	return 1;
}
