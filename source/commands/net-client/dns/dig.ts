import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {askServer, type DnsQuestion, type DnsReply} from '../resolve/dns-client.js';
import {candidates, type ResolvConf, readResolvConf} from '../resolve/resolv-conf.js';
import {resolve} from '../resolve/resolve.js';
import {readDigLine} from './dig-options.js';
import {DigProblem, UnsimulatedDig} from './dig-problem.js';
import type {DigOutput, DigQuery} from './dig-query.js';
import {digText, queryText} from './dig-text.js';
import {digYaml} from './dig-yaml.js';
import {whyNotLegal} from './legal-name.js';

export const digVersion = '9.18.49-1~deb12u3-Debian';

const dig: Command<Machine> = {
	name: 'dig',
	summary: 'ask a DNS server',
	*run(io) {
		try {
			const {queries, output, warnings, version} = readDigLine(io.argv.slice(1));
			for (const warning of warnings) io.err(`${warning}\n`);
			if (version) io.err(`DiG ${digVersion}\n`);
			let status = 0;
			for (const [at, query] of queries.entries()) status = (yield* ask(io, query, output, at === 0)) || status;
			return status;
		} catch (error) {
			if (error instanceof UnsimulatedDig) return refuse(io, error.message);
			if (!(error instanceof DigProblem)) throw error;
			io.out(error.out);
			io.err(error.err);
			return error.exitCode;
		}
	},
};

export default dig;

function* serverAddress(io: Io<Machine>, server: string): Generator<Effect, string, unknown> {
	if (parseIpv4(server) !== undefined) return server;
	const [address] = (yield* resolve(io.machine, server)).addresses;
	if (address === undefined) throw new DigProblem(1, {err: `dig: couldn't get address for '${server}': not found\n`});
	return address;
}

function* ask(io: Io<Machine>, query: DigQuery, output: DigOutput, isFirst: boolean): Run {
	const {flags} = query;
	const conf = readResolvConf(io.machine.files);
	const server = yield* serverAddress(io, query.server ?? conf.servers[0]!);
	const found = query.serversBefore > 0 ? `; (${query.serversBefore} server${query.serversBefore > 1 ? 's' : ''} found)\n` : '';
	let banner =
		isFirst && output.cmd ? `\n; <<>> DiG ${digVersion} <<>> ${io.argv.slice(1).join(' ')}\n${found};; global options: +cmd\n` : '';
	const say = (text: string) => {
		io.out(banner + text);
		banner = '';
	};
	const names = flags.get('search') === true ? candidates(query.name, searchOf(query, conf)) : [query.name.replace(/\.?$/, '.')];
	let reply: DnsReply = {kind: 'timeout'};
	let asked = names[0]!;
	for (const name of names) {
		asked = name;
		const why = whyNotLegal(name);
		if (why) throw new DigProblem(10, {err: `dig: '${query.name}' is not a legal name (${why})\n`});
		reply = yield* askPatiently(io, query, name, server, output.yaml ? () => undefined : say);
		if (reply.kind !== 'answer' || reply.message.answers.length > 0) break;
	}

	if (reply.kind !== 'answer') {
		if (!isTold(reply, query)) say(';; no servers could be reached\n');
		return 9;
	}
	const nowMs = io.machine.sim.clock.now();
	if (isTransfer(query)) {
		if (reply.message.answers[0]?.type === 'SOA') return refuse(io, `dig ${query.type}`);
		say('; Transfer failed.\n');
	} else if (output.yaml) io.out(digYaml(reply, query, server, nowMs));
	else if (output.short) {
		const from = flags.get('identify') === true ? ` from server ${server} in ${reply.tookMs} ms.` : '';
		say(reply.message.answers.map(record => `${record.data}${from}\n`).join(''));
	} else say(digText(asked, reply, query, server, nowMs));
	return 0;
}

const searchOf = ({flags}: DigQuery, {search, ndots}: ResolvConf) => ({
	search: flags.has('domain') ? [String(flags.get('domain'))] : search,
	ndots: Number(flags.get('ndots') ?? ndots),
});

const isTransfer = ({type}: DigQuery) => type === 'AXFR' || type === 'IXFR';

/** Zones and ANY are asked for over TCP, unless something else is wished. */
const isTcp = (query: DigQuery) => query.flags.get('tcp') ?? (isTransfer(query) || query.type === 'ANY');

/** Connections that do not come about say so, each time; nothing is said at the end. */
const isTold = (reply: DnsReply, query: DigQuery) => reply.kind === 'unreachable' || (isTcp(query) === true && reply.kind === 'refused');

function* askPatiently(
	io: Io<Machine>,
	query: DigQuery,
	name: string,
	server: string,
	say: (text: string) => void,
): Generator<Effect, DnsReply, unknown> {
	const {flags, port} = query;
	const timeoutMs = 1000 * Math.max(1, Number(flags.get('time') ?? 5));
	const tries = flags.has('retry') ? Number(flags.get('retry')) + 1 : Math.max(1, Number(flags.get('tries') ?? 3));
	const question = questionOf(io, query, name, say);
	let reply: DnsReply = {kind: 'timeout'};
	for (let attempt = 0; attempt < tries; attempt++) {
		reply = yield* askServer(io.machine, server, question, timeoutMs);
		if (reply.kind === 'answer') break;
		const why = reasons[reply.kind];
		io.out(
			isTold(reply, query)
				? `;; ${isTcp(query) ? 'Connection to' : 'UDP setup with'} ${server}#${port}(${server}) for ${query.name} failed: ${why}.\n;; no servers could be reached\n`
				: `;; communications error to ${server}#${port}: ${why}\n`,
		);
	}

	return reply;
}

const usualUdpSize = 1232;
/** Of a buffer of no size. */
const largestUdpSize = 4096;

function questionOf(io: Io<Machine>, query: DigQuery, name: string, say: (text: string) => void): DnsQuestion {
	const {flags, type, port} = query;
	const cookie = io.machine.sim.random.fork(`dig/${io.machine.name}`).hex(16);
	return {
		name,
		type,
		port,
		...(query.class !== 'IN' && {class: query.class}),
		recursion: flags.get('recurse') !== false && !isTransfer(query),
		overTcp: isTcp(query) === true,
		authenticData: flags.get('adflag') !== false && !isTransfer(query),
		checkingDisabled: flags.get('cdflag') === true,
		...(flags.get('edns') !== false && {
			udpSize: Number(flags.get('bufsize') ?? usualUdpSize) || largestUdpSize,
			...(flags.get('cookie') !== false && {cookie}),
		}),
		...(flags.get('qr') === true && {sent: (message, bytes) => say(queryText(message, bytes, query))}),
		...(flags.get('ignore') === true ? {keepsTruncated: true} : {truncated: () => io.out(';; Truncated, retrying in TCP mode.\n')}),
	};
}

const reasons = {refused: 'connection refused', timeout: 'timed out', unreachable: 'network unreachable'} as const;
