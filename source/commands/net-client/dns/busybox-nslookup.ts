import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Effect, Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {askServer} from '../resolve/dns-client.js';
import {readResolvConf} from '../resolve/resolv-conf.js';
import {nameOf, resolve, reverseName} from '../resolve/resolve.js';

const timeoutMs = 5000;

/** BusyBox from 1.29 on (networking/nslookup.c, the big one): asks A and AAAA of every search suffix at once and shows all answers. */
export function* busyboxNslookup(io: Io<Machine>): Run {
	const words = io.argv.slice(1);
	let types: readonly string[] = ['A', 'AAAA'];
	const names: string[] = [];
	for (const word of words) {
		const option = /^-(?:type|querytype|q|t)=(\w+)$/.exec(word);
		if (option) types = [option[1]!.toUpperCase()];
		else if (word.startsWith('-')) return refuse(io, `busybox nslookup ${word}`);
		else names.push(word);
	}

	const [name, given] = names;
	if (name === undefined) return refuse(io, 'busybox nslookup without a name');
	const conf = readResolvConf(io.machine.files);
	const server = given === undefined ? conf.servers[0]! : yield* addressOf(io, given);
	if (server === undefined) {
		io.err(`nslookup: bad address '${given}'\n`);
		return 1;
	}

	const reverse = parseIpv4(name) !== undefined;
	// A name with a dot is asked for as it is; any other with every search suffix.
	const searched = conf.search.map(suffix => `${name}.${suffix.replace(/\.$/, '')}.`);
	const asked = reverse ? [reverseName(name)] : name.includes('.') || searched.length === 0 ? [`${name.replace(/\.$/, '')}.`] : searched;
	let text = '';
	let failed = false;
	for (const candidate of asked) {
		for (const type of reverse ? ['PTR'] : types) {
			const reply = yield* askServer(io.machine, server, {name: candidate, type}, timeoutMs);
			if (reply.kind !== 'answer') {
				if (reply.kind === 'refused') io.err(`nslookup: write to '${server}': Connection refused\n`);
				io.out(';; connection timed out; no servers could be reached\n\n');
				return 1;
			}

			const {message} = reply;
			if (message.rcode === 'NOERROR') text += `${message.answers.map(lineOf).join('')}\n`;
			else {
				text += `** server can't find ${candidate.replace(/\.$/, '')}: ${message.rcode}\n\n`;
				failed = true;
			}
		}
	}

	io.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n${text}`);
	return failed ? 1 : 0;
}

function lineOf({name, type, data}: {name: string; type: string; data: string}): string {
	const [shown, bare] = [name.replace(/\.$/, ''), data.replace(/\.$/, '')];
	if (type === 'A' || type === 'AAAA') return `Name:\t${shown}\nAddress: ${data}\n`;
	if (type === 'CNAME') return `${shown}\tcanonical name = ${bare}\n`;
	if (type === 'PTR') return `${shown}\tname = ${bare}\n`;
	if (type === 'SRV') return `${shown}\tservice = ${data.replace(/\.$/, '')}\n`;
	return `${shown}\t${type.toLowerCase()} = ${bare}\n`;
}

function* addressOf(io: Io<Machine>, name: string): Generator<Effect, string | undefined, unknown> {
	if (parseIpv4(name) !== undefined) return name;
	const found = yield* resolve(io.machine, name);
	return found.addresses[0];
}

/** BusyBox up to 1.28: getaddrinfo, with each address's own name behind it. */
export function* oldBusyboxNslookup(io: Io<Machine>): Run {
	const [, name, given] = io.argv;
	if (name === undefined) return refuse(io, 'busybox nslookup without a name');
	const conf = readResolvConf(io.machine.files);
	const server = given ?? conf.servers[0]!;
	const serverName = yield* nameOf(io.machine, server);
	io.out(`Server:    ${server}\nAddress 1: ${server}${serverName ? ` ${serverName}` : ''}\n\n`);
	const found = yield* resolve(io.machine, name);
	if (found.addresses.length === 0) {
		io.err(`nslookup: can't resolve '${name}'\n`);
		return 1;
	}

	io.out(`Name:      ${name}\n`);
	for (const [i, address] of found.addresses.entries()) {
		const own = yield* nameOf(io.machine, address);
		io.out(`Address ${i + 1}: ${address}${own ? ` ${own}` : ''}\n`);
	}

	return 0;
}
