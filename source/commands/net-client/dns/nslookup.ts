import {parseIpv4} from '../../../net/address.js';
import type {DnsMessage} from '../../../net/dns-message.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {isBusybox, isOldBusybox} from '../flavour.js';
import {refuse} from '../refuse.js';
import {askServer, type DnsReply} from '../resolve/dns-client.js';
import {candidates, readResolvConf} from '../resolve/resolv-conf.js';
import {resolve, reverseName} from '../resolve/resolve.js';
import {digVersion} from './dig.js';
import {typeOf} from './dig-options.js';
import {busyboxNslookup, oldBusyboxNslookup} from './busybox-nslookup.js';

const nslookup: Command<Machine> = {
	name: 'nslookup',
	summary: 'look a name up in DNS',
	run(io) {
		if (!isBusybox(io.machine, 'nslookup')) return bind(io);
		return isOldBusybox(io.machine) ? oldBusyboxNslookup(io) : busyboxNslookup(io);
	},
};

export default nslookup;

interface Settings {
	readonly server: string;
	readonly given: boolean;
	readonly timeoutMs: number;
	readonly tries: number;
	readonly port: number;
	readonly types: readonly string[];
	/** The type was given. */
	readonly typed: boolean;
}

/** BIND 9's nslookup, not interactive. */
function* bind(io: Io<Machine>): Run {
	const names: string[] = [];
	const conf = readResolvConf(io.machine.files);
	let settings: Settings = {
		server: conf.servers[0]!,
		given: false,
		timeoutMs: 5000,
		tries: 3,
		port: 53,
		types: ['A', 'AAAA'],
		typed: false,
	};
	for (const word of io.argv.slice(1)) {
		const option = /^-([\w-]+)(?:=(.*))?$/.exec(word);
		if (!option) {
			names.push(word);
			continue;
		}
		if (option[1] === 'version' || option[1] === 'v') {
			io.err(`nslookup ${digVersion}\n`);
			return 0;
		}
		if (['debug', 'd2', 'vc', 'class', 'cl', 'domain', 'do', 'ndots'].includes(option[1]!)) return refuse(io, `nslookup ${word}`);
		// What is wrong is told, and the look-up goes on without it.
		settings = withOption(settings, option[1]!, option[2], text => io.out(`${text}\n`));
	}

	if (names.length > 2) {
		io.err(usage);
		return 1;
	}

	const [name, server] = names;
	if (name === undefined) return refuse(io, 'nslookup, interactive');
	if (server !== undefined) {
		const found = parseIpv4(server) === undefined ? yield* resolve(io.machine, server) : {addresses: [server]};
		if (found.addresses.length === 0) {
			io.err(`nslookup: couldn't get address for '${server}': not found\n`);
			return 1;
		}

		settings = {...settings, server: found.addresses[0]!, given: true};
	}

	return yield* lookUp(io, name, settings);
}

const usage = `Usage:
   nslookup [-opt ...]             # interactive mode using default server
   nslookup [-opt ...] - server    # interactive mode using 'server'
   nslookup [-opt ...] host        # just look up 'host' using default server
   nslookup [-opt ...] host server # just look up 'host' using 'server'
`;

const idle = [
	'nodebug',
	'recurse',
	'rec',
	'norecurse',
	'norec',
	'search',
	'nosearch',
	'defname',
	'nodef',
	'nod2',
	'novc',
	'fail',
	'nofail',
];

function withOption(settings: Settings, name: string, value = '', warn: (text: string) => void): Settings {
	if (['type', 'query', 'querytype', 'q', 'ty', 'qu'].includes(name)) {
		const type = typeOf(value);
		if (!type) warn(`unknown query type: ${value}`);
		return type ? {...settings, types: [type], typed: true} : settings;
	}
	const what = {timeout: 'timeout', t: 'timeout', retry: 'retries', ret: 'retries', port: 'port', po: 'port'}[name];
	if (what === undefined) {
		if (!idle.includes(name)) warn(`*** Invalid option: ${name}`);
		return settings;
	}
	if (!/^\d+$/.test(value)) {
		warn(`invalid ${what} '${value}': not a valid number`);
		return settings;
	}
	if (what === 'port') return {...settings, port: Number(value)};
	return what === 'timeout' ? {...settings, timeoutMs: 1000 * Number(value)} : {...settings, tries: Number(value)};
}

