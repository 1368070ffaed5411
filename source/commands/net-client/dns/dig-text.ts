import type {DnsMessage} from '../../../net/dns-message.js';
import {strftime} from '../../../sim/strftime.js';
import type {DnsReply} from '../resolve/dns-client.js';
import type {DigQuery} from './dig-query.js';
import {headerText, type Section, type Shown, sectionsText} from './message-text.js';

type Answer = Extract<DnsReply, {kind: 'answer'}>;

/** What dig prints of an answer, section by section. */
export function digText(asked: string, reply: Answer, query: DigQuery, server: string, nowMs: number): string {
	const {message} = reply;
	const shown = shownOf(query);
	const recursion = message.recursionDesired && !message.recursionAvailable ? ';; WARNING: recursion requested but not available\n' : '';
	const head = `;; Got answer:\n${multicast(asked)}${headerText(message)}${recursion}${optText(message, ' (echoed)')}`;
	const text = `${shown.comments ? head : ''}${sectionsText(message, shown)}`;
	if (query.flags.get('stats') === false) return text;
	const took = query.micro ? `${reply.tookMs * 1000} usec` : `${reply.tookMs} msec`;
	return `${text};; Query time: ${took}\n;; SERVER: ${server}#${query.port}(${server}) (${reply.overTcp ? 'TCP' : 'UDP'})\n;; WHEN: ${when(nowMs)}\n;; MSG SIZE  rcvd: ${reply.bytes}\n\n`;
}

/** `+qr`: the query as it leaves. */
export function queryText(message: DnsMessage, bytes: number, query: DigQuery): string {
	const shown = shownOf(query);
	const reserved = query.flags.get('zflag') === true ? ' MBZ: 0x4;' : '';
	const security = query.flags.get('dnssec') === true ? ' do' : '';
	const sent = {...message, authoritative: query.flags.get('aaflag') === true};
	const head = `;; Sending:\n${multicast(message.question.name)}${headerText(sent, reserved)}${optText(message, '', security)}`;
	const size = query.flags.get('stats') === false ? '' : `;; QUERY SIZE: ${bytes}\n\n`;
	return `${shown.comments ? head : ''}${sectionsText(message, shown)}${size}`;
}

export function shownOf({flags}: DigQuery): Shown {
	const sections = (['question', 'answer', 'authority', 'additional'] as Section[]).filter(section => flags.get(section) !== false);
	return {
		sections: new Set(sections),
		comments: flags.get('comments') !== false,
		style: {
			ttl: flags.get('ttlid') !== false,
			class: flags.get('class') !== false,
			multiline: flags.get('multiline') === true,
			ttlUnits: flags.get('ttlunits') === true,
		},
	};
}

function optText({edns}: DnsMessage, echoed: string, flags = ''): string {
	if (!edns) return '\n';
	const cookie = edns.cookie ? `; COOKIE: ${edns.cookie}${echoed}\n` : '';
	return `\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:${flags}; udp: ${edns.udpSize}\n${cookie}`;
}

const multicast = (asked: string): string =>
	/(^|\.)local\.$/i.test(asked)
		? ';; WARNING: .local is reserved for Multicast DNS\n;; You are currently testing what happens when an mDNS query is leaked to DNS\n'
		: '';

/** `Sat Nov 21 08:54:34 UTC 2026` */
export const when = (ms: number): string => strftime('%a %b %d %T UTC %Y', ms);
