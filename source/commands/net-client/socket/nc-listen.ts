import type {Machine} from '../../../node/host/machine.js';
import {inboxHandler, inboxes} from '../../../node/host/inbox.js';
import type {Io, Run} from '../../../shell/command.js';
import {toBytes, toText} from '../http/message.js';
import {parseIpv4} from '../../../net/address.js';
import {refuse} from '../refuse.js';
import {resolve, resolveErrors} from '../resolve/resolve.js';
import {portNumber} from './ports.js';
import type {Ending, Voice} from './voice.js';

/** How often it is looked whether something has come. */
const lookEveryMs = 100;

/** `nc -l`: what a client sends is printed; what is piped in is the answer. It ends with its first connection, unless `-k`. */
export function* listen(
	io: Io<Machine>,
	names: readonly string[],
	flags: ReadonlySet<string>,
	values: ReadonlyMap<string, string>,
	voice: Voice,
): Run {
	const end = ([text, status]: Ending): number => {
		io.err(text);
		return status;
	};
	const {stack, sim} = io.machine;
	const given = values.get('p');
	if (names.length > (given === undefined ? 2 : 1) || io.machine.kind !== 'host') return refuse(io, io.argv.join(' '));
	const port = portNumber(given ?? names.at(-1) ?? '');
	const place = (given === undefined ? names.slice(0, -1) : names)[0] ?? '0.0.0.0';
	const found = parseIpv4(place) === undefined && !/^\d+$/.test(place) ? yield* resolve(io.machine, place) : {addresses: [place]};
	if (port === undefined || port > 65_535) return end(voice.badPort(given ?? names.at(-1) ?? ''));
	if ('error' in found) return end(voice.unknown(place, port, resolveErrors[found.error]));

	const address = found.addresses[0]!;
	if (address !== '0.0.0.0' && !stack.hasAddress(address)) return end(voice.foreign(address, port));

	const owner = `${io.machine.host}/nc-${io.pid ?? 0}-${port}`;
	const protocol = flags.has('u') ? 'udp' : 'tcp';
	try {
		stack.sockets.listen({protocol, address, port, handler: inboxHandler, owner, process: {name: 'nc', pid: io.pid ?? 0}});
	} catch {
		return end(voice.taken(address, port));
	}

	inboxes(sim).set(owner, {reply: io.stdinIsTerminal ? '' : toBytes(io.stdin), received: []});
	if (flags.has('v')) io.err(voice.listening(address, port));
	try {
		yield* serve(io, {protocol, address, port, owner}, flags, voice);
	} finally {
		stack.sockets.closeAll(owner);
		inboxes(sim).delete(owner);
	}

	return 0;
}

interface Socket {
	readonly protocol: 'tcp' | 'udp';
	readonly address: string;
	readonly port: number;
	readonly owner: string;
}

function* serve(io: Io<Machine>, {protocol, address, port, owner}: Socket, flags: ReadonlySet<string>, voice: Voice): Run {
	const {stack, sim} = io.machine;
	const seen = new Set<string>();
	let printed = 0;
	for (;;) {
		yield {sleepMs: lookEveryMs};
		const {received} = inboxes(sim).get(owner)!;
		const open = stack.sockets.connections().filter(({local, state}) => protocol === 'tcp' && local.port === port && state === 'ESTAB');
		// Who has come and gone since the last look has left what he said.
		for (const name of [...received.slice(printed).map(({peer}) => peer), ...open.map(({peer}) => `${peer.address} ${peer.port}`)]) {
			if (!seen.has(name) && flags.has('v')) {
				const [from = '', fromPort] = name.split(' ');
				io.err(voice.connected(from, Number(fromPort)));
			}
			seen.add(name);
		}

		for (const {bytes} of received.slice(printed)) io.out(toText(bytes));
		printed = received.length;
		if (flags.has('k') || seen.size === 0) continue;
		stack.sockets.close(protocol, address, port);
		if (open.length === 0 && protocol === 'tcp') return 0;
	}
}
