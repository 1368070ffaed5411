import {readdirSync} from 'node:fs';
import test from 'ava';
import {dataFile, nodeBase, recording, runTool, words, world} from '../helpers/net-world.js';

/** A node in IPVS mode: its sets, its rules and its dummy device. */
function node() {
	const made = world();
	const stack = made.network.namespace('node');
	runTool(made, stack, ['ipset', 'restore'], dataFile('ipvs/kubeadm.ipset'));
	nodeBase(stack, 'ipvs');
	stack.iptables.restore(dataFile('ipvs/kubeadm.ipvs.restore'), {noflush: true, counters: true});
	// The jumps of proxier.go's ipvs mode, each put in front.
	for (const [table, from, comment, chain] of jumps)
		stack.iptables.command(['-t', table, '-I', from, '-m', 'comment', '--comment', comment, '-j', chain]);
	stack.links.add({
		name: 'kube-ipvs0',
		type: 'dummy',
		mac: '7a:1b:3c:4d:5e:6f',
		mtu: 1500,
		up: false,
		carrier: true,
		noArp: true,
		queueLength: 0,
	});
	for (const address of dataFile('ipvs/kubeadm.addrs').trim().split('\n'))
		stack.links.addAddress('kube-ipvs0', {address, prefix: 32, scope: 'global'});
	return {made, stack};
}

const jumps = [
	['nat', 'OUTPUT', 'kubernetes service portals', 'KUBE-SERVICES'],
	['nat', 'PREROUTING', 'kubernetes service portals', 'KUBE-SERVICES'],
	['nat', 'POSTROUTING', 'kubernetes postrouting rules', 'KUBE-POSTROUTING'],
	['filter', 'FORWARD', 'kubernetes forwarding rules', 'KUBE-FORWARD'],
	['filter', 'INPUT', 'kubernetes health check rules', 'KUBE-NODE-PORT'],
	['filter', 'INPUT', 'kube-proxy firewall rules', 'KUBE-PROXY-FIREWALL'],
	['filter', 'FORWARD', 'kube-proxy firewall rules', 'KUBE-PROXY-FIREWALL'],
	['filter', 'INPUT', 'kubernetes ipvs access filter', 'KUBE-IPVS-FILTER'],
	['filter', 'OUTPUT', 'kubernetes ipvs access filter', 'KUBE-IPVS-OUT-FILTER'],
] as const;

const undated = (text: string) => text.replace(/ on \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/gm, ' on DATE');

/** Members of a hash come in the order of a hash with a random start, which is printed as well: neither can be compared. */
function comparable(text: string): string[] {
	return text
		.replace(/initval 0x[0-9a-f]+/g, 'initval')
		.split('\n')
		.sort();
}

for (const file of readdirSync(new URL('../data/net/ipvs', import.meta.url)).filter(name => name.startsWith('kubeadm.nft.'))) {
	test(`a node in IPVS mode prints what was recorded: ${file}`, t => {
		const {made, stack} = node();
		const [{command, text, exitCode}] = recording(`ipvs/${file}`) as [ReturnType<typeof recording>[number]];
		const ran = runTool(made, stack, words(command));
		if (file.includes('ipset-list') || file.includes('ipset-save')) t.deepEqual(comparable(ran.text), comparable(text));
		else t.is(undated(ran.text), undated(text));
		t.is(ran.exitCode, exitCode);
	});
}
