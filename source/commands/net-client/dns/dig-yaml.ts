import {strftime} from '../../../sim/strftime.js';
import type {DnsReply} from '../resolve/dns-client.js';
import type {DigQuery} from './dig-query.js';
import {shownOf} from './dig-text.js';
import {countsOf, flagsOf} from './message-text.js';

type Answer = Extract<DnsReply, {kind: 'answer'}>;

/** `dig +yaml`: an answer as a list of one message; `tookMs` before `nowMs` it was asked for. */
export function digYaml({message, bytes, tookMs, overTcp}: Answer, query: DigQuery, server: string, nowMs: number): string {
	const {sections, comments} = shownOf(query);
	const {question, edns} = message;
	const {QUERY, ...counts} = countsOf(message);
	const kind = question.class ?? 'IN';
	const listed = (title: string, lines: readonly string[]) =>
		lines.length > 0 ? [`      ${title}_SECTION:`, ...lines.map(line => `        - '${line}'`)] : [];
	const records = (['answer', 'authority', 'additional'] as const).flatMap(section => {
		const all = {answer: message.answers, authority: message.authorities, additional: message.additionals}[section];
		return sections.has(section)
			? listed(
					section.toUpperCase(),
					all.map(({name, ttl, type, data}) => `${name} ${ttl} IN ${type} ${data}`),
				)
			: [];
	});
	const lines = [
		'- type: MESSAGE',
		'  message:',
		`    type: ${message.recursionAvailable ? 'RECURSIVE' : 'AUTH'}_RESPONSE`,
		`    query_time: !!timestamp ${timestamp(nowMs - tookMs)}`,
		`    response_time: !!timestamp ${timestamp(nowMs)}`,
		`    message_size: ${bytes}b`,
		'    socket_family: INET',
		`    socket_protocol: ${overTcp ? 'TCP' : 'UDP'}`,
		`    response_address: "${server}"`,
		`    response_port: ${query.port}`,
		'    query_address: "0.0.0.0"',
		'    query_port: 0',
		'    response_message_data:',
		'      opcode: QUERY',
		`      status: ${message.rcode}`,
		`      id: ${message.id}`,
		`      flags: ${flagsOf(message).join(' ')}`,
		`      QUESTION: ${QUERY}`,
		...Object.entries(counts).map(([name, count]) => `      ${name}: ${count}`),
		...(comments && edns
			? ['      OPT_PSEUDOSECTION:', '        EDNS:', '          version: 0', '          flags:', `          udp: ${edns.udpSize}`]
			: []),
		...(comments && edns?.cookie ? [`          COOKIE: ${edns.cookie} (echoed)`] : []),
		...(sections.has('question') ? listed('QUESTION', [`${question.name} ${kind} ${question.type}`]) : []),
		...records,
	];
	return `${lines.join('\n')}\n`;
}

const timestamp = (ms: number) => strftime('%FT%T.%3NZ', ms);
