import {capable, maySetKernel} from '../../node/host/capable.js';
import type {Machine} from '../../node/host/machine.js';
import type {Command, Io} from '../../shell/command.js';
import {isBusybox} from '../net-client/flavour.js';

/** What a tool says to who may not, and its exit status; undefined for what everybody may do. */
type Denial = (words: readonly string[], busybox: boolean) => readonly [text: string, status: number] | undefined;

const changes = /^(?:add|a|append|change|chg|replace|repl|set|del|delete|d|flush|f)$/;
const mustBeRoot = 'Permission denied (you must be root)';

const iptables =
	(version: string): Denial =>
	words =>
		words.some(word => /^(?:-V|--version|-h|--help)$/.test(word))
			? undefined
			: [`${version} (nf_tables): Could not fetch rule set generation id: ${mustBeRoot}\n`, 4];

/** In the words of each tool when the kernel answers EPERM to a process without CAP_NET_ADMIN. */
const denials: Readonly<Record<string, Denial>> = {
	ip(words, busybox) {
		const [, verb = ''] = words.filter(word => !word.startsWith('-'));
		return changes.test(verb) ? [`${busybox ? 'ip: ' : ''}RTNETLINK answers: Operation not permitted\n`, 2] : undefined;
	},
	tc: words => (words.some(word => changes.test(word)) ? ['RTNETLINK answers: Operation not permitted\n', 2] : undefined),
	route(words, busybox) {
		const call = words.includes('add') ? 'SIOCADDRT' : words.includes('del') ? 'SIOCDELRT' : undefined;
		return call && [`${busybox ? 'route: ' : ''}${call}: Operation not permitted\n`, busybox ? 1 : 7];
	},
	ifconfig(words, busybox) {
		const operands = words.filter(word => !word.startsWith('-'));
		if (operands.length < 2) return undefined;
		const call = operands[1] === 'up' || operands[1] === 'down' ? 'SIOCSIFFLAGS' : 'SIOCSIFADDR';
		return [`${busybox ? 'ifconfig: ' : ''}${call}: Operation not permitted\n`, busybox ? 1 : 255];
	},
	arp(words, busybox) {
		const call = words.includes('-s') ? 'SIOCSARP' : words.includes('-d') ? 'SIOCDARP(dontpub)' : undefined;
		return call && [`${busybox ? 'arp: ' : ''}${call}: Operation not permitted\n`, busybox ? 1 : 255];
	},
	iptables: iptables('iptables v1.8.9'),
	'iptables-save': iptables('iptables-save v1.8.9'),
	'iptables-restore': iptables('iptables-restore v1.8.9'),
	ip6tables: iptables('ip6tables v1.8.9'),
	'ip6tables-save': iptables('ip6tables-save v1.8.9'),
	'ip6tables-restore': iptables('ip6tables-restore v1.8.9'),
	nft: () => ['Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n', 1],
	ipset: () => ['ipset v7.17: Kernel error received: Operation not permitted\n', 1],
	ipvsadm: () => [`Can't initialize ipvs: ${mustBeRoot}\nAre you sure that IP Virtual Server is built in the kernel or as module?\n`, 255],
	conntrack: () => ['conntrack v1.4.7 (conntrack-tools): Operation failed: Operation not permitted\n', 1],
	brctl: words => (/^(?:add|del|set|stp)/.test(words[0] ?? '') ? [`${words[0]}: Operation not permitted\n`, 1] : undefined),
};

/** A tool that changes the network: in a container it takes a capability. */
export const withPrivilege = (command: Command): Command => {
	const denial = denials[command.name];
	if (!denial) return command.name === 'sysctl' ? readOnlyKernel(command) : command;
	return {
		...command,
		*run(io: Io<Machine>) {
			const refused = capable(io.machine, 'NET_ADMIN') ? undefined : denial(io.argv.slice(1), isBusybox(io.machine, command.name));
			if (!refused) return yield* command.run(io);
			io.err(refused[0]);
			return refused[1];
		},
	};
};

/** `sysctl -w` in a container that is not privileged: /proc/sys is mounted read-only. */
const readOnlyKernel = (command: Command): Command => ({
	...command,
	*run(io: Io<Machine>) {
		const words = io.argv.slice(1).filter(word => word.includes('=') && !word.startsWith('-'));
		if (maySetKernel(io.machine) || words.length === 0) return yield* command.run(io);
		for (const word of words) {
			const name = word.slice(0, word.indexOf('=')).trim().replaceAll('/', '.');
			if (io.machine.stack.sysctl(name) === undefined)
				io.err(`sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`);
			else if (isBusybox(io.machine, 'sysctl')) io.err(`sysctl: error setting key '${name}': Read-only file system\n`);
			else io.err(`sysctl: setting key "${name}": Read-only file system\n`);
		}

		return isBusybox(io.machine, 'sysctl') ? 1 : 255;
	},
});
