import test from 'ava';
import {comparedText} from '../../source/trace/print/columns.js';
import {compareModes} from '../../source/trace/compare.js';
import {TraceError} from '../../source/trace/walk/request.js';
import {traceText} from '../../source/trace/print/text.js';
import {wrap} from '../../source/trace/print/wrap.js';
import {ask, build, client, deployWeb} from './_scene.js';

const widest = (text: string) => Math.max(...text.split('\n').map(line => line.length));

test('the text names the verdict first, then each rule with its number, its text and its object', async t => {
	const cluster = await build([...deployWeb, client]);
	const text = traceText(ask(cluster, {from: 'cli', ask: 'curl -m 3 http://web'}), {columns: 80});
	const lines = text.split('\n');
	t.is(lines[0], 'curl -m 3 http://web, from pod default/cli');
	t.regex(lines[1]!, /^=> answered 200 by pod default\/web-/);
	// A look-up that went well takes one line.
	t.regex(text, /^DNS 10\.96\.0\.10:53 {2}web\.default\.svc\.cluster\.local\. A: 10\.\S+, said pod$/m);
	t.regex(
		text,
		/^ {4}nat KUBE-SERVICES rule \d+ \(\d rules did not match\)\n {6}-d 10\.\S+\/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-\w+\n {6}\[Service default\/web, spec\.clusterIP: port 80\]$/m,
	);
	t.regex(text, /^ {6}10\.244\.\d\.\d+:\d+ > 10\.\d+\.\d+\.\d+:80\n {6}becomes 10\.244\.\d\.\d+:\d+ > 10\.244\.\d\.\d+:80$/m);
	t.regex(text, /^ {4}PREROUTING mangle, nat: \d rules, none decided$/m);
	t.true(widest(text) <= 80, text);
});

test('the answer is led back: its source is the cluster IP again', async t => {
	const trace = ask(await build(deployWeb), {ask: 'http://VIP(web)'});
	const back = trace.conversations[0]!.reply;
	const last = back.findLast(step => step.hook === 'CONNTRACK')!;
	t.regex(last.before.source, /^10\.244\./);
	t.is(last.after!.source, trace.conversations[0]!.destination);
	t.is(last.where, 'k8s-master');
});

test('the rule that decided is marked', async t => {
	const cluster = await build(['iptables -I OUTPUT -p tcp --dport 80 -j DROP']);
	const text = traceText(ask(cluster, {ask: 'http://172.25.254.10'}), {columns: 80});
	t.regex(text, /^ {4}filter OUTPUT rule 1 {2}<= decided\n {6}-p tcp -m tcp --dport 80 -j DROP\n {6}\[written by hand/m);
});

test('verbose shows every rule that matched', async t => {
	const trace = ask(await build(deployWeb), {ask: 'http://VIP(web)'});
	const brief = traceText(trace, {columns: 80});
	const verbose = traceText(trace, {columns: 80, verbose: true});
	t.false(brief.includes('cali-fip-dnat'));
	t.true(verbose.includes('cali-fip-dnat'));
	t.false(verbose.includes('none decided'));
});

test('the same request in both modes: side by side where there is room, and the world keeps its mode', async t => {
	const cluster = await build(deployWeb);
	const before = cluster.sim.clock.now();
	const request = {words: [`http://${cluster.api.reader.get<any>('services', 'default', 'web').spec.clusterIP}`]};
	const compared = compareModes(cluster, request, ['iptables', 'ipvs']);
	t.is(cluster.sim.clock.now(), before);
	t.deepEqual(
		compared.map(({trace}) => trace.verdict.kind),
		['answered', 'answered'],
	);
	t.true(compared[0]!.trace.conversations[0]!.hops.some(step => step.chain?.startsWith('KUBE-SEP-')));
	t.true(compared[1]!.trace.conversations[0]!.hops.some(step => step.hook === 'IPVS'));
	const wide = comparedText(compared, 120).split('\n');
	t.regex(wide[0]!, /^kube-proxy in iptables mode {31} \| kube-proxy in ipvs mode$/);
	const narrow = comparedText(compared, 80);
	t.true(narrow.startsWith('kube-proxy in iptables mode\n'));
	t.regex(narrow, /\n\nkube-proxy in ipvs mode\n/);
	t.true(widest(narrow) <= 80);
	t.is(cluster.host('k8s-master')!.stack.ipvs.services().length, 0);
});

test('who is not there cannot ask', async t => {
	const cluster = await build([client]);
	for (const [from, says] of [
		['nobody', /no host and no pod "nobody"; hosts are k8s-master, k8s-node1, k8s-node2, reg/],
		['kube-system/nobody', /no host and no pod "kube-system\/nobody"/],
	] as const)
		t.throws(() => ask(cluster, {from, ask: 'http://web'}), {instanceOf: TraceError, message: says});
	for (const from of ['cli', 'pod/cli', 'default/cli', 'pod/default/cli'])
		t.is(ask(cluster, {from, ask: 'http://10.96.0.1'}).from, 'pod default/cli');
});

test('what a server asked others meanwhile is nested in its conversation', async t => {
	const cluster = await build([client]);
	const trace = ask(cluster, {from: 'cli', ask: 'http://www.baidu.com'});
	const lookup = trace.conversations.find(each => each.asks === 'www.baidu.com. A')!;
	t.is(lookup.nested.length, 1);
	t.regex(lookup.nested[0]!.from, /^pod kube-system\/coredns-/);
	t.is(lookup.nested[0]!.asks, lookup.asks);
	t.is(lookup.nested[0]!.verdict.kind, 'answered');
	t.regex(traceText(trace, {columns: 80, verbose: true}), /^ {2}\| udp 10\.244\.\S+ > 172\.25\.254\.2:53, asked by pod$/m);
});

test('a question that is asked again and fares no better is told once', async t => {
	const cluster = await build([client, 'kubectl -n kube-system scale deployment coredns --replicas=0']);
	const trace = ask(cluster, {from: 'cli', ask: 'http://kubernetes'});
	t.is(trace.conversations.length, 2);
	t.regex(traceText(trace, {columns: 80}), /\nasked 2 times, with the same result\n$/);
});

test('lines break between words', t => {
	t.deepEqual(wrap('  one two three', '    ', 9), ['  one two', '    three']);
	t.deepEqual(wrap('verylongword', '', 4), ['verylongword']);
});
