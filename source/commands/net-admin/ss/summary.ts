import type {ToolIo} from '../tool.js';
import {inetRows} from './inet.js';
import {netlinkRows} from './netlink.js';
import {unixRows} from './unix.js';

/** `-s`: how many sockets there are, whatever was asked for besides. */
export function summary(io: ToolIo): string {
	const all = {listening: true, connected: true};
	const rows = inetRows(io, all);
	const others = unixRows(io, all).length + netlinkRows(io).length;
	const waiting = rows.filter(({state}) => state === 'TIME-WAIT').length;
	const of = (netid: string, family: string) =>
		rows.filter(row => row.netid === netid && row.family === family && row.state !== 'TIME-WAIT').length;
	const [udp4, udp6, tcp4, tcp6] = [of('udp', 'inet'), of('udp', 'inet6'), of('tcp', 'inet'), of('tcp', 'inet6')];
	const established = rows.filter(({state}) => state === 'ESTAB').length;
	const line = (name: string, v4: number, v6: number) =>
		`${name}\t  ${String(v4 + v6).padEnd(9)} ${String(v4).padEnd(9)} ${String(v6).padEnd(9)}\n`;
	return (
		`Total: ${udp4 + udp6 + tcp4 + tcp6 + others}\n` +
		`TCP:   ${tcp4 + tcp6 + waiting} (estab ${established}, closed ${waiting}, orphaned 0, timewait ${waiting})\n\n` +
		`Transport Total     IP        IPv6\n${line('RAW', 0, 0)}${line('UDP', udp4, udp6)}${line('TCP', tcp4, tcp6)}` +
		`${line('INET', udp4 + tcp4, udp6 + tcp6)}${line('FRAG', 0, 0)}\n`
	);
}
