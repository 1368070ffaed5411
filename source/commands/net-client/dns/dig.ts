import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {askServer, type DnsReply} from '../resolve/dns-client.js';
import {candidates, readResolvConf} from '../resolve/resolv-conf.js';
import {resolve, reverseName} from '../resolve/resolve.js';
import {digText, recordLine} from './dig-text.js';
import type {DigQuery} from './dig-query.js';

export const digVersion = '9.18.49-1~deb12u3-Debian';
const types = ['A', 'AAAA', 'ANY', 'CNAME', 'HINFO', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'];
const plusFlags =
	'short noall answer question authority additional stats comments cmd time tries retry timeout tcp vc search nosearch recurse edns cookie all multiline ttlid class dnssec ignore'.split(
		' ',
	);

const lackingFlags =
	'trace nssearch qr rrcomments crypto ednsopt ednsflags subnet bufsize ndots domain besteffort onesoa identify nsid expire keepopen keepalive fail aaonly adflag cdflag badcookie mapped padding sigchase topdown trusted-key unknownformat zflag header-only opcode idnin idnout yaml split'.split(
		' ',
	);

const dig: Command<Machine> = {
	name: 'dig',
	summary: 'ask a DNS server',
	*run(io) {
		const words = io.argv.slice(1);
		const conf = readResolvConf(io.machine.files);
		let server: string | undefined;
		let name: string | undefined;
		let type: string | undefined;
		let port = 53;
		const flags = new Map<string, string | boolean>();
		for (let i = 0; i < words.length; i++) {
			const word = words[i]!;
			if (word.startsWith('@')) server = word.slice(1);
			else if (word === '-x') {
				name = reverseName(words[++i] ?? '');
				type = 'PTR';
			} else if (word === '-t' || word === '-q' || word === '-p') {
				const value = words[++i] ?? '';
				if (word === '-t') type = value.toUpperCase();
				else if (word === '-q') name = value;
				else port = Number(value);
			} else if (word === '-4') continue;
			else if (word === '-v') {
				io.err(`DiG ${digVersion}\n`);
				return 0;
			} else if (word.startsWith('-')) return refuse(io, `dig ${word}`);
			else if (word.startsWith('+')) {
				const [flag = '', value] = word.slice(1).split('=');
				const plain = flag.replace(/^no/, '');
				if (lackingFlags.includes(plain)) return refuse(io, `dig +${flag}`);
				if (!plusFlags.includes(flag) && !plusFlags.includes(plain)) {
					io.err(
						`Invalid option: ${word}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]\n\nUse "dig -h" (or "dig -h | more") for complete list of options\n`,
					);
					return 1;
				}

				setFlag(flags, flag, value);
			} else if (types.includes(word.toUpperCase()) && name !== undefined) type = word.toUpperCase();
			else if (types.includes(word.toUpperCase()) && type === undefined && words.length > 1) type = word.toUpperCase();
			else if (word.toUpperCase() !== 'IN') name = word;
		}

		const address = yield* serverAddress(io, server ?? conf.servers[0]!);
		if (address === undefined) {
			io.err(`dig: couldn't get address for '${server}': not found\n`);
			return 1;
		}

		const query: DigQuery = {name: name ?? '.', type: type ?? (name === undefined ? 'NS' : 'A'), server: address, port, flags};
		return yield* ask(io, query, server !== undefined);
	},
};

export default dig;

function setFlag(flags: Map<string, string | boolean>, flag: string, value: string | undefined): void {
	const sections = ['answer', 'question', 'authority', 'additional', 'stats', 'comments', 'cmd'];
	if (flag === 'all' || flag === 'noall') for (const section of sections) flags.set(section, flag === 'all');
	else if (flag.startsWith('no') && plusFlags.includes(flag.slice(2))) flags.set(flag.slice(2), false);
	else flags.set(flag, value ?? true);
}

function* serverAddress(io: Io<Machine>, server: string): Generator<Effect, string | undefined, unknown> {
	if (parseIpv4(server) !== undefined) return server;
	const found = yield* resolve(io.machine, server);
	return found.addresses[0];
}

function* ask(io: Io<Machine>, query: DigQuery, serverGiven: boolean): Run {
	const {flags} = query;
	const conf = readResolvConf(io.machine.files);
	const timeoutMs = 1000 * Number(flags.get('time') ?? flags.get('timeout') ?? 5);
	const tries = flags.has('retry') ? Number(flags.get('retry')) + 1 : Number(flags.get('tries') ?? 3);
	const names = flags.get('search') === true ? candidates(query.name, conf) : [query.name.endsWith('.') ? query.name : `${query.name}.`];
	const cookie = io.machine.sim.random.fork(`dig/${io.machine.name}`).hex(16);
	let reply: DnsReply = {kind: 'timeout'};
	let asked = names[0]!;
	for (const name of names) {
		asked = name;
		for (let attempt = 0; attempt < tries; attempt++) {
			const overTcp = flags.get('tcp') === true || flags.get('vc') === true;
			const edns = flags.get('edns') === false ? {} : {udpSize: 1232, ...(flags.get('cookie') !== false && {cookie})};
			reply = yield* askServer(
				io.machine,
				query.server,
				{name, type: query.type, port: query.port, recursion: flags.get('recurse') !== false, overTcp, ...edns},
				timeoutMs,
			);
			if (reply.kind === 'answer') break;
			io.out(`;; communications error to ${query.server}#${query.port}: ${reasons[reply.kind]}\n`);
		}

		if (reply.kind !== 'answer' || reply.message.answers.length > 0) break;
	}

	const banner = `\n; <<>> DiG ${digVersion} <<>> ${io.argv.slice(1).join(' ')}\n${serverGiven ? '; (1 server found)\n' : ''};; global options: +cmd\n`;
	const short = flags.get('short') === true;
	if (reply.kind !== 'answer') {
		io.out(`${flags.get('cmd') === false || short ? '' : banner};; no servers could be reached\n`);
		return 9;
	}

	if (short) io.out(reply.message.answers.map(record => `${record.data}\n`).join(''));
	else {
		const hidden = flags.get('cmd') === false;
		const nowMs = io.machine.sim.clock.now();
		io.out(`${hidden ? '' : banner.replace('; (1 server found)\n', '')}${digText(asked, reply, query, nowMs)}`);
	}

	return 0;
}

const reasons = {refused: 'connection refused', timeout: 'timed out', unreachable: 'network unreachable'} as const;
export {recordLine};
