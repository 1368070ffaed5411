import {formatIpv4, parsePrefix} from '../../net/address.js';
import type {Namespace} from '../../net/namespace.js';
import type {Route} from '../../net/route.js';
import type {Command} from '../../shell/command.js';
import {refuse, stackOf, tool} from './tool.js';

const command: Command = tool({
	name: 'route',
	summary: 'show the routing table (net-tools)',
	path: '/usr/sbin/route',
	run(io) {
		const args = io.argv.slice(1);
		const unknown = args.find(arg => arg !== '-n' && arg !== '-e');
		if (unknown !== undefined) return refuse(io, `route ${unknown}`);
		io.out(routingTable(stackOf(io), 'route'));
		return 0;
	},
});
export default command;

const flagsOf = ({type, via, destination}: Route): string => {
	// A blackhole is up like any other: only its device is missing (fib_flag_trans).
	if (type === 'unreachable' || type === 'prohibit') return '!';
	return `U${via ? 'G' : ''}${destination.endsWith('/32') ? 'H' : ''}`;
};

/** The kernel's table with masks in full; netstat and route differ in three columns. */
export function routingTable(stack: Namespace, style: 'netstat' | 'route'): string {
	const titles = style === 'netstat' ? 'Flags   MSS Window  irtt Iface' : 'Flags Metric Ref    Use Iface';
	const lines = stack.routes.list().map(route => {
		const {base, mask} = parsePrefix(route.destination)!;
		const flags = flagsOf(route);
		const start = [formatIpv4(base), route.via ?? (flags.startsWith('!') ? '-' : '0.0.0.0'), formatIpv4(mask)]
			.map(text => text.padEnd(15))
			.join(' ');
		const dev = route.dev ?? (flags.startsWith('!') ? '-' : '*');
		return style === 'netstat'
			? `${start} ${flags.padEnd(7)}   0 0          0 ${dev}\n`
			: `${start} ${flags.padEnd(5)} ${String(route.metric ?? 0).padEnd(6)} 0        0 ${dev}\n`;
	});
	return `Kernel IP routing table\nDestination     Gateway         Genmask         ${titles}\n${lines.join('')}`;
}
