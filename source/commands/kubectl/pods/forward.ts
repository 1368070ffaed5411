import type {KubeObject} from '../../../api/object.js';
import {isIpv6, parseIpv4} from '../../../net/address.js';
import {stamp} from '../klog.js';
import type {PortForwardMemory} from '../../../node/net/port-forward.js';
import {programHandler, socketOwner} from '../../../node/program/program-runner.js';
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
		for (const {local: asked, remote} of ports) {
			const local = asked || anyPorts.from + machine.sim.random.fork('kubectl/port-forward').int(anyPorts.count);
			if (listenOn(call, owner, pid, local, remote)) remotes[local] = remote;
		}

		if (Object.keys(remotes).length === 0) {
			const shown = ports.map(({local, remote}) => `{${local} ${remote}}`).join(' ');
			throw failure(`unable to listen on any of the requested ports: [${shown}]`);
		}

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

/** `localhost` is both loopbacks (client-go/tools/portforward, parseAddresses). */
const addressesOf = (asked: readonly string[]): readonly string[] =>
	asked.flatMap(address => {
		if (address === 'localhost') return ['127.0.0.1', '::1'];
		if (parseIpv4(address) === undefined && !isIpv6(address)) throw failure(`${address} is not a valid IP`);
		return [address];
	});

/** A port may be had on some of the addresses only; false when on none. */
function listenOn({session, flags}: Call, owner: string, pid: number, local: number, remote: number): boolean {
	const {sockets, hasAddress} = session.machine.stack;
	const failures: string[] = [];
	const addresses = addressesOf(flags.list('address'));
	for (const address of addresses) {
		const shown = address.includes(':') ? `[${address}]` : address;
		const isTaken = sockets
			.listeners()
			.some(one => one.protocol === 'tcp' && one.port === local && [address, '0.0.0.0', '*'].includes(one.address));
		const isOwn = isIpv6(address) || address === '0.0.0.0' || address.startsWith('127.') || hasAddress(address);
		if (isOwn && !isTaken) {
			sockets.listen({protocol: 'tcp', address, port: local, handler: programHandler, owner, process: {name: 'kubectl', pid}});
			session.out(`Forwarding from ${shown}:${local} -> ${remote}\n`);
			continue;
		}

		const problem = isTaken ? 'address already in use' : 'cannot assign requested address';
		failures.push(`unable to create listener: Error listen tcp${isIpv6(address) ? 6 : 4} ${shown}:${local}: bind: ${problem}`);
	}

	if (failures.length < addresses.length) return true;
	session.err(`Unable to listen on port ${local}: Listeners failed to create with the following errors: [${failures.join(' ')}]\n`);
	return false;
}

/** The name that a CNI runtime gives a network namespace's file. */
const netnsOf = (id: string) =>
	`/var/run/netns/cni-${[0, 8, 12, 16, 20].map((from, i, all) => id.slice(from, all[i + 1] ?? 32)).join('-')}`;

function tell({session}: Call, pod: KubeObject, {taken, refused, remotes}: PortForwardMemory): void {
	for (const port of taken) session.out(`Handling connection for ${port}\n`);
	const {machine} = session;
	const sandbox = machine.world.container(pod.metadata.uid!, pod['spec'].containers[0].name)?.container ?? '';
	for (const local of refused) {
		const port = remotes[local];
		session.err(
			`E${stamp(session.nowMs)}   ${1000 + (session.nowMs % 9000)} portforward.go:424] "Unhandled Error" err="an error occurred forwarding ${local} -> ${port}: error forwarding port ${port} to pod ${sandbox}, uid : failed to execute portforward in network namespace \\"${netnsOf(sandbox)}\\": failed to connect to localhost:${port} inside namespace \\"${sandbox}\\", IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found "\n`,
		);
	}
}
