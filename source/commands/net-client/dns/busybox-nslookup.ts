import {parseIpv4} from '../../../net/address.js';
import type {DnsMessage, DnsRecord} from '../../../net/dns-message.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Effect, Io, Run} from '../../../shell/command.js';
import {busyboxBanner} from '../flavour.js';
import {askServer} from '../resolve/dns-client.js';
import {readResolvConf} from '../resolve/resolv-conf.js';
import {isAddress, resolve, reverseName} from '../resolve/resolve.js';
import {recordText} from './nslookup-text.js';

const types = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'TXT', 'PTR', 'SRV', 'ANY'];
/** A beginning that fits only one is enough. */
const options = ['type', 'querytype', 'port', 'retry', 'timeout', 'debug'];
const usage = `${busyboxBanner}

Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: ${types.map(type => type.toLowerCase()).join(',')}
`;

interface Asked {
	readonly names: string[];
	types?: readonly string[];
	port: number;
	timeoutMs: number;
	debug: boolean;
}

/** BusyBox from 1.29 on (networking/nslookup.c, the big one): asks A and AAAA of every search suffix at once and shows all answers. */
export function* busyboxNslookup(io: Io<Machine>): Run {
	const asked = readWords(io.argv.slice(1));
	if (typeof asked === 'string') {
		io.err(asked);
		return 1;
	}
	const [name = '', given] = asked.names;
	const conf = readResolvConf(io.machine.files);
	const [host = '', port = asked.port] = (given ?? conf.servers[0]!).split(':');
	const server = yield* addressOf(io, host);
	if (server === undefined) {
		io.err(`nslookup: bad address '${given}'\n`);
		return 1;
	}
	const reverse = isAddress(name);
	let text = '';
	let failed = false;
	let number = 0;
	for (const candidate of reverse ? [reverseName(name)] : candidatesOf(name, conf.search)) {
		for (const type of asked.types ?? (reverse ? ['PTR'] : ['A', 'AAAA'])) {
			const reply = yield* askServer(io.machine, server, {name: candidate, type, port: Number(port)}, asked.timeoutMs);
			if (reply.kind !== 'answer') {
				if (reply.kind === 'refused') io.err(`nslookup: write to '${server}': Connection refused\n`);
				io.out(';; connection timed out; no servers could be reached\n\n');
				return 1;
			}
			if (asked.debug) text += `Query #${number++} completed in ${reply.tookMs}ms:\n`;
			text += replyText(reply.message, candidate, asked.debug);
			failed ||= reply.message.rcode !== 'NOERROR';
		}
	}

	io.out(`Server:\t\t${given ?? server}\nAddress:\t${server}:${port}\n\n${text}`);
	return failed ? 1 : 0;
}

/** A text is why not. */
function readWords(words: readonly string[]): Asked | string {
	const asked: Asked = {names: [], port: 53, timeoutMs: 5000, debug: false};
	for (const word of words) {
		const [, typed, value = ''] = /^--?([a-z]+)(?:=(.*))?$/.exec(word) ?? [];
		if (!word.startsWith('-')) {
			asked.names.push(word);
			continue;
		}
		const found = options.filter(option => typed !== undefined && option.startsWith(typed));
		if (found.length !== 1) return usage;
		const [option] = found;
		if (option === 'debug') asked.debug = true;
		else if (option === 'port') asked.port = Number.parseInt(value, 10);
		else if (option === 'timeout') asked.timeoutMs = 1000 * Number.parseInt(value, 10);
		else if (option !== 'retry') {
			if (!types.includes(value.toUpperCase())) return `nslookup: invalid query type "${value}"\n`;
			asked.types = [...(asked.types ?? []), value.toUpperCase()];
		}
	}
	return asked.names.length === 0 || asked.names.length > 2 ? usage : asked;
}

/** A name with a dot is asked for as it is; any other with every search suffix. */
function candidatesOf(name: string, search: readonly string[]): readonly string[] {
	if (name.includes('.') || search.length === 0) return [`${name.replace(/\.$/, '')}.`];
	return search.map(suffix => `${name}.${suffix.replace(/\.$/, '')}.`);
}

function replyText({rcode, authoritative, answers}: DnsMessage, asked: string, debug: boolean): string {
	if (rcode !== 'NOERROR') return `** server can't find ${asked.replace(/\.$/, '')}: ${rcode}\n\n`;
	const head = authoritative ? (debug ? 'authoritative answer:\n' : '') : 'Non-authoritative answer:\n';
	return `${head}${answers.map(lineOf).join('')}\n`;
}

/** Names in the data without the dot at their end. */
const lineOf = (record: DnsRecord): string => recordText({...record, data: record.data.replace(/\.$/, '')});

function* addressOf(io: Io<Machine>, name: string): Generator<Effect, string | undefined, unknown> {
	if (parseIpv4(name) !== undefined) return name;
	const found = yield* resolve(io.machine, name);
	return found.addresses[0];
}