function* lookUp(io: Io<Machine>, name: string, settings: Settings): Run {
	const reverse = parseIpv4(name) !== undefined;
	const conf = readResolvConf(io.machine.files);
	const asked = reverse ? [reverseName(name)] : candidates(name, conf);
	const [first, ...others] = reverse && !settings.typed ? ['PTR'] : settings.types;
	let last: DnsMessage | undefined;
	let notes = '';
	for (const [i, candidate] of asked.entries()) {
		const reply = yield* askPatiently(io, candidate, first!, settings);
		if (!reply) return 1;
		last = reply.message;
		const warning = last.recursionAvailable || settings.given ? '' : `;; Got recursion not available from ${settings.server}\n`;
		notes += warning;
		if (last.rcode === 'NXDOMAIN' && i < asked.length - 1) continue;
		// A reverse look-up that was not asked for by type says nothing about the server.
		const headed = settings.typed || first === 'A';
		io.out(`${notes}${headed ? `Server:\t\t${settings.server}\nAddress:\t${settings.server}#${settings.port}\n\n` : ''}`);
		if (last.rcode !== 'NOERROR') {
			io.out(`** server can't find ${candidate.replace(/\.$/, '')}: ${last.rcode}\n\n`);
			return 1;
		}

		return yield* show(io, candidate, last, others, settings, warning);
	}

	return 1;
}

function* show(
	io: Io<Machine>,
	candidate: string,
	message: DnsMessage,
	others: readonly string[],
	settings: Settings,
	warning: string,
): Run {
	const shown = candidate.replace(/\.$/, '');
	if (message.answers.length > 0 && !message.authoritative) io.out('Non-authoritative answer:\n');
	let any = print(io, message);
	for (const type of others) {
		const reply = yield* askPatiently(io, message.answers.find(record => record.type === 'CNAME')?.data ?? candidate, type, settings);
		if (!reply) return 1;
		io.out(warning);
		any = print(io, reply.message) || any;
	}

	if (!any) io.out(`*** Can't find ${shown}: No answer\n`);
	const named = message.answers.some(record => record.type === 'A' || record.type === 'AAAA');
	io.out(any && !message.authoritative && !named ? '\nAuthoritative answers can be found from:\n\n' : '\n');
	return any ? 0 : 1;
}

function print(io: Io<Machine>, message: DnsMessage): boolean {
	for (const {name, type, data} of message.answers) {
		const shown = name.replace(/\.$/, '');
		if (type === 'A' || type === 'AAAA') io.out(`Name:\t${shown}\nAddress: ${data}\n`);
		else if (type === 'CNAME') io.out(`${shown}\tcanonical name = ${data}\n`);
		else if (type === 'PTR') io.out(`${shown}\tname = ${data}\n`);
		else if (type === 'SRV') io.out(`${shown}\tservice = ${data}\n`);
		else if (type === 'TXT') io.out(`${shown}\ttext = ${data}\n`);
		else if (type === 'MX') io.out(`${shown}\tmail exchanger = ${data}\n`);
		else if (type === 'NS') io.out(`${shown}\tnameserver = ${data}\n`);
		else io.out(`${shown}\t${type.toLowerCase()} = ${data}\n`);
	}

	return message.answers.length > 0;
}

function* askPatiently(
	io: Io<Machine>,
	name: string,
	type: string,
	settings: Settings,
): Generator<Effect, Extract<DnsReply, {kind: 'answer'}> | undefined, unknown> {
	for (let attempt = 0; attempt < settings.tries; attempt++) {
		const reply = yield* askServer(io.machine, settings.server, {name, type, port: settings.port}, settings.timeoutMs);
		if (reply.kind === 'answer') return reply;
		io.out(
			`;; communications error to ${settings.server}#${settings.port}: ${reply.kind === 'timeout' ? 'timed out' : reply.kind === 'refused' ? 'connection refused' : 'network unreachable'}\n`,
		);
	}

	io.out(';; no servers could be reached\n\n');
	return undefined;
}
