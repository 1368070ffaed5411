import {portName} from '../../../net/iptables/text.js';
import {type Ipvs, IpvsError, type RealServerSpec, type VirtualServer, type VirtualServerOptions} from '../../../net/ipvs/ipvs.js';
import type {Command, Run} from '../../../shell/command.js';
import {readInput, refuse, stackOf, type ToolIo} from '../tool.js';
import {helpText} from './help.js';
import {compareServers, compareServices, type EndpointName, type Layout, listConnections, listServices, serviceName} from './list.js';
import {type CommandName, IpvsadmExit, readWords, type Words} from './words.js';

const command: Command = {
	name: 'ipvsadm',
	summary: 'list and change the virtual servers of IPVS',
	path: '/usr/sbin/ipvsadm',
	*run(io: ToolIo): Run {
		const words = io.argv.slice(1);
		return isRestore(words) ? restore(io, yield* readInput(io)) : attempt(io, words);
	},
};
export default command;

const isRestore = (words: readonly string[]) => words.length === 1 && (words[0] === '-R' || words[0] === '--restore');

/** Each line is a command line. One that cannot be read ends it all; one that the kernel refuses is only reported. */
function restore(io: ToolIo, text: string): number {
	for (const line of text.replace(/\n$/, '').split('\n')) {
		if (text === '') break;
		const words = line.trim().split(/\s+/).filter(Boolean);
		if (words[0] === 'ipvsadm') words.shift();
		const outcome = run(io, words.length > 0 ? words : ['#']);
		if (outcome.fatal) return outcome.exitCode;
	}
	return 0;
}

const attempt = (io: ToolIo, words: readonly string[]): number => run(io, words).exitCode;

function run(io: ToolIo, args: readonly string[]): {exitCode: number; fatal: boolean} {
	try {
		const words = readWords(args);
		if (words.given.has('pe')) return {exitCode: refuse(io, 'ipvsadm --pe'), fatal: true};
		return {exitCode: actions[words.command](io, words, stackOf(io).ipvs), fatal: false};
	} catch (error) {
		if (error instanceof IpvsadmExit) {
			io.err(`${error.message}\n`);
			return {exitCode: error.exitCode, fatal: true};
		}
		if (error instanceof IpvsError) {
			io.err(`${error.message}\n`);
			return {exitCode: 255, fatal: false};
		}
		throw error;
	}
}

type Action = (io: ToolIo, words: Words, ipvs: Ipvs) => number;

/** A change that says nothing. */
const quietly =
	(change: (words: Words, ipvs: Ipvs) => void): Action =>
	(_io, words, ipvs) => {
		change(words, ipvs);
		return 0;
	};

const optionsOf = ({scheduler, persistentSeconds, netmask, onePacket, schedulerFlags}: Words): VirtualServerOptions => ({
	scheduler: scheduler ?? 'wlc',
	...(persistentSeconds !== undefined && {persistentSeconds}),
	...(netmask !== undefined && {persistentMask: netmask}),
	...(onePacket && {onePacket}),
	...(schedulerFlags && {schedulerFlags}),
});

/** Without -m the packet keeps its port, so the server's is the service's; with it the port may differ. */
function serverOf({service, server, forward = 'Route', weight = 1, upperThreshold, lowerThreshold}: Words): RealServerSpec {
	const port = forward !== 'Masq' || server!.port === 0 ? (service!.protocol === 'fwmark' ? 0 : service!.port) : server!.port;
	return {
		address: server!.address,
		port,
		weight,
		forward,
		...(upperThreshold && {upperThreshold}),
		...(lowerThreshold && {lowerThreshold}),
	};
}

