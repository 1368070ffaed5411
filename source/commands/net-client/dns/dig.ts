import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {askServer, type DnsReply} from '../resolve/dns-client.js';
import {candidates, readResolvConf} from '../resolve/resolv-conf.js';
import {resolve} from '../resolve/resolve.js';
import {DigProblem, readDigLine, UnsimulatedDig} from './dig-options.js';
import type {DigQuery} from './dig-query.js';
import {digText} from './dig-text.js';

export const digVersion = '9.18.49-1~deb12u3-Debian';

const dig: Command<Machine> = {
	name: 'dig',
	summary: 'ask a DNS server',
	*run(io) {
		try {
			const {queries, warnings, version} = readDigLine(io.argv.slice(1));
			for (const warning of warnings) io.err(`${warning}\n`);
			if (version) io.err(`DiG ${digVersion}\n`);
			let status = 0;
			for (const [at, query] of queries.entries()) status = (yield* ask(io, query, at === 0)) || status;
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

function* ask(io: Io<Machine>, query: DigQuery, isFirst: boolean): Run {
	const {flags} = query;
	const conf = readResolvConf(io.machine.files);
	const server = yield* serverAddress(io, query.server ?? conf.servers[0]!);
	if (query.class !== 'IN') return refuse(io, `dig ... ${query.class}`);
	const names = flags.get('search') === true ? candidates(query.name, conf) : [query.name.endsWith('.') ? query.name : `${query.name}.`];
	let reply: DnsReply = {kind: 'timeout'};
	let asked = names[0]!;
	for (const name of names) {
		asked = name;
		reply = yield* askPatiently(io, query, name, server);
		if (reply.kind !== 'answer' || reply.message.answers.length > 0) break;
	}

	const found = query.serversBefore > 0 ? `; (${query.serversBefore} server${query.serversBefore > 1 ? 's' : ''} found)\n` : '';
	const short = flags.get('short') === true;
	const isBare = !isFirst || flags.get('cmd') === false || short;
	const banner = isBare ? '' : `\n; <<>> DiG ${digVersion} <<>> ${io.argv.slice(1).join(' ')}\n${found};; global options: +cmd\n`;
	if (reply.kind !== 'answer') {
		if (isTold(reply, query)) return 9;
		io.out(`${banner};; no servers could be reached\n`);
		return 9;
	}

	const from = flags.get('identify') === true ? ` from server ${server} in ${reply.tookMs} ms.` : '';
	if (short) io.out(reply.message.answers.map(record => `${record.data}${from}\n`).join(''));
	else io.out(`${banner}${digText(asked, reply, query, server, io.machine.sim.clock.now())}`);
	return 0;
}

const isTcp = ({flags}: DigQuery) => flags.get('tcp') === true;

/** Connections that do not come about say so, each time; nothing is said at the end. */
const isTold = (reply: DnsReply, query: DigQuery) => reply.kind === 'unreachable' || (isTcp(query) && reply.kind === 'refused');

function* askPatiently(io: Io<Machine>, query: DigQuery, name: string, server: string): Generator<Effect, DnsReply, unknown> {
	const {flags, port} = query;
	const timeoutMs = 1000 * Math.max(1, Number(flags.get('time') ?? 5));
	const tries = flags.has('retry') ? Number(flags.get('retry')) + 1 : Math.max(1, Number(flags.get('tries') ?? 3));
	const cookie = io.machine.sim.random.fork(`dig/${io.machine.name}`).hex(16);
	const edns = flags.get('edns') === false ? {} : {udpSize: 1232, ...(flags.get('cookie') !== false && {cookie})};
	let reply: DnsReply = {kind: 'timeout'};
	for (let attempt = 0; attempt < tries; attempt++) {
		reply = yield* askServer(
			io.machine,
			server,
			{name, type: query.type, port, recursion: flags.get('recurse') !== false, overTcp: isTcp(query), ...edns},
			timeoutMs,
		);
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

const reasons = {refused: 'connection refused', timeout: 'timed out', unreachable: 'network unreachable'} as const;
