import {strftime} from '../../../sim/strftime.js';
import type {DnsReply} from '../resolve/dns-client.js';
import type {DigQuery} from './dig-query.js';

type Answer = Extract<DnsReply, {kind: 'answer'}>;

/** What dig prints of an answer, section by section. */
export function digText(asked: string, reply: Answer, query: DigQuery, server: string, nowMs: number): string {
	const {message} = reply;
	const shows = (section: string) => query.flags.get(section) !== false;
	let text = '';
	if (shows('comments')) text += header(asked, reply);
	if (shows('comments') && message.edns) {
		const cookie = message.edns.cookie ? `; COOKIE: ${message.edns.cookie} (echoed)\n` : '';
		text += `\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: ${message.edns.udpSize}\n${cookie}`;
	}

	const {question} = message;
	const titled = (title: string) => (shows('comments') ? `;; ${title} SECTION:\n` : '');
	if (shows('question'))
		text += `${message.edns ? '' : '\n'}${titled('QUESTION')}${line(query, [`;${question.name}`, undefined, 'IN', question.type])}\n`;
	for (const [title, section, records] of [
		['ANSWER', 'answer', message.answers],
		['AUTHORITY', 'authority', message.authorities],
		['ADDITIONAL', 'additional', message.additionals],
	] as const) {
		if (!shows(section) || records.length === 0) continue;
		text += `${shows('comments') ? '\n' : ''}${titled(title)}${records.map(({name, type, ttl, data}) => `${line(query, [name, String(ttl), 'IN', type, data])}\n`).join('')}`;
	}

	if (shows('stats')) {
		text += `\n;; Query time: ${query.micro ? `${reply.tookMs * 1000} usec` : `${reply.tookMs} msec`}\n;; SERVER: ${server}#${query.port}(${server}) (${query.flags.get('tcp') ? 'TCP' : 'UDP'})\n;; WHEN: ${when(nowMs)}\n;; MSG SIZE  rcvd: ${reply.bytes}\n`;
	}

	return shows('comments') || shows('stats') ? `${text}\n` : text;
}

function header(asked: string, {message}: Answer): string {
	const flags = [
		'qr',
		message.authoritative && 'aa',
		message.truncated && 'tc',
		message.recursionDesired && 'rd',
		message.recursionAvailable && 'ra',
	];
	const additional = message.additionals.length + (message.edns ? 1 : 0);
	const counts = `QUERY: 1, ANSWER: ${message.answers.length}, AUTHORITY: ${message.authorities.length}, ADDITIONAL: ${additional}`;
	const multicast = /(^|\.)local\.$/i.test(asked)
		? ';; WARNING: .local is reserved for Multicast DNS\n;; You are currently testing what happens when an mDNS query is leaked to DNS\n'
		: '';
	const recursion = message.recursionDesired && !message.recursionAvailable ? ';; WARNING: recursion requested but not available\n' : '';
	return `;; Got answer:\n${multicast};; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}\n;; flags: ${flags.filter(Boolean).join(' ')}; ${counts}\n${recursion}`;
}

/** Columns of dig's master style: the name to 24, TTL, class and type eight more each; a column that nobody wants moves the others. */
function line({flags}: DigQuery, [name, ttl, ...rest]: readonly (string | undefined)[]): string {
	const hidden = {ttl: flags.get('ttlid') === false, class: flags.get('class') === false};
	const [own, type, data] = rest;
	const cells = [name, hidden.ttl ? undefined : (ttl ?? ''), hidden.class ? undefined : own, type, data];
	const shown = cells.filter(cell => cell !== undefined);
	const stops = shown.map((_, at) => 24 + 8 * at);
	// A question has no TTL, but the room for it.
	const at = shown.indexOf('');
	return columns(
		shown.filter(cell => cell !== ''),
		at === -1 ? stops : stops.toSpliced(at - 1, 1),
	);
}

const tabWidth = 8;

/** Cells at their columns. One that comes too late stands one further, which may be the next tab stop (lib/dns/masterdump.c indent). */
function columns(cells: readonly string[], stops: readonly number[]): string {
	let text = '';
	let column = 0;
	cells.forEach((cell, i) => {
		text += cell;
		column += cell.length;
		if (i === cells.length - 1) return;
		const to = Math.max(stops[i]!, column + 1);
		const tabs = Math.floor(to / tabWidth) - Math.floor(column / tabWidth);
		text += tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(to % tabWidth) : ' '.repeat(to - column);
		column = to;
	});
	return text;
}

/** `Sat Nov 21 08:54:34 UTC 2026` */
export const when = (ms: number): string => strftime('%a %b %d %T UTC %Y', ms);
