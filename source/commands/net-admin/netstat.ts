import {lookup} from './lookup.js';
import type {Command} from '../../shell/command.js';
import {routingTable} from './route.js';
import {refuse, stackOf, tool, type ToolIo} from './tool.js';

const command: Command = tool({
	name: 'netstat',
	summary: 'show sockets and the routing table (net-tools)',
	run(io) {
		const letters = lettersOf(io.argv.slice(1));
		const unknown = letters.find(letter => !'tulnaprW46e'.includes(letter));
		if (unknown !== undefined) {
			if ('isgMcovCF'.includes(unknown)) return refuse(io, `netstat -${unknown}`);
			io.err(`netstat: invalid option -- '${unknown}'\n`);
			return 4;
		}
		if (letters.includes('r')) io.out(routingTable(stackOf(io), 'netstat'));
		else io.out(sockets(io, letters));
		return 0;
	},
});
export default command;

const longNames: Readonly<Record<string, string>> = {
	tcp: 't',
	udp: 'u',
	listening: 'l',
	numeric: 'n',
	all: 'a',
	programs: 'p',
	route: 'r',
	wide: 'W',
};

const lettersOf = (args: readonly string[]): string[] =>
	args.flatMap(arg => (arg.startsWith('--') ? [lookup(longNames, arg.slice(2)) ?? '?'] : [...arg.replace(/^-/, '')]));

const isAny = (address: string) => address === '*' || address === '::';
const listenStates = {tcp: 'LISTEN', udp: ''} as const;
const connectionStates: Readonly<Record<string, string>> = {
	ESTAB: 'ESTABLISHED',
	'TIME-WAIT': 'TIME_WAIT',
	'CLOSE-WAIT': 'CLOSE_WAIT',
	'FIN-WAIT-2': 'FIN_WAIT2',
	'SYN-RECV': 'SYN_RECV',
};

function sockets(io: ToolIo, letters: readonly string[]): string {
	const has = (letter: string) => letters.includes(letter);
	const both = !has('t') && !has('u');
	const wanted = (protocol: string) => both || has(protocol === 'tcp' ? 't' : 'u');
	const table = stackOf(io).sockets;
	const programs = has('p');
	const row = (protocol: string, local: string, foreign: string, state: string, program: string) =>
		`${protocol.padEnd(5)} ${'0'.padStart(6)} ${'0'.padStart(6)} ${local.padEnd(23)} ${foreign.padEnd(23)} ${state.padEnd(11)} ${programs ? program.padEnd(20) : ''}\n`;
	const listening = [...table.listeners()]
		.reverse()
		.filter(listener => wanted(listener.protocol) && (has('l') || has('a')))
		.map(({protocol, address, port, process}) => {
			const v6 = isAny(address);
			return {
				protocol,
				text: row(
					v6 ? `${protocol}6` : protocol,
					`${v6 ? '::' : address}:${port}`,
					v6 ? ':::*' : '0.0.0.0:*',
					listenStates[protocol],
					`${process.pid}/${process.name}`,
				),
			};
		});
	const connected = [...table.connections()]
		.reverse()
		.filter(() => wanted('tcp') && !has('l'))
		.map(({local, peer, state}) => ({
			protocol: 'tcp',
			text: row('tcp', `${local.address}:${local.port}`, `${peer.address}:${peer.port}`, connectionStates[state] ?? state, '-'),
		}));
	const rows = [...listening, ...connected].sort((a, b) => (a.protocol === b.protocol ? 0 : a.protocol === 'tcp' ? -1 : 1));
	const what = has('a') ? '(servers and established)' : has('l') ? '(only servers)' : '(w/o servers)';
	const title = `Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${programs ? ' PID/Program name    ' : ' '}\n`;
	return `Active Internet connections ${what}\n${title}${rows.map(({text}) => text).join('')}`;
}
