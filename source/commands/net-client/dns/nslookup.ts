import {parseIpv4} from '../../../net/address.js';
import type {DnsMessage} from '../../../net/dns-message.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {isBusybox, isOldBusybox} from '../flavour.js';
import {refuse} from '../refuse.js';
import {askServer, type DnsReply} from '../resolve/dns-client.js';
import {candidates, readResolvConf} from '../resolve/resolv-conf.js';
import {isAddress, resolve, reverseName} from '../resolve/resolve.js';
import {digVersion} from './dig.js';
import {typeOf} from './dig-options.js';
import {whyNotLegal} from './legal-name.js';
import {debugText, recordText} from './nslookup-text.js';
import {busyboxNslookup} from './busybox-nslookup.js';
import {oldBusyboxNslookup} from './old-nslookup.js';

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
	readonly overTcp?: boolean;
	readonly class?: string;
	/** In the place of what resolv.conf says. */
	readonly search?: {readonly search?: readonly string[]; readonly ndots?: number};
	/** Whole messages are shown. */
	readonly debug?: boolean;
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
		if (['d2', 'all'].includes(option[1]!)) return refuse(io, `nslookup ${word}`);
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

const idle = ['recurse', 'rec', 'norecurse', 'norec', 'search', 'nosearch', 'defname', 'nodef', 'nod2', 'fail', 'nofail'];

function withOption(settings: Settings, name: string, value = '', warn: (text: string) => void): Settings {
	if (['type', 'query', 'querytype', 'q', 'ty', 'qu'].includes(name)) {
		const type = typeOf(value);
		if (!type) warn(`unknown query type: ${value}`);
		return type ? {...settings, types: [type], typed: true} : settings;
	}
	if (name === 'vc' || name === 'novc') return {...settings, overTcp: name === 'vc'};
	if (['debug', 'deb', 'nodebug', 'nodeb'].includes(name)) return {...settings, debug: !name.startsWith('no')};
	if (name === 'class' || name === 'cl') {
		const known = ['IN', 'CH', 'HS', 'ANY'].includes(value.toUpperCase());
		if (!known) warn(`unknown query class: ${value}`);
		return known ? {...settings, class: value.toUpperCase()} : settings;
	}
	if (name === 'domain' || name === 'do') return {...settings, search: {...settings.search, search: [value]}};
	if (name === 'ndots') return {...settings, search: {...settings.search, ndots: Number.parseInt(value, 10) || 0}};
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
	const why = whyNotLegal(name);
	if (why) {
		io.err(`nslookup: '${name}' is not a legal name (${why})\n`);
		return 10;
	}
	const reverse = isAddress(name);
	const conf = readResolvConf(io.machine.files);
	const asked = reverse ? [reverseName(name)] : candidates(name, {...conf, ...settings.search});
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
			if (settings.debug) io.out(debugText(last));
			io.out(`** server can't find ${candidate.replace(/\.$/, '')}: ${last.rcode}\n${isTransfer(first!) ? '; Transfer failed.\n' : ''}\n`);
			return 1;
		}

		if (isTransfer(first!) && last.answers[0]?.type !== 'SOA') {
			io.out('; Transfer failed.\n');
			return 1;
		}
		return yield* show(io, candidate, last, others, settings, warning);
	}

	return 1;
}

const isTransfer = (type: string) => type === 'AXFR' || type === 'IXFR';

function* show(
	io: Io<Machine>,
	candidate: string,
	message: DnsMessage,
	others: readonly string[],
	settings: Settings,
	warning: string,
): Run {
	const shown = candidate.replace(/\.$/, '');
	if (settings.debug) io.out(debugText(message));
	if (!message.authoritative && (message.answers.length > 0 || message.question.type !== 'A')) io.out('Non-authoritative answer:\n');
	let any = print(io, message);
	for (const type of others) {
		const reply = yield* askPatiently(io, message.answers.find(record => record.type === 'CNAME')?.data ?? candidate, type, settings);
		if (!reply) return 1;
		io.out(warning);
		if (settings.debug) io.out(debugText(reply.message));
		any = print(io, reply.message) || any;
	}

	if (!any) io.out(`*** Can't find ${shown}: No answer\n`);
	const tellsWho = !message.authoritative && message.question.type !== 'A';
	io.out(`${tellsWho ? '\nAuthoritative answers can be found from:\n' : ''}`);
	if (tellsWho) io.out([...message.authorities, ...message.additionals].map(recordText).join(''));
	io.out('\n');
	return 0;
}

function print(io: Io<Machine>, {answers}: DnsMessage): boolean {
	io.out(answers.map(recordText).join(''));
	return answers.length > 0;
}

function* askPatiently(
	io: Io<Machine>,
	name: string,
	type: string,
	settings: Settings,
): Generator<Effect, Extract<DnsReply, {kind: 'answer'}> | undefined, unknown> {
	for (let attempt = 0; attempt < settings.tries; attempt++) {
		const reply = yield* askServer(
			io.machine,
			settings.server,
			{
				name,
				type,
				port: settings.port,
				overTcp: settings.overTcp ?? isTransfer(type),
				...(settings.class && settings.class !== 'IN' && {class: settings.class}),
			},
			settings.timeoutMs,
		);
		if (reply.kind === 'answer') return reply;
		io.out(
			`;; communications error to ${settings.server}#${settings.port}: ${reply.kind === 'timeout' ? 'timed out' : reply.kind === 'refused' ? 'connection refused' : 'network unreachable'}\n`,
		);
	}

	io.out(';; no servers could be reached\n\n');
	return undefined;
}
