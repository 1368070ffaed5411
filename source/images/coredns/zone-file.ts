import type {DnsRecord} from '../../net/dns-message.js';
import {fqdn} from './names.js';

const types = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'];

/** Records of a zone file (RFC 1035, section 5): comments, `$ORIGIN`, `$TTL`, `@`, repeated owners and parentheses. */
export function parseZone(text: string, zone: string): DnsRecord[] {
	const records: DnsRecord[] = [];
	let origin = zone;
	let ttl = 3600;
	let owner = zone;
	for (const line of joinParentheses(text)) {
		const words = [...line.matchAll(/"[^"]*"|\S+/g)].map(match => match[0]);
		if (words.length === 0) continue;
		if (words[0] === '$ORIGIN') origin = fqdn(words[1]!.toLowerCase());
		else if (words[0] === '$TTL') ttl = Number(words[1]);
		else {
			if (!/^\s/.test(line)) owner = absolute(words.shift()!, origin);
			const record = readRecord(words, owner, ttl, origin);
			if (record) records.push(record);
		}
	}

	return records;
}

const absolute = (name: string, origin: string): string => {
	const lower = name.toLowerCase();
	if (lower === '@') return origin;
	return lower.endsWith('.') ? lower : origin === '.' ? `${lower}.` : `${lower}.${origin}`;
};

function readRecord(words: readonly string[], name: string, defaultTtl: number, origin: string): DnsRecord | undefined {
	const rest = [...words];
	let ttl = defaultTtl;
	while (rest.length > 0 && !types.includes(rest[0]!.toUpperCase())) {
		const word = rest.shift()!;
		if (/^\d+$/.test(word)) ttl = Number(word);
		else if (word.toUpperCase() !== 'IN') return undefined;
	}

	const type = rest.shift()?.toUpperCase();
	if (!type) return undefined;
	const named: Readonly<Record<string, readonly number[]>> = {CNAME: [0], NS: [0], PTR: [0], MX: [1], SRV: [3], SOA: [0, 1]};
	const data = rest.map((word, i) => (named[type]?.includes(i) ? absolute(word, origin) : word)).join(' ');
	return {name, type, ttl, data};
}

function joinParentheses(text: string): string[] {
	const lines: string[] = [];
	let open = false;
	for (const raw of text.split('\n')) {
		const line = raw.replace(/;.*$/, '');
		if (open) lines[lines.length - 1] += ` ${line.replace(')', '')}`;
		else lines.push(line.replace(/[()]/g, ' '));
		if (line.includes('(')) open = true;
		if (line.includes(')')) open = false;
	}

	return lines;
}
