import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {askServer} from '../resolve/dns-client.js';
import {candidates, readResolvConf} from '../resolve/resolv-conf.js';
import {reverseName} from '../resolve/resolve.js';

const phrases: Readonly<Record<string, string>> = {
	A: 'has address',
	AAAA: 'has IPv6 address',
	CNAME: 'is an alias for',
	MX: 'mail is handled by',
	PTR: 'domain name pointer',
	SRV: 'has SRV record',
	TXT: 'descriptive text',
	NS: 'name server',
	SOA: 'has SOA record',
};

const host: Command<Machine> = {
	name: 'host',
	summary: 'look a name up in DNS, in plain words',
	*run(io) {
		const words = io.argv.slice(1);
		const names: string[] = [];
		let types: readonly string[] = ['A', 'AAAA', 'MX'];
		for (let i = 0; i < words.length; i++) {
			if (words[i] === '-t') types = [(words[++i] ?? 'A').toUpperCase()];
			else if (words[i]!.startsWith('-')) return refuse(io, `host ${words[i]}`);
			else names.push(words[i]!);
		}

		const [name, given] = names;
		if (name === undefined) return refuse(io, 'host without a name');
		const conf = readResolvConf(io.machine.files);
		const server = given ?? conf.servers[0]!;
		const reverse = parseIpv4(name) !== undefined;
		const asked = reverse ? [reverseName(name)] : candidates(name, conf);
		for (const [i, candidate] of asked.entries()) {
			let text = '';
			for (const type of reverse ? ['PTR'] : types) {
				const reply = yield* askServer(io.machine, server, {name: candidate, type}, 5000);
				if (reply.kind !== 'answer') {
					io.out(
						`;; communications error to ${server}#53: ${reply.kind === 'refused' ? 'connection refused' : 'timed out'}\n;; no servers could be reached\n`,
					);
					return 1;
				}

				if (reply.message.rcode !== 'NOERROR') {
					if (i < asked.length - 1) break;
					io.out(`Host ${candidate.replace(/\.$/, '')} not found: ${rcodeText(reply.message.rcode)}\n`);
					return 1;
				}

				for (const {name: owner, type: kind, data} of reply.message.answers)
					text += `${owner.replace(/\.$/, '')} ${phrases[kind] ?? `has ${kind} record`} ${data}\n`;
			}

			if (text === '' && i < asked.length - 1) continue;
			io.out(text);
			return 0;
		}

		return 1;
	},
};

export default host;

const rcodeText = (rcode: string) => `${['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'].indexOf(rcode)}(${rcode})`;
