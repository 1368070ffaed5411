import test from 'ava';
import {ask, build, podOn} from './_scene.js';

const places = [
	['raw', 'OUTPUT'],
	['raw', 'PREROUTING'],
	['mangle', 'OUTPUT'],
	['mangle', 'PREROUTING'],
	['mangle', 'FORWARD'],
	['mangle', 'POSTROUTING'],
	['filter', 'OUTPUT'],
	['filter', 'FORWARD'],
	['filter', 'INPUT'],
	['mangle', 'INPUT'],
] as const;

test('wherever a rule drops a packet, the trace names that rule; where it drops none, the request is answered', async t => {
	const cluster = await build([podOn('one', 'k8s-node1'), 'kubectl expose pod one --port=80']);
	const start = cluster.snapshot();
	const request = {from: 'k8s-master', ask: 'http://VIP(one)'};
	for (const where of ['k8s-master', 'k8s-node1']) {
		for (const [table, chain] of places) {
			for (const side of ['--dport', '--sport']) {
				cluster.restore(start);
				const {iptables} = cluster.host(where)!.stack;
				iptables.command(['-t', table, '-I', chain, '-p', 'tcp', side, '80', '-j', 'DROP']);
				const {verdict} = ask(cluster, request);
				const title = `${where} ${table} ${chain} ${side}: ${verdict.sentence}`;
				const hit = iptables.table(table)!.chains.find(each => each.name === chain)!.rules[0]!;
				t.is(hit.packets, 0, `${title}: counters moved`);
				if (verdict.kind === 'answered') {
					// By curl's own word: nothing was in its way.
					t.is(cluster.host('k8s-master')!.stack.connect(verdictAddress(cluster), 80).outcome.kind, 'connected', title);
				} else t.like(verdict, {kind: 'dropped', rule: {where, table, chain, rule: 1}}, title);
			}
		}
	}
});

const verdictAddress = (cluster: Awaited<ReturnType<typeof build>>): string =>
	cluster.api.reader.get<any>('services', 'default', 'one').spec.clusterIP;
