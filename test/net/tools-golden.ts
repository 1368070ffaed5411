import {readdirSync} from 'node:fs';
import test from 'ava';
import type {Namespace} from '../../source/net/namespace.js';
import {recording, runTool, words, world} from '../helpers/net-world.js';

/** The recording machine: one end of a veth, a default route, two servers, and what each recording saw beside that. */
function machine(file: string) {
	const made = world();
	const {network} = made;
	const stack = network.namespace('refa');
	const other = network.namespace('refb');
	stack.links.add({
		name: 'eth0',
		type: 'veth',
		mac: '02:42:c0:a8:38:0a',
		mtu: 1500,
		up: true,
		carrier: true,
		peer: {namespace: 'refb', link: 'eth0'},
	});
	other.links.add({
		name: 'eth0',
		type: 'veth',
		mac: '02:42:c0:a8:38:0b',
		mtu: 1500,
		up: true,
		carrier: true,
		peer: {namespace: 'refa', link: 'eth0'},
	});
	stack.links.addAddress('eth0', {address: '192.168.56.10', prefix: 24, broadcast: '192.168.56.255', scope: 'global'});
	other.links.addAddress('eth0', {address: '192.168.56.11', prefix: 24, broadcast: '192.168.56.255', scope: 'global'});
	stack.routes.add({destination: 'default', via: '192.168.56.11', dev: 'eth0'});
	if (/^(ss|netstat)/.test(file)) addSockets(stack, file);
	if (file.startsWith('ip-neigh')) stack.ping('192.168.56.11');
	return {made, stack};
}

function addSockets(stack: Namespace, file: string) {
	const name = file.startsWith('netstat') ? 'bin/nginx' : 'nginx';
	for (const [port, address, pid] of [
		[8080, '0.0.0.0', 2117],
		[9000, '127.0.0.1', 2119],
	] as const) {
		stack.sockets.listen({protocol: 'tcp', address, port, handler: 'none', owner: String(pid), process: {name, pid}});
	}
	if (!file.startsWith('ss-ta.')) return;
	const rows = recording(`tools/${file}`)[0]!.text.matchAll(/TIME-WAIT\s+0\s+0\s+([\d.]+):(\d+)\s+([\d.]+):(\w+)/g);
	const ports: Record<string, number> = {http: 80, https: 443};
	for (const [, local = '', port, peer = '', service = ''] of [...rows].reverse()) {
		const record = {
			state: 'TIME-WAIT',
			local: {address: local, port: Number(port)},
			peer: {address: peer, port: ports[service]!},
			expiresMs: Number.MAX_SAFE_INTEGER,
		} as const;
		stack.kernel.sockets.putConnection(record);
	}
}

/** What cannot be the same: the recorder's named namespace, device counters, ARP's age, the backlog its little server asked for. */
const same = (text: string) =>
	text
		.replaceAll('link-netns refb', 'link-netnsid 0')
		.replace(/packets \d+ {2}bytes \d+ \(.*\)|(packets|bytes):\d+( \(.*?\))?/g, '$1')
		.replace(/ (DELAY|REACHABLE) $/gm, ' ALIVE ')
		.replace(/^LISTEN( +)(\d+)( +)\d+ */gm, 'LISTEN$1$2$3');

const skipped: Record<string, string> = {'ss-s.txt': 'counts sockets of other processes of the recording machine'};

for (const file of readdirSync(new URL('../data/net/tools', import.meta.url)).filter(name => !skipped[name])) {
	test(`prints what was recorded: ${file}`, t => {
		const {made, stack} = machine(file);
		for (const {command, text, exitCode} of recording(`tools/${file}`)) {
			const ran = runTool(made, stack, words(command.replace(/^busybox /, '')), '', file.endsWith('.tty.txt'), file.startsWith('bb-'));
			t.is(same(ran.text), same(text));
			t.is(ran.exitCode, exitCode);
		}
	});
}
