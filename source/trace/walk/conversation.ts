import {decodeDns} from '../../net/dns-message.js';
import type {Kernel} from '../../net/kernel.js';
import type {Outcome} from '../../net/outcome.js';
import {isIcmpError} from '../../net/packet.js';
import type {Call} from './call.js';
import {endsOf, isRequest, type Journey, journeysOf, replyTo} from './journey.js';
import type {Owners} from '../explain/owners.js';
import {stepsOf} from './step.js';
import type {Conversation} from '../trace.js';
import {verdictOf} from '../verdict/verdict.js';

export interface Surroundings {
	readonly owners: Owners;
	kernelOf(where: string): Kernel | undefined;
}

/** One call of the command with its packets; what servers asked meanwhile is nested. `where` is the namespace it was made in. */
export function conversationOf(call: Call, where: string, around: Surroundings): Conversation {
	const journeys = journeysOf(call.hops);
	const requests = journeys.filter((journey, at) => isRequest(journey, journeys.slice(0, at)));
	const [request, ...others] = requests;
	const nested = others.map(each => {
		const later = journeys.slice(journeys.indexOf(each) + 1);
		return tell(nestedCall(each, later), each.hops[0]!.where, each, replyTo(each, later), [], around);
	});
	const reply = request && replyTo(request, journeys.slice(journeys.indexOf(request) + 1));
	return tell(call, where, request, reply, nested, around);
}

function tell(
	call: Call,
	where: string,
	request: Journey | undefined,
	reply: Journey | undefined,
	nested: readonly Conversation[],
	{owners, kernelOf}: Surroundings,
): Conversation {
	const question = call.port === 53 ? decodeDns(call.sent)?.question : undefined;
	const [source, destination] = request
		? endsOf(request.first)
		: ['-', call.protocol === 'icmp' ? call.destination : `${call.destination}:${call.port}`];
	return {
		from: owners.label(where),
		protocol: call.protocol,
		source,
		destination,
		...(question && {asks: `${question.name} ${question.type}`}),
		verdict: verdictOf({call, where, request, reply, owners}),
		hops: request ? stepsOf(request.hops, owners, kernelOf) : [],
		reply: reply ? stepsOf(reply.hops, owners, kernelOf) : [],
		nested,
	};
}

/** What a server asked, as its packets tell it: nobody was there to note the outcome. */
function nestedCall(request: Journey, later: readonly Journey[]): Call {
	const {first, hops} = request;
	const reply = replyTo(request, later);
	const told = hops.find(hop => hop.hook === 'ICMP')?.note ?? '';
	const answered = later.filter(journey => replyTo(request, [journey]) && journey.first.payload);
	const data = later.find(({first: packet}) => packet.payload && endsOf(packet).join() === endsOf(first).join());
	return {
		protocol: first.protocol === 'udp' ? 'udp' : first.protocol === 'icmp' ? 'icmp' : 'tcp',
		destination: first.destination,
		port: first.destinationPort,
		outcome: outcomeOf(reply, told),
		hops,
		sent: first.payload ?? data?.first.payload ?? '',
		received: answered.map(({first: packet}) => packet.payload).join(''),
		lastDrop: told,
	};
}

function outcomeOf(reply: Journey | undefined, by: string): Outcome {
	if (!reply) return {kind: 'timeout', by: by || 'nothing answered'};
	const {first} = reply;
	if (isIcmpError(first)) return {kind: 'unreachable', code: (first.icmp?.code as 'host') ?? 'host', from: first.source, by};
	return first.flags?.rst ? {kind: 'refused', by} : {kind: 'connected'};
}
