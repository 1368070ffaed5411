import netClient from '../../commands/net-client/index.js';
import type {Namespace} from '../../net/namespace.js';
import type {KubeObject} from '../../api/object.js';
import {keyOf} from '../../api/object.js';
import type {Machine} from '../../node/host/machine.js';
import type {World} from '../../node/world.js';
import type {Command} from '../../shell/command.js';
import {record, type Recorded} from './call.js';
import {conversationOf} from './conversation.js';
import {otherDraws} from './draws.js';
import {createOwners} from '../explain/owners.js';
import {overall} from '../verdict/overall.js';
import type {Trace} from '../trace.js';

export interface TraceRequest {
	/** A host, or a pod as `name`, `namespace/name` or `pod/name`; a host's name wins. The first host when absent. */
	readonly from?: string;
	/** What curl would be given; or `words`, with or without the tool's name in front: `curl -m 3 http://web`, `ping 10.244.1.4`. */
	readonly url?: string;
	readonly words?: readonly string[];
	/** Also what becomes of the request at a Service's other endpoints. */
	readonly draws?: boolean;
}

/** What cannot be traced, in one sentence. */
export class TraceError extends Error {
	override readonly name = 'TraceError';
}

/** Tools that ask the network something and end by themselves. */
const tools = ['curl', 'wget', 'ping', 'nc', 'telnet', 'dig', 'nslookup', 'host'];

/**
 * Sends the request for real, from the very machine and through the very tables, and tells its way. Afterwards the world is as it was:
 * what is told is what the next request would meet.
 */
export function traceRequest(world: World, request: TraceRequest): Trace {
	const words = request.words ?? (request.url === undefined ? [] : [request.url]);
	if (words.length === 0) throw new TraceError('say what to ask for: a URL, or a command such as curl http://web');
	const {command, argv} = commandOf(words);
	const {machine, label} = placeOf(world, request.from);
	const before = world.sim.state.snapshot();
	try {
		return tell(world, machine, label, words, record(machine, command, argv), request.draws);
	} finally {
		world.sim.state.restore(before);
	}
}

function tell(world: World, machine: Machine, from: string, words: readonly string[], recorded: Recorded, draws = false): Trace {
	const owners = createOwners(world);
	const {wire} = (machine.stack as Namespace).kernel;
	const around = {owners, kernelOf: (where: string) => wire.kernel(where)};
	const connection = draws ? recorded.calls.findLast(({protocol}) => protocol === 'tcp') : undefined;
	const conversations = recorded.calls.map(call => ({
		...conversationOf(call, machine.stack.name, around),
		...(call === connection && {draws: otherDraws(machine, call, owners)}),
	}));
	const {exitCode, stdout, stderr} = recorded;
	const result = {exitCode, stdout, stderr};
	return {request: words.join(' '), from, verdict: overall(conversations, result, owners), conversations, result};
}

function commandOf(words: readonly string[]): {command: Command<Machine>; argv: readonly string[]} {
	const named = tools.includes(words[0]!);
	const name = named ? words[0]! : 'curl';
	const rest = named ? words.slice(1) : words;
	const command = netClient.find(each => each.name === name)!;
	// The progress meter says nothing about the way.
	return {command, argv: name === 'curl' ? [name, '-sS', ...rest] : [name, ...rest]};
}

function placeOf(world: World, from: string | undefined): {machine: Machine; label: string} {
	if (from === undefined) return hostPlace(world.hosts()[0]!);
	const host = world.host(from);
	if (host && !world.isUp(from)) throw new TraceError(`${from} is switched off`);
	if (host) return hostPlace(host);
	const pod = findPod(world, from);
	const container = pod['spec'].containers[0].name as string;
	const machine = world.container(pod.metadata.uid!, container);
	if (!machine) throw new TraceError(`pod ${keyOf(pod)} is not running`);
	return {machine, label: `pod ${keyOf(pod)}`};
}

const hostPlace = (machine: Machine) => ({machine, label: machine.name});

function findPod(world: World, from: string): KubeObject {
	const [first = '', ...rest] = from.split('/');
	const plain = ['pod', 'pods', 'po'].includes(first) && rest.length > 0 ? rest.join('/') : from;
	const slash = plain.indexOf('/');
	const [namespace, name] = slash === -1 ? ['default', plain] : [plain.slice(0, slash), plain.slice(slash + 1)];
	const pod = world.api.reader.find<KubeObject>('pods', namespace, name);
	if (pod) return pod;
	const hosts = world.hosts().map(host => host.name);
	throw new TraceError(`there is no host and no pod "${from}"; hosts are ${hosts.join(', ')}, pods are written NAME or NAMESPACE/NAME`);
}
