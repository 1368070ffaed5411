import type {DnsMessage, DnsRecord} from '../../../net/dns-message.js';
import {soaNames} from './record-lines.js';

/** The fields of a SOA record, a line each. */
function soaText(data: string): string {
	const [server = '', mail = '', ...numbers] = data.split(' ');
	const lines = numbers.map((number, at) => `\t${soaNames[at]} = ${number}\n`);
	return `\torigin = ${server.replace(/\.$/, '')}\n\tmail addr = ${mail.replace(/\.$/, '')}\n${lines.join('')}`;
}

/** A record in words, as the interactive tool prints it. */
export function recordText({name, type, data}: DnsRecord): string {
	if (type === 'A' || type === 'AAAA') return `Name:\t${shown(name)}\nAddress: ${data}\n`;
	if (type === 'SOA') return `${shown(name)}\n${soaText(data)}`;
	return `${shown(name)}\t${phrases[type] ?? type.toLowerCase()} = ${data}\n`;
}

const phrases: Readonly<Record<string, string>> = {
	CNAME: 'canonical name',
	PTR: 'name',
	SRV: 'service',
	TXT: 'text',
	MX: 'mail exchanger',
	NS: 'nameserver',
};

/** `-debug`: a whole message (bin/dig/nslookup.c, detailsection). */
export function debugText({question, answers, authorities, additionals}: DnsMessage): string {
	const section = (title: string, records: readonly DnsRecord[]) => `    ${title}:\n${records.map(detailText).join('')}`;
	const asked = `\t${shown(question.name)}, type = ${question.type}, class = ${question.class ?? 'IN'}\n`;
	return `------------\n    QUESTIONS:\n${asked}${section('ANSWERS', answers)}${section('AUTHORITY RECORDS', authorities)}${section('ADDITIONAL RECORDS', additionals)}------------\n`;
}

const shown = (name: string) => (name === '.' ? name : name.replace(/\.$/, ''));
const addressPhrases: Readonly<Record<string, string>> = {A: 'internet address', AAAA: 'has AAAA address'};

function detailText({name, type, ttl, data}: DnsRecord): string {
	const text = type === 'SOA' ? soaText(data) : `\t${addressPhrases[type] ?? phrases[type] ?? `rdata_${type}`} = ${data}\n`;
	return `    ->  ${shown(name)}\n${text}\tttl = ${ttl}\n`;
}
