import type {Namespace} from '../../../net/namespace.js';
import {networkNamed, networkOfProcess, withNetwork} from '../../../node/container/network-of.js';
import type {Machine} from '../../../node/host/machine.js';
import type {ExecResult, Io, Run} from '../../../shell/command.js';
import {stackOf, type ToolIo} from '../tool.js';
import {IpFailure, NotSimulated} from './failure.js';

interface Named {
	readonly name: string;
	/** Of the namespace, in the world. */
	readonly namespace: string;
	/** The number this machine's network knows it by, once a veth leads there. */
	readonly id?: number;
}

const folder = '/run/netns';
const hostStack = (machine: Machine): Namespace => (machine.world?.host(machine.host)?.stack ?? machine.stack) as Namespace;
const ownName = (machine: Machine, name: string) => `${machine.host}/netns/${name}`;

/** Those that somebody made here, the last one first, and those of pods that containerd names: the other ends of this machine's veths. */
function allNames(machine: Machine): Named[] {
	const stack = hostStack(machine);
	const peers = [...new Set(stack.links.list().flatMap(({peer}) => (peer && peer.namespace !== stack.name ? [peer.namespace] : [])))];
	const idOf = (namespace: string) => {
		const id = peers.indexOf(namespace);
		return id < 0 ? {} : {id};
	};
	const own = machine.files.exists(folder) ? machine.files.list(folder) : [];
	const made = own.map(name => ({name, namespace: ownName(machine, name)}));
	const pods = peers
		.filter(each => !each.startsWith(ownName(machine, '')))
		.map(namespace => ({name: `cni-${uuidOf(namespace)}`, namespace}));
	return [...made, ...pods].map(each => ({...each, ...idOf(each.namespace)})).toReversed();
}

/** The CNI runtime draws it; here it follows from the namespace. */
function uuidOf(text: string): string {
	let hex = '';
	for (let salt = 0; hex.length < 32; salt++) {
		let hash = 2_166_136_261 ^ salt;
		for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
		hex += (hash >>> 0).toString(16).padStart(8, '0');
	}
	return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-9$4-$5');
}

function open(machine: Machine, name: string): Namespace | undefined {
	const found = allNames(machine).find(each => each.name === name);
	const made = found?.namespace === ownName(machine, name);
	return (
		found && ((made ? machine.world.networks?.open(found.namespace) : networkNamed(machine, found.namespace)) as Namespace | undefined)
	);
}

/** What `ip link set ... netns` takes: a name, or the number of a process. */
export const networkFor =
	(machine: Machine) =>
	(name: string): Namespace | undefined =>
		/^\d+$/.test(name)
			? name === '1'
				? hostStack(machine)
				: (networkOfProcess(machine, Number(name)) as Namespace | undefined)
			: open(machine, name);

/** `ip netns exec NAME COMMAND` and `ip -n NAME ...`: this machine's command in another network. */
export function* runInNamespace(io: Io<Machine>, name: string | undefined, argv: readonly string[]): Run {
	if (name === undefined) throw new IpFailure(1, 'No netns name specified');
	if (argv.length === 0) throw new IpFailure(1, 'No command specified');
	const stack = open(io.machine, name);
	if (!stack) throw new IpFailure(255, `Cannot open network namespace "${name}": No such file or directory`);
	const {exitCode}: ExecResult = yield {exec: {machine: withNetwork(io.machine, stack), argv, cwd: io.cwd, stream: true, stdin: io.stdin}};
	return exitCode;
}

/** `ip -all netns exec COMMAND` */
export function* runInAll(io: Io<Machine>, argv: readonly string[]): Run {
	if (argv.length === 0) throw new IpFailure(1, 'No command specified');
	for (const {name} of allNames(io.machine)) {
		io.out(`\nnetns: ${name}\n`);
		yield* runInNamespace(io, name, argv);
	}

	return 0;
}

export function ipNetns(io: ToolIo, words: readonly string[]): string {
	const [verb = 'list', name] = words;
	if ('list'.startsWith(verb) || 'show'.startsWith(verb) || verb === 'lst')
		return allNames(io.machine)
			.map(each => `${each.name}${each.id === undefined ? '' : ` (id: ${each.id})`}\n`)
			.join('');
	if (verb === 'list-id')
		return allNames(io.machine)
			.filter(each => each.id !== undefined)
			.sort((a, b) => a.id! - b.id!)
			.map(each => `nsid ${each.id} (iproute2 netns name: ${each.name})\n`)
			.join('');
	if (!['add', 'delete', 'del', 'exec', 'set', 'identify', 'pids', 'monitor', 'attach', 'help'].includes(verb))
		throw new IpFailure(255, `Command "${verb}" is unknown, try "ip netns help".`);
	if (verb === 'identify') return `${identify(io, name)}\n`;
	if (verb !== 'add' && !verb.startsWith('del')) throw new NotSimulated(`ip netns ${verb}`);
	if (name === undefined) throw new IpFailure(1, 'No netns name specified');
	if (/\//.test(name) || /^\.{0,2}$/.test(name)) throw new IpFailure(1, `Invalid netns name "${name}"`);
	return verb === 'add' ? add(io.machine, name) : remove(io.machine, name);
}

/** A new network has a loopback device, which is down. */
function add(machine: Machine, name: string): string {
	const {files, world} = machine;
	const path = `${folder}/${name}`;
	if (allNames(machine).some(each => each.name === name)) throw new IpFailure(1, `Cannot create namespace file "${path}": File exists`);
	const stack = world?.networks?.open(ownName(machine, name));
	if (!stack || machine.kind !== 'host') throw new NotSimulated('ip netns add');
	files.makeFolder(folder, {recursive: true});
	files.write(path, '', {mode: 0});
	stack.links.removeAddress('lo', '127.0.0.1');
	stack.links.setUp('lo', false);
	return '';
}

/** Its veths go, with their other ends; a network card comes back to the machine. */
function remove(machine: Machine, name: string): string {
	const path = `${folder}/${name}`;
	const found = allNames(machine).find(each => each.name === name);
	if (!found) throw new IpFailure(1, `Cannot remove namespace file "${path}": No such file or directory`);
	if (found.namespace !== ownName(machine, name)) throw new NotSimulated('ip netns delete of a pod');
	const stack = machine.world.networks!.open(found.namespace);
	const host = hostStack(machine);
	for (const {addresses: _, index: __, ...link} of stack.links.list()) {
		if (link.type === 'loopback') continue;
		stack.links.remove(link.name);
		if (link.type === 'ethernet') host.links.add({...link, up: false});
	}

	machine.world.networks!.remove(found.namespace);
	machine.files.remove(path);
	return '';
}

/** The name of the network that a process is in; of this very command, without a number. */
function identify(io: ToolIo, pid: string | undefined): string {
	if (pid !== undefined && !/^\d+$/.test(pid)) throw new IpFailure(1, `Specified string '${pid}' is not a pid`);
	const stack = pid === undefined ? stackOf(io) : (networkOfProcess(io.machine, Number(pid)) as Namespace | undefined);
	if (!stack) throw new IpFailure(1, `Cannot open network namespace: No such file or directory`);
	return allNames(io.machine).find(each => each.namespace === stack.name)?.name ?? '';
}
