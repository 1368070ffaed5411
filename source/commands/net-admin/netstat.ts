import {lookup} from './lookup.js';
import type {Command} from '../../shell/command.js';
import type {Link} from '../../net/link.js';
import type {Namespace} from '../../net/namespace.js';
import {byName, interfaceTexts} from './ifconfig.js';
import {routingTable} from './route.js';
import {inetRows} from './ss/inet.js';
import {refuse, stackOf, tool, type ToolIo} from './tool.js';

const command: Command = tool({
	name: 'netstat',
	summary: 'show sockets and the routing table (net-tools)',
	run(io) {
		const letters = lettersOf(io.argv.slice(1));
		const unknown = letters.find(letter => !'tulnaprW46ei'.includes(letter));
		if (unknown !== undefined) {
			if ('sgMcovCF'.includes(unknown)) return refuse(io, `netstat -${unknown}`);
			io.err(`netstat: invalid option -- '${unknown}'\n`);
			return 4;
		}
		if (letters.includes('r')) io.out(routingTable(stackOf(io), 'netstat'));
		else if (letters.includes('i'))
			io.out(letters.includes('e') ? interfaceTexts(stackOf(io), letters.includes('a')) : interfaces(stackOf(io), letters.includes('a')));
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
	interfaces: 'i',
	extend: 'e',
	wide: 'W',
};

const lettersOf = (args: readonly string[]): string[] =>
	args.flatMap(arg => (arg.startsWith('--') ? [lookup(longNames, arg.slice(2)) ?? '?'] : [...arg.replace(/^-/, '')]));

/** `-i`: one line a device that is up, or that is there with `-a`. */
function interfaces({links, kernel}: Namespace, all: boolean): string {
	const rows = [...links.list()]
		.sort(byName)
		.filter(link => all || link.up)
		.map(link => {
			const [, received, , sent] = kernel.traffic.of(link.name);
			const noErrors = `${'0'.padStart(6)} ${'0'.padStart(6)} ${'0'.padEnd(6)}`;
			const flags = interfaceFlags.filter(([, holds]) => holds(link)).map(([letter]) => letter);
			return `${link.name.padEnd(16)}${String(link.mtu).padStart(5)} ${String(received).padStart(8)} ${noErrors} ${String(sent).padStart(8)}      0      0      0 ${flags.join('')}\n`;
		});
	return `Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n${rows.join('')}`;
}

/** In net-tools' order. */
const interfaceFlags: ReadonlyArray<readonly [letter: string, holds: (link: Link) => boolean]> = [
	['B', ({type}) => type !== 'loopback' && type !== 'ipip'],
	['L', ({type}) => type === 'loopback'],
	['M', ({type, noArp}) => !noArp && type !== 'loopback' && type !== 'ipip'],
	['O', ({type, noArp}) => noArp === true || type === 'ipip'],
	['R', ({up, carrier}) => up && carrier],
	['U', ({up}) => up],
];

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
	const connected = inetRows(io, {listening: false, connected: true})
		.filter(() => wanted('tcp') && !has('l'))
		.map(({local, peer, state, family, holder}) => ({
			protocol: 'tcp',
			text: row(
				family === 'inet6' ? 'tcp6' : 'tcp',
				`${local.address}:${local.port}`,
				`${peer.address}:${peer.port}`,
				connectionStates[state] ?? state,
				holder ? `${holder.pid}/${holder.name}` : '-',
			),
		}));
	const rows = [...listening, ...connected].sort((a, b) => (a.protocol === b.protocol ? 0 : a.protocol === 'tcp' ? -1 : 1));
	const what = has('a') ? '(servers and established)' : has('l') ? '(only servers)' : '(w/o servers)';
	const title = `Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${programs ? ' PID/Program name    ' : ' '}\n`;
	return `Active Internet connections ${what}\n${title}${rows.map(({text}) => text).join('')}`;
}
