import type {KubeObject} from '../../../api/object.js';
import {stamp} from '../klog.js';
import type {PortForwardMemory} from '../../../node/port-forward.js';
import {programHandler, socketOwner} from '../../../node/program-runner.js';
import type {Run} from '../../../shell/command.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';

export interface ForwardedPort {
	/** 0: any. */
	readonly local: number;
	readonly remote: number;
}

/** Often enough that a connection is told of before its client has printed what came. */
const lookEveryMs = 5;
/** Where nobody can press ctrl-c it ends when it has not been used for this long. */
const unattendedMs = 300_000;
const anyPorts = {from: 32_768, count: 28_000};

/** Listens until it is stopped, or its pod is gone. */
export function* forward(call: Call, pod: KubeObject, ports: readonly ForwardedPort[]): Run {
	const {session} = call;
	const {machine} = session;
	const {stack, processes} = machine;
	const remotes: Record<string, number> = {};
	const container = pod['spec'].containers[0].name as string;
	const memory = (): PortForwardMemory => ({pod: pod.metadata.uid!, container, remotes, taken: [], refused: []});
	const {pid} = processes.start({
		user: machine.user,
		program: 'kubectl-port-forward',
		container: machine.container,
		ppid: 1,
		argv: ['kubectl', 'port-forward', ...call.args],
	});
	const owner = socketOwner(machine.host, pid);
	try {
		for (const {local, remote} of ports) listenOn(call, owner, pid, remotes, local, remote);
		processes.update(pid, {memory: memory()});
		let used = session.nowMs;
		for (;;) {
			yield {sleepMs: lookEveryMs};
			const present = processes.get(pid)?.memory as PortForwardMemory | undefined;
			if (!present) return 0;
			if (present.taken.length > 0) {
				used = session.nowMs;
				processes.update(pid, {memory: memory()});
				tell(call, pod, present);
				if (present.refused.length > 0) throw failure('lost connection to pod');
			}

			if (session.io.unattended && session.nowMs - used > unattendedMs) return 0;
		}
	} finally {
		stack.sockets.closeAll(owner);
		processes.end(pid);
	}
}

/** On the addresses that were asked for; `localhost` is both loopbacks. */
function listenOn(
	{session, flags}: Call,
	owner: string,
	pid: number,
	remotes: Record<string, number>,
	asked: number,
	remote: number,
): void {
	const {sockets} = session.machine.stack;
	const local = asked || anyPorts.from + session.machine.sim.random.fork('kubectl/port-forward').int(anyPorts.count);
	const addresses = flags.list('address').flatMap(address => (address === 'localhost' ? ['127.0.0.1', '::1'] : [address]));
	for (const address of addresses) {
		if (sockets.listeners().some(one => one.protocol === 'tcp' && one.port === local && [address, '0.0.0.0', '*'].includes(one.address)))
			throw failure(
				`unable to listen on port ${local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 ${address}:${local}: bind: address already in use]\nerror: unable to listen on any of the requested ports: [{${local} ${remote}}]`,
			);
		sockets.listen({protocol: 'tcp', address, port: local, handler: programHandler, owner, process: {name: 'kubectl', pid}});
		session.out(`Forwarding from ${address.includes(':') ? `[${address}]` : address}:${local} -> ${remote}\n`);
	}

	remotes[local] = remote;
}

function tell({session}: Call, pod: KubeObject, {taken, refused}: PortForwardMemory): void {
	for (const port of taken) session.out(`Handling connection for ${port}\n`);
	const {machine} = session;
	const sandbox = machine.world.container(pod.metadata.uid!, pod['spec'].containers[0].name)?.container ?? '';
	for (const port of refused)
		session.err(
			`E${stamp(session.nowMs)}   ${1000 + (session.nowMs % 9000)} portforward.go:424] "Unhandled Error" err="an error occurred forwarding ${port} -> ${port}: error forwarding port ${port} to pod ${sandbox}, uid : failed to execute portforward in network namespace: failed to connect to localhost:${port} inside namespace \\"${sandbox}\\", IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address "\n`,
		);
}