const actions: Readonly<Record<CommandName, Action>> = {
	'add-service': quietly((words, ipvs) => ipvs.addService(words.service!, optionsOf(words))),
	'edit-service': quietly((words, ipvs) => ipvs.editService(words.service!, optionsOf(words))),
	'delete-service': quietly((words, ipvs) => ipvs.deleteService(words.service!)),
	'add-server': quietly((words, ipvs) => ipvs.addServer(words.service!, serverOf(words))),
	'edit-server': quietly((words, ipvs) => ipvs.editServer(words.service!, serverOf(words))),
	'delete-server': quietly((words, ipvs) =>
		ipvs.deleteServer(words.service!, {...words.server!, port: words.server!.port || words.service!.port}),
	),
	flush: quietly((_words, ipvs) => ipvs.clear()),
	zero: quietly((words, ipvs) => ipvs.zero(words.service)),
	set: quietly((words, ipvs) => ipvs.setTimeouts(...words.timeouts!)),
	list,
	save,
	restore: (io, _words) => refuse(io, 'ipvsadm -R inside a restored file'),
	help(io) {
		io.out(helpText);
		return 0;
	},
	version(io) {
		io.out('ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n');
		return 0;
	},
	'start-daemon': io => refuse(io, 'ipvsadm --start-daemon'),
	'stop-daemon': io => refuse(io, 'ipvsadm --stop-daemon'),
};

const numbers: EndpointName = (address, port) => `${address}:${port}`;

/** Host names from /etc/hosts, ports by their service's name. */
function names(io: ToolIo): EndpointName {
	const hosts = new Map<string, string>();
	const text = io.machine.files.exists('/etc/hosts') ? io.machine.files.readText('/etc/hosts') : '';
	for (const line of text.split('\n')) {
		const [address, name] = line.replace(/#.*/, '').trim().split(/\s+/);
		if (address && name && !hosts.has(address)) hosts.set(address, name);
	}
	return (address, port) => `${hosts.get(address) ?? address}:${portName(port)}`;
}

function list(io: ToolIo, words: Words, ipvs: Ipvs): number {
	const {given, service} = words;
	const name = given.has('numeric') ? numbers : names(io);
	if (given.has('timeout')) io.out(`Timeout (tcp tcpfin udp): ${ipvs.timeouts().join(' ')}\n`);
	else if (given.has('daemon')) io.out('');
	else if (given.has('connection'))
		io.out(listConnections(ipvs.connections(), io.machine.sim.clock.now(), given.has('persistent-conn'), name));
	else {
		const one = service && ipvs.service(service);
		if (service && !one) {
			io.err('No such service\n');
			return 1;
		}
		const layout = (['stats', 'rate', 'thresholds', 'persistent-conn'] as Layout[]).find(each => given.has(each)) ?? 'plain';
		io.out(
			listServices(one ? [one] : ipvs.services(), {
				layout,
				exact: given.has('exact'),
				sort: !given.has('nosort'),
				name,
				single: one !== undefined,
				rates: (of, server) => stackOf(io).ipvs.rates(of, server),
			}),
		);
	}
	return 0;
}

const serviceFlags: Readonly<Record<string, string>> = {tcp: '-t', udp: '-u', sctp: '--sctp-service', fwmark: '-f'};
const forwardFlags = {Masq: '-m', Route: '-g', Tunnel: '-i', Local: '-g'} as const;

/** As `ipvsadm -R` reads it. */
function save(io: ToolIo, {given}: Words, ipvs: Ipvs): number {
	const name = given.has('numeric') ? numbers : names(io);
	for (const service of [...ipvs.services()].sort(compareServices)) io.out(saveService(service, name));
	return 0;
}

function saveService(service: VirtualServer, name: EndpointName): string {
	const where = `${serviceFlags[service.protocol]} ${serviceName(service, name)}`;
	const persistent = service.persistentSeconds === undefined ? '' : ` -p ${service.persistentSeconds}`;
	const mask = service.persistentMask === undefined || service.persistentMask === '255.255.255.255' ? '' : ` -M ${service.persistentMask}`;
	const more = `${service.onePacket ? ' -o' : ''}${service.schedulerFlags?.length ? ` -b ${service.schedulerFlags.join(',')}` : ''}`;
	const lines = [`-A ${where} -s ${service.scheduler}${persistent}${mask}${more}`];
	for (const server of [...service.servers].sort(compareServers)) {
		const limits = `${server.upperThreshold ? ` -x ${server.upperThreshold}` : ''}${server.lowerThreshold ? ` -y ${server.lowerThreshold}` : ''}`;
		lines.push(
			`-a ${where} -r ${name(server.address, server.port, service.protocol)} ${forwardFlags[server.forward]} -w ${server.weight}${limits}`,
		);
	}
	return lines.map(line => `${line}\n`).join('');
}
