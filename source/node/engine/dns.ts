import {decodeDns, encodeDns, type DnsMessage} from '../../net/dns-message.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import type {Machine} from '../host/machine.js';
import type {ContainerRecord} from './model.js';

/** The name server on 127.0.0.11 in containers of user-defined networks: knows names, aliases and short ids, and asks the host's server for the rest. */
export const embeddedAddress = '127.0.0.11';

export interface Names {
	readonly address: string;
	readonly names: readonly string[];
}

/** What a container may call its neighbours: those on a network that it is on. */
export function neighboursOf(record: ContainerRecord, all: readonly ContainerRecord[]): readonly Names[] {
	return Object.keys(record.endpoints)
		.filter(network => network !== 'bridge')
		.flatMap(network =>
			all.flatMap(each => {
				const endpoint = each.endpoints[network];
				return endpoint?.address ? [{address: endpoint.address, names: [each.name, each.id.slice(0, 12), ...endpoint.aliases]}] : [];
			}),
		);
}

/** What the daemon answers on the port that it keeps for one container. */
export function serveName(
	{local, bytes}: ServiceRequest,
	records: readonly ContainerRecord[],
	host: Machine,
	nameServer: string,
): ServiceAnswer {
	const record = records.find(each => each.dnsPort === local.port);
	if (!record || local.address !== embeddedAddress) return {bytes: '', end: 'timeout'};
	const overTcp = bytes.length > 2 && ((bytes.charCodeAt(0) << 8) | bytes.charCodeAt(1)) === bytes.length - 2;
	const servers = record.host.dns.length > 0 ? record.host.dns : [nameServer];
	const answer = answerName(overTcp ? bytes.slice(2) : bytes, neighboursOf(record, records), host, servers);
	if (answer === undefined) return {bytes: '', end: 'timeout'};
	return {bytes: overTcp ? String.fromCharCode(answer.length >> 8, answer.length & 255) + answer : answer};
}

/** Answers one query; undefined when nobody does. */
export function answerName(query: string, neighbours: readonly Names[], host: Machine, servers: readonly string[]): string | undefined {
	const asked = decodeDns(query);
	if (!asked) return undefined;
	const {name, type} = asked.question;
	const plain = name.replace(/\.$/, '').toLowerCase();
	const known = neighbours.filter(each => each.names.some(own => own.toLowerCase() === plain));
	if (known.length > 0 && (type === 'A' || type === 'AAAA'))
		return reply(asked, type === 'A' ? known.map(({address}) => ({name, type, ttl: 600, data: address})) : []);
	const reverse = type === 'PTR' && neighbours.find(each => `${each.address.split('.').reverse().join('.')}.in-addr.arpa` === plain);
	if (reverse) return reply(asked, [{name, type, ttl: 600, data: `${reverse.names[0]}.`}]);
	for (const server of servers) {
		const {payload} = host.stack.exchange(server, 53, query);
		if (payload !== undefined) return payload;
	}

	return encodeDns({...base(asked), rcode: 'SERVFAIL', answers: []});
}

const base = (asked: DnsMessage) => ({
	id: asked.id,
	response: true,
	recursionDesired: asked.recursionDesired,
	recursionAvailable: true,
	question: asked.question,
	authorities: [],
	additionals: [],
});

const reply = (asked: DnsMessage, answers: DnsMessage['answers']) => encodeDns({...base(asked), rcode: 'NOERROR', answers});
