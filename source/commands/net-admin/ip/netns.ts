import type {Namespace} from '../../../net/namespace.js';
import {networkNamed, withNetwork} from '../../../node/container/network-of.js';
import type {Machine} from '../../../node/host/machine.js';
import type {ExecResult, Io, Run} from '../../../shell/command.js';
import {stackOf} from '../tool.js';
import {IpFailure, NotSimulated} from './failure.js';

/** Namespaces that containerd names under /run/netns are those of pods: the other ends of this machine's veths. */
function names(stack: Namespace): {name: string; id: number; namespace: string}[] {
	const peers = stack.links.list().flatMap(({peer}) => (peer && peer.namespace !== stack.name ? [peer.namespace] : []));
	return [...new Set(peers)].map((namespace, id) => ({name: `cni-${uuidOf(namespace)}`, id, namespace}));
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

/** `ip netns exec NAME COMMAND` and `ip -n NAME ...`: this machine's command in a pod's network. */
export function* runInNamespace(io: Io<Machine>, name: string | undefined, argv: readonly string[]): Run {
	if (name === undefined) throw new IpFailure(1, 'No netns name specified');
	if (argv.length === 0) throw new IpFailure(1, 'No command specified');
	const found = names(stackOf(io)).find(each => each.name === name);
	const stack = found && networkNamed(io.machine, found.namespace);
	if (!stack) throw new IpFailure(255, `Cannot open network namespace "${name}": No such file or directory`);
	const {exitCode}: ExecResult = yield {exec: {machine: withNetwork(io.machine, stack), argv, cwd: io.cwd, stream: true, stdin: io.stdin}};
	return exitCode;
}

export function ipNetns(stack: Namespace, words: readonly string[]): string {
	const [verb = 'list', name] = words;
	const all = names(stack);
	const known = all.some(each => each.name === name);
	if ('list'.startsWith(verb) || 'show'.startsWith(verb) || verb === 'lst')
		return all
			.toReversed()
			.map(each => `${each.name} (id: ${each.id})\n`)
			.join('');
	if (!['add', 'delete', 'del', 'exec', 'set', 'identify', 'pids', 'monitor', 'attach', 'list-id', 'help'].includes(verb))
		throw new IpFailure(255, `Command "${verb}" is unknown, try "ip netns help".`);
	if ((verb === 'add' || verb.startsWith('del')) && name === undefined) throw new IpFailure(1, 'No netns name specified');
	if (verb.startsWith('del') && !known)
		throw new IpFailure(1, `Cannot remove namespace file "/run/netns/${name}": No such file or directory`);
	throw new NotSimulated(`ip netns ${verb}`);
}
