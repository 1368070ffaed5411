import test from 'ava';
import {findLab} from '../../source/cli/lab-files.js';
import {grade} from '../../source/lab/grade.js';
import {openApp} from '../helpers/app.js';

const turn = () => new Promise<void>(resolve => void setImmediate(resolve));

test('each host has a terminal with a shell, a prompt and a history of its own', async t => {
	const app = await openApp(t, {columns: 120, rows: 40});
	t.regex(app.screen(), /Shell \[k8s-master\] k8s-node1 k8s-node2 reg/);
	await app.type('cd /tmp; x=here\r');
	await app.press('\u001bh');
	t.regex(app.screen(), /Shell k8s-master \[k8s-node1\][\s\S]*\[root@k8s-node1 ~\]# *$/m);
	await app.type('pwd; echo "<$x>"; hostname\r');
	t.regex(app.screen(), /\/root\n<>\nk8s-node1/);
	await app.press('\u001b[A');
	t.regex(app.screen(), /\[root@k8s-node1 ~\]# pwd; echo "<\$x>"; hostname/);
	await app.press('\u0003\u001bH');
	t.notRegex(app.screen(), /\[root@k8s-node1 /);
	await app.type('echo "<$x>"\r');
	t.regex(app.screen(), /\[root@k8s-master tmp\]# echo "<\$x>"\n<here>/);
	t.deepEqual(
		app.steps().map(({run, tab}) => [run, tab]),
		[
			['cd /tmp; x=here', undefined],
			['pwd; echo "<$x>"; hostname', 'k8s-node1'],
			['echo "<$x>"', undefined],
		],
	);
});

test('what runs in one goes on while another is typed in; played again it comes to the same world', async t => {
	const app = await openApp(t, {columns: 120, rows: 40});
	// The shell's parser is read from disk for the first line: what is timed below comes after it.
	await app.type('true\r');
	await app.press('\u001bH');
	t.regex(app.screen(), /\[reg\]/);
	await app.press('\u001bh');
	await app.press('sleep 2; echo slept > /tmp/a\r');
	await app.pass(500);
	await app.press('\u001bh');
	t.regex(app.screen(), /Shell k8s-master\* \[k8s-node1\]/);
	await app.type('echo quick > /tmp/b\r');
	await app.pass(3000);
	await app.type('rm /tmp/b\r');
	await app.type('lab undo\r');
	await app.type('cat /tmp/b; ssh k8s-master cat /tmp/a\r');
	t.regex(app.screen(), /^quick\nslept$/m);
	const steps = app.steps();
	t.is(steps[1]!.tab, 'k8s-node1', 'the quick one ended first');

	const report = await grade(await findLab('ipvs-switch'), {form: 'bundle', steps, seed: 'kubelab'}, {breathe: turn});
	t.is(report.proof?.diverged, undefined);
	t.true(report.proof!.steps >= 3);
	t.deepEqual(
		report.timeline.map(({exitCode}) => exitCode),
		steps.map(() => 0),
	);

	const again = await openApp(t, {columns: 120, rows: 40, before: steps});
	await again.type('y\r');
	for (let each = 0; each < 50; each++) await turn();
	await again.type('cat /tmp/a\r');
	t.regex(again.screen(), /^slept$/m);
	await again.press('\u001bh');
	t.regex(again.screen(), /echo quick > \/tmp\/b/);
});

test('what sleeps in a terminal when another one leaves the world is ended, and time goes on', async t => {
	const app = await openApp(t, {columns: 120, rows: 40});
	await app.type('true\r');
	await app.press('\u001bH');
	await app.press('watch date\r');
	await app.pass(300);
	await app.press('\u001bh');
	// Not a line that is known for a journey when it is sent.
	await app.type('true; lab undo\r');
	await app.pass(5000);
	t.regex(app.screen(), /Shell \[k8s-master\] k8s-node1 k8s-node2 reg \(/);
	await app.type('echo "$((6 * 7))"\r');
	t.regex(app.screen(), /^42$/m);
});

test('ctrl-d leaves a shell, the login shell for another one; played again it does the same', async t => {
	const app = await openApp(t);
	await app.type('ssh k8s-node1\r');
	await app.type('cd /tmp\r');
	await app.press('\u0004');
	await app.type('cd /tmp; pwd; hostname > /tmp/a\r');
	t.regex(app.screen(), /logout\nConnection to k8s-node1 closed\.\n/);
	await app.press('\u0004');
	t.regex(app.screen(), /logout\nkubelab: that was the login shell, here is another/);
	await app.type('pwd > /tmp/b\r');
	await app.type('cat > /tmp/c\r');
	await app.type('typed\rby hand\r');
	await app.press('\u0004');
	await app.type('read x y; echo $y >> /tmp/c\r');
	await app.type('one two\r');
	await app.type('exit\r');
	await app.type('cat /tmp/[abc]\r');
	t.regex(app.screen(), /^k8s-master\n\/root\ntyped\nby hand\ntwo$/m);
	const again = await openApp(t, {before: app.steps()});
	await again.type('\r');
	await again.type('cat /tmp/[abc]; echo said\r');
	t.regex(again.screen(), /^k8s-master\n\/root\ntyped\nby hand\ntwo\nsaid$/m);
	const steps = app.steps();
	const {proof} = await grade(await findLab('ipvs-switch'), {form: 'bundle', steps, seed: 'kubelab'}, {breathe: turn});
	t.deepEqual(proof, {steps: steps.length});
});
