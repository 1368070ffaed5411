import {stamp} from './klog.js';
import {programHandler, socketOwner} from '../../node/program/program-runner.js';
import type {Run} from '../../shell/command.js';
import {failure, notSimulated} from './failure.js';
import type {Call, Verb} from './verb.js';

/** Often enough that a failure is told of soon. */
const lookEveryMs = 500;
/** Where nobody can press ctrl-c it ends when it has not been used for this long. */
const unattendedMs = 300_000;
const anyPorts = {from: 32_768, count: 28_000};
const unguarded = 'Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious';

export const proxy: Verb = {
	name: 'proxy',
	summary: 'Run a proxy to the Kubernetes API server',
	group: 'Troubleshooting and Debugging Commands:',
	flags: [
		['accept-hosts', 'string', '^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$'],
		['accept-paths', 'string', '^.*'],
		['address', 'string', '127.0.0.1'],
		['api-prefix', 'string', '/'],
		['append-server-path', 'bool', 'false'],
		['disable-filter', 'bool', 'false'],
		['keepalive', 'duration', '0s'],
		['port', 'int', '8001', 'p'],
		['reject-methods', 'string', '^$'],
		['reject-paths', 'string', '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach'],
		['unix-socket', 'string', '', 'u'],
		['www', 'string', '', 'w'],
		['www-prefix', 'string', '/static/', 'P'],
	],
	*run(call) {
		const {flags} = call;
		for (const name of ['unix-socket', 'www', 'www-prefix', 'append-server-path'])
			if (flags.changed(name)) throw notSimulated(`kubectl proxy --${name}`);
		for (const name of ['accept-hosts', 'accept-paths', 'reject-methods', 'reject-paths']) checkPatterns(flags.string(name));
		return yield* serve(call);
	},
};

function checkPatterns(text: string): void {
	for (const pattern of text.split(',').filter(Boolean)) {
		try {
			new RegExp(pattern);
		} catch {
			throw failure(`error parsing regexp: ${pattern}`);
		}
	}
}

/** Listens until it is stopped. */
function* serve(call: Call): Run {
	const {session, flags} = call;
	const {machine} = session;
	const {pid} = machine.processes.start({
		user: machine.user,
		program: 'kubectl-proxy',
		container: machine.container,
		ppid: 1,
		argv: ['kubectl', 'proxy', ...call.args],
	});
	const owner = socketOwner(machine.host, pid);
	try {
		listenOn(call, owner, pid);
		machine.processes.update(pid, {memory: memoryOf(call)});
		if (flags.bool('disable-filter')) session.err(`W${stamp(session.nowMs)}    ${pid} proxy.go:176] ${unguarded}\n`);
		let [served, used] = [0, session.nowMs];
		for (;;) {
			yield {sleepMs: lookEveryMs};
			const present = machine.processes.get(pid)?.memory as ReturnType<typeof memoryOf> | undefined;
			if (!present) return 0;
			if (present.served > served) [served, used] = [present.served, session.nowMs];
			for (const error of present.failed)
				session.err(`E${stamp(session.nowMs)}    ${pid} proxy_server.go:147] "Error while proxying request" err="${error}"\n`);
			if (present.failed.length > 0) machine.processes.update(pid, {memory: {...present, failed: []}});
			if (session.io.unattended && session.nowMs - used > unattendedMs) return 0;
		}
	} finally {
		machine.stack.sockets.closeAll(owner);
		machine.processes.end(pid);
	}
}

function listenOn({session, flags}: Call, owner: string, pid: number): void {
	const {stack, sim} = session.machine;
	const address = flags.string('address');
	const port = Number(flags.string('port')) || anyPorts.from + sim.random.fork('kubectl/proxy').int(anyPorts.count);
	const taken = stack.sockets
		.listeners()
		.some(one => one.protocol === 'tcp' && one.port === port && [address, '0.0.0.0', '*'].includes(one.address));
	if (taken) throw failure(`listen tcp ${address}:${port}: bind: address already in use`);
	stack.sockets.listen({protocol: 'tcp', address, port, handler: programHandler, owner, process: {name: 'kubectl', pid}});
	session.out(`Starting to serve on ${address}:${port}\n`);
}

/** As `images/control-plane/kubectl-proxy.ts` reads it. */
function memoryOf({session, flags}: Call) {
	const [, address = '', port] = /^https?:\/\/([^:/]+)(?::(\d+))?/.exec(session.access.server) ?? [];
	const prefix = flags.string('api-prefix');
	return {
		user: session.user,
		server: {address, port: Number(port ?? 443)},
		prefix: prefix.endsWith('/') ? prefix : `${prefix}/`,
		...(!flags.bool('disable-filter') && {
			filter: {
				acceptPaths: flags.string('accept-paths'),
				rejectPaths: flags.string('reject-paths'),
				acceptHosts: flags.string('accept-hosts'),
				rejectMethods: flags.string('reject-methods'),
			},
		}),
		served: 0,
		failed: [] as readonly string[],
	};
}
