import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {connectErrors} from '../curl/transfer.js';
import {isBusybox} from '../flavour.js';
import {refuse} from '../refuse.js';
import {resolve, resolveErrors} from '../resolve/resolve.js';
import {talk} from './talk.js';
import {portNumber} from './ports.js';

const telnet: Command<Machine> = {
	name: 'telnet',
	summary: 'open a TCP connection and talk',
	*run(io) {
		const [host, portText = '23', more] = io.argv.slice(1);
		const busybox = isBusybox(io.machine, 'telnet');
		const letter = /^-(\w)/.exec(host ?? '')?.[1];
		if (letter !== undefined && !busybox && !'468EKLcxaflkdnbeXSr'.includes(letter)) {
			io.err(`telnet: invalid option -- '${letter}'\nTry 'telnet --help' or 'telnet --usage' for more information.\n`);
			return 64;
		}
		if (host === undefined || host.startsWith('-') || more !== undefined)
			return refuse(io, host === undefined ? 'telnet, interactive' : `telnet ${host}`);
		const port = portNumber(portText);
		if (port === undefined) {
			if (busybox) io.err(`telnet: bad port '${portText}'\n`);
			else io.out(`Server lookup failure:  ${host}:${portText}, Servname not supported for ai_socktype\n`);
			return 1;
		}
		if (port > 65_535 && !busybox) {
			io.out(`Port number ${portText} is out of range.\n`);
			return 1;
		}

		const found = yield* resolve(io.machine, host);
		if ('error' in found) {
			if (busybox) io.err(`telnet: bad address '${host}'\n`);
			else io.out(`Server lookup failure:  ${host}:${portText}, ${resolveErrors[found.error]}\n`);
			return 1;
		}

		const address = found.addresses[0]!;
		if (!busybox) io.out(`Trying ${address}...\n`);
		const connection = io.machine.stack.connect(address, port);
		const {outcome} = connection;
		if (outcome.kind !== 'connected') {
			if (outcome.kind === 'timeout') yield {sleepMs: 130_000};
			else if (outcome.kind === 'unreachable' && outcome.code === 'host') yield {sleepMs: 3060};
			const why = connectErrors(outcome);
			io.err(
				busybox ? `telnet: can't connect to remote host (${address}): ${why}\n` : `telnet: Unable to connect to remote host: ${why}\n`,
			);
			return 1;
		}

		io.out(busybox ? `Connected to ${host}\n` : `Connected to ${host}.\nEscape character is '^]'.\n`);
		const end = yield* talk(io, bytes => connection.exchange(bytes));
		connection.close();
		if (end !== 'open' || !io.stdinIsTerminal)
			io.out(busybox ? 'Connection closed by foreign host\n' : 'Connection closed by foreign host.\n');
		return busybox ? 0 : 1;
	},
};

export default telnet;
