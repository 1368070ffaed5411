import {type DnsMessage, decodeDns, encodeDns} from '../../net/dns-message.js';
import type {Outcome} from '../../net/outcome.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import {addLookups} from './kubernetes/objects.js';
import {type CorednsContext, compiled} from './memory.js';
import {type Answer, emptyAnswer, type Query, type Serving} from './plugin.js';
import {answerQuery} from './server.js';

const plainUdpMax = 512;
const readTimeoutMs = 2000;

/** One query that arrived, and the answer in bytes. A TCP message has its length in front. */
export function serveDns(context: CorednsContext, {bytes, peer, local}: ServiceRequest): ServiceAnswer {
	const overTcp = isTcpMessage(bytes);
	const message = decodeDns(overTcp ? bytes.slice(2) : bytes);
	if (!message || message.response) return {bytes: '', end: overTcp ? 'closed' : 'timeout'};
	const query: Query = {
		name: message.question.name.toLowerCase(),
		originalName: message.question.name,
		type: message.question.type,
		client: peer.address,
		clientPort: peer.port,
		protocol: overTcp ? 'tcp' : 'udp',
		id: message.id,
		size: bytes.length,
		bufferSize: Math.max(plainUdpMax, message.edns?.udpSize ?? 0),
	};
	// Without the chaos plugin no other class is spoken (core/dnsserver/server.go).
	const answer = message.question.class ? emptyAnswer('REFUSED') : answerQuery(compiled(context), query, servingOf(context), local.port);
	count(context, answer.rcode);
	const payload = fitted(message, answer, overTcp ? 65_535 : query.bufferSize);
	return {bytes: overTcp ? lengthOf(payload) + payload : payload, delayMs: answer.delayMs ?? 0, ...(overTcp && {end: 'open' as const})};
}

const lengthOf = (payload: string) => String.fromCharCode(payload.length >> 8, payload.length & 255);

const isTcpMessage = (bytes: string) => bytes.length > 2 && ((bytes.charCodeAt(0) << 8) | bytes.charCodeAt(1)) === bytes.length - 2;

/** Records are left out from the end, and TC set, when the answer is longer than what the client takes. */
function fitted(asked: DnsMessage, answer: Answer, max: number): string {
	const message: DnsMessage = {
		id: asked.id,
		response: true,
		rcode: answer.rcode,
		authoritative: answer.authoritative ?? false,
		truncated: answer.truncated ?? false,
		recursionDesired: asked.recursionDesired ?? false,
		recursionAvailable: answer.recursionAvailable ?? false,
		checkingDisabled: asked.checkingDisabled ?? false,
		question: asked.question,
		answers: answer.answers,
		authorities: answer.authorities,
		additionals: answer.additionals,
		...(asked.edns && {edns: asked.edns}),
	};
	let bytes = encodeDns(message);
	if (bytes.length <= max) return bytes;
	for (let kept = answer.answers.length; bytes.length > max && kept >= 0; kept--) {
		bytes = encodeDns({
			...message,
			truncated: kept < answer.answers.length,
			answers: answer.answers.slice(0, kept),
			authorities: [],
			additionals: [],
		});
	}

	return bytes;
}

function servingOf(context: CorednsContext): Omit<Serving, 'lookup'> {
	const {machine, memory} = context;
	const {sim, files, stack} = machine;
	// A world that was put in place of this one has no start to prepare them.
	addLookups(machine.world.api);
	return {
		reader: machine.world.api.reader,
		synced: memory.synced,
		nowMs: sim.clock.now(),
		startedMs: memory.startedMs,
		localAddresses: stack.links.list().flatMap(link => (link.type === 'loopback' ? [] : link.addresses.map(({address}) => address))),
		readFile: path => (files.exists(path) ? files.readText(path) : undefined),
		exchange(address, port, payload) {
			const {outcome, payload: answer, delayMs} = stack.exchange(address, port, payload);
			if (answer !== undefined) return {payload: answer, delayMs};
			const from = stack.links.list().find(link => link.type !== 'loopback')?.addresses[0]?.address ?? '0.0.0.0';
			const source = `${from}:${32_768 + sim.random.fork(`coredns/${machine.name}/port`).int(28_000)}`;
			return {
				error: readError(outcome, `read udp ${source}->${address}:${port}`),
				delayMs: outcome.kind === 'timeout' ? readTimeoutMs : delayMs,
			};
		},
		log: text => context.log(text, 'stdout'),
		random: sim.random.fork(`coredns/${machine.name}`),
		cache: sim.state.table(`coredns/${machine.name}/cache`),
	};
}

function readError(outcome: Outcome, what: string): string {
	if (outcome.kind === 'timeout') return `${what}: i/o timeout`;
	if (outcome.kind === 'refused' || (outcome.kind === 'unreachable' && outcome.code === 'port')) return `${what}: read: connection refused`;
	if (outcome.kind === 'unreachable' && outcome.code === 'no-route')
		return `dial ${what.slice(5).replace('read ', '')}: connect: network is unreachable`;
	return `${what}: read: no route to host`;
}

function count(context: CorednsContext, rcode: string): void {
	const {requests} = context.memory;
	context.memory = {...context.memory, requests: {...requests, [rcode]: (requests[rcode] ?? 0) + 1}};
}
