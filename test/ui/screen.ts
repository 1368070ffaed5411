import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {root} from '../helpers/source-files.js';
import {openTerminal} from '../helpers/terminal.js';

// Each of these starts a process with a terminal of its own: a few, one after the other.

test.serial('the list of labs opens a lab, and the shell answers', async t => {
	const terminal = openTerminal(t, [], {columns: 80, rows: 24});
	await terminal.shows(/Choose a lab[\s\S]*beginner/);
	t.true(terminal.alternate);
	terminal.type('\r');
	await terminal.shows(/\[root@k8s-master ~\]#/);
	terminal.type('echo $((6*7))\r');
	await terminal.shows(/^42$/m);
	// Type-ahead in one chunk, line end included, and a line that goes on.
	terminal.type('for i in a b; do\recho "<$i>"\rdone\r');
	await terminal.shows(/^<a>\n<b>$/m);
	terminal.type('\u0011');
	await terminal.shows(/Choose a lab/);
	terminal.type('q');
	t.is(await terminal.exit(), 0);
	t.false(terminal.alternate);
});

test.serial('what is typed before the first frame is not lost', async t => {
	const terminal = openTerminal(t, [], {columns: 80, rows: 24});
	// The terminal is not raw yet, so Enter comes as a line feed; letters stay in its line buffer.
	terminal.type('\r');
	terminal.type('echo $((6*7))\r');
	await terminal.shows(/^42$/m);
});

test.serial('panes are chosen by number, in both languages, at any size', async t => {
	const terminal = openTerminal(t, ['start', 'ipvs-switch'], {columns: 80, rows: 24});
	await terminal.shows(/A Service has an address/);
	terminal.type('\u001b3');
	await terminal.shows(/NAME +│ READY/);
	terminal.type('\u001bl');
	await terminal.shows(/终端/);
	terminal.type('\u001b2');
	await terminal.shows(/所有节点都安装了 ipvsadm/);
	terminal.resize(140, 44);
	await terminal.shows(/READY[\s\S]*先看一看/);
	t.true(
		terminal
			.screen()
			.split('\n')
			.every(line => line.length <= 140),
	);
	terminal.resize(30, 8);
	await terminal.shows(/30x8/);
	terminal.resize(100, 30);
	await terminal.shows(/\[root@k8s-master ~\]#/);
	t.is(JSON.parse(readFileSync(path.join(terminal.home, 'progress.json'), 'utf8')).language, 'zh');
});

test.serial('ctrl-c stops the command, not the application', async t => {
	const terminal = openTerminal(t, ['start', 'ipvs-switch'], {columns: 100, rows: 30});
	await terminal.shows(/\[root@k8s-master ~\]#/);
	terminal.type('while true; do sleep 1; done\r');
	await terminal.shows(/ctrl-c stops it/);
	terminal.type('\u0003');
	await terminal.shows(/\^C\n(.*\n)*\[root@k8s-master ~\]# *$/m);
	terminal.type('echo still here\r');
	await terminal.shows(/^still here$/m);
});

test.serial('whatever ends it, the terminal is given back', async t => {
	const terminal = openTerminal(t, []);
	await terminal.shows(/Choose a lab/);
	terminal.kill('SIGTERM');
	await terminal.exit();
	t.false(terminal.alternate);
});

test.serial('a lab goes on where it was left, a killed process included', async t => {
	const first = openTerminal(t, [], {columns: 100, rows: 30, program: inShell('start ipvs-switch')});
	await first.shows(/\[root@k8s-master ~\]#/);
	first.type('cd /tmp; x=kept; echo hello > note; echo written\r');
	await first.shows(/^written$/m);
	first.type('while true; do sleep 1; done\r');
	await first.shows(/ctrl-c stops it[\s\S]*# while true/);
	first.type('\u0003');
	await first.shows(/\^C\n(.*\n)*\[root@k8s-master tmp\]# *$/m);
	process.kill(Number(readFileSync(path.join(first.home, 'pid'), 'utf8')), 'SIGKILL');
	// The shell that it was started from finds its terminal as it was.
	await first.shows(/ended 137[\s\S]*[^-]icanon[\s\S]*[^-]echo /);
	t.false(first.alternate);
	await first.exit();

	const second = openTerminal(t, ['start', 'ipvs-switch'], {columns: 100, rows: 30, env: {KUBELAB_HOME: first.home}});
	await second.shows(/the 2 commands of last time were kept. Go on from there\? \[Y\/n\]/);
	second.type('\r');
	await second.shows(/\^C\n(.*\n)*\[root@k8s-master tmp\]# *$/m);
	second.type('echo $x $(cat note)\r');
	await second.shows(/^kept hello$/m);
	// Its terminal is closed.
	second.kill('SIGHUP');
	t.is(await second.exit(), 129);
	t.false(second.alternate);
});

/** kubelab as a learner starts it: a shell waits behind it, and then says what became of its terminal. */
function inShell(argv: string): string[] {
	const start = `echo $$ > $KUBELAB_HOME/pid; exec '${process.execPath}' --import=tsx '${path.join(root, 'source/cli/main.ts')}' ${argv}`;
	const script = `sh -c "$0"; code=$?; sleep 2; echo ended $code; stty -a`;
	return [
		'-e',
		`require('node:child_process').spawnSync('sh', ['-c', ${JSON.stringify(script)}, ${JSON.stringify(start)}], {stdio: 'inherit'})`,
	];
}
