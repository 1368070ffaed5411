import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';

/** Where a name or address leads: /etc/hosts first, then the machines that exist. */
function addressOf({machine}: Io<Machine>, name: string): string | undefined {
	const {world, files} = machine;
	if (name === 'localhost') return '127.0.0.1';
	if (parseIpv4(name) !== undefined) return name;
	const hosts = files.exists('/etc/hosts') ? files.readText('/etc/hosts').split('\n') : [];
	const row = hosts.map(line => line.replace(/#.*/, '').trim().split(/\s+/)).find(([, ...names]) => names.includes(name));
	const links = world.host(name)?.stack.links.list() ?? [];
	return row?.[0] ?? links.find(link => link.name === 'eth0')?.addresses.find(({address}) => !address.includes(':'))?.address;
}

interface Reached {
	readonly host?: Machine;
	readonly problem?: string;
	readonly waitMs: number;
}

const waits: Readonly<Record<string, readonly [waitMs: number, words: string]>> = {
	timeout: [130_000, 'Connection timed out'],
	unreachable: [3000, 'No route to host'],
};

/** By real packets: a firewall, a stopped sshd or a cut cable is felt. */
export function reach(io: Io<Machine>, name: string, port: number): Reached {
	const {world, stack, host: own} = io.machine;
	const address = addressOf(io, name);
	if (address === undefined) return {waitMs: 0, problem: `Could not resolve hostname ${name}: Name or service not known`};
	const host = address.startsWith('127.') ? world.host(own) : world.hostAt(address);
	const outcome = stack.reach(address, port);
	// A REJECT with port-unreachable is a refusal to connect().
	const kind = outcome.kind === 'unreachable' && outcome.code === 'port' ? 'refused' : outcome.kind;
	if (host && kind === 'connected' && port === 22) return {host, waitMs: 0};
	const [waitMs, words] = waits[kind] ?? [0, 'Connection refused'];
	return {waitMs, problem: `connect to host ${name} port ${port}: ${words}`};
}
