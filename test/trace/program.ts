import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {commands} from '../../source/commands/index.js';
import {createSession} from '../../source/shell/session/session.js';
import {createHeadlessTime} from '../../source/shell/run/time.js';
import {kubelab} from '../../source/trace/shell-command.js';
import {runCli} from '../helpers/run-cli.js';
import {build, deployWeb} from './_scene.js';

const script = (lines: readonly string[]) => {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'kubelab-trace-')), 'before.sh');
	writeFileSync(file, `${lines.join('\n')}\n`);
	return file;
};

test('what the program itself is told is not known inside, and it says where it is', t => {
	const said: string[] = [];
	const run = kubelab.run({argv: ['kubelab', 'export', 'answers.json'], err: (text: string) => void said.push(text)} as any) as Iterator<
		unknown,
		number
	>;
	t.is(run.next().value, 2);
	t.deepEqual(said, ['kubelab export is typed in a terminal of your own computer, not inside the cluster: ctrl-q, then q, leads there\n']);
});

test('kubelab trace --json is one document; options of the traced command are its own', async t => {
	const {exitCode, stdout, stderr} = await runCli([
		'trace',
		'--json',
		'--from',
		'reg',
		'curl',
		'-m',
		'3',
		'--max-time',
		'5',
		'http://172.25.254.10:9',
	]);
	t.is(stderr, '');
	t.is(exitCode, 0);
	const trace = JSON.parse(stdout);
	t.is(trace.request, 'curl -m 3 --max-time 5 http://172.25.254.10:9');
	t.is(trace.from, 'reg');
	t.deepEqual(trace.verdict, {kind: 'refused', sentence: 'refused: nothing listens on port 9 of k8s-node1'});
	t.is(trace.result.exitCode, 7);
	t.like(trace.conversations[0], {from: 'reg', protocol: 'tcp', destination: '172.25.254.10:9'});
	t.true(trace.conversations[0].hops.length > 3);
});

test('a script may run first', async t => {
	const file = script(deployWeb);
	const {stdout} = await runCli(['trace', '--after', file, '--from', 'k8s-node2', 'http://web.default.svc.cluster.local']);
	t.regex(stdout, /^=> the name does not resolve/m, 'a node asks its own name server, not CoreDNS');
	const direct = await runCli(['trace', '--after', file, 'dig', '+short', '@10.96.0.10', 'web.default.svc.cluster.local']);
	t.regex(direct.stdout, /^=> web\.default\.svc\.cluster\.local\. A: 10\.\S+, said pod$/m);
});

test('same seed, same bytes', async t => {
	const args = ['trace', '--after', script(deployWeb), 'http://10.96.0.1:443'];
	t.is((await runCli(args)).stdout, (await runCli(args)).stdout);
});

for (const [title, args, says] of [
	['an unknown sender', ['--from', 'mars', 'http://web'], /no host and no pod "mars"/],
	['an unknown mode', ['--compare', 'nftables', 'http://web'], /--compare takes iptables,ipvs, not "nftables"/],
	['nothing to ask', [], /needs more words/],
	['an unknown option', ['--fast', 'http://web'], /there is no option --fast/],
	['a lab and a profile', ['--lab', 'x', '--profile', 'base', 'http://web'], /--lab or --profile, not both/],
] as const)
	test(`wrong usage: ${title}`, async t => {
		const {exitCode, stdout, stderr} = await runCli(['trace', ...args]);
		t.is(exitCode, 2);
		t.is(stdout, '');
		t.regex(stderr, says);
	});

test('the same trace typed in the simulated shell, from where it is typed', async t => {
	const cluster = await build(deployWeb);
	for (const host of cluster.hosts()) host.files.write(kubelab.path!, '', {mode: 0o755});
	const session = createSession({
		machine: cluster.hosts()[0]!,
		commands: [...commands, kubelab],
		time: createHeadlessTime(cluster.sim.clock),
		random: cluster.sim.random.fork('shell'),
	});
	const here = await session.run('kubelab trace http://$(kubectl get svc web -o jsonpath={.spec.clusterIP})');
	t.regex(here.stdout, /^http:\/\/10\.\S+, from k8s-master\n=> answered 200 by pod default\/web-/);
	t.is(here.exitCode, 0);
	const there = await session.run('ssh k8s-node1 kubelab trace --json http://172.25.254.50');
	t.is(JSON.parse(there.stdout).from, 'k8s-node1');
	t.is(there.exitCode, 1);
	const compared = await session.run('kubelab trace --compare iptables,ipvs http://$(kubectl get svc web -o jsonpath={.spec.clusterIP})');
	t.regex(compared.stdout, /^kube-proxy in ipvs mode$/m, compared.stderr);
	t.regex((await session.run('kubelab trace --from mars http://x')).stderr, /^kubelab trace: there is no host and no pod "mars"/);
	t.is((await session.run('kubelab')).exitCode, 2);
});
