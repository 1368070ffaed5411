import type {Machine} from '../../../node/host/machine.js';
import type {Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {readResolvConf} from '../resolve/resolv-conf.js';
import {nameOf, resolve} from '../resolve/resolve.js';

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
