import test from 'ava';
import {commands} from '../../source/commands/index.js';
import {busybox} from '../../source/images/base/shells.js';
import {runNow} from '../../source/images/script/run-now.js';
import {imageTree} from '../../source/node/image/image-tree.js';
import type {Machine} from '../../source/node/host/machine.js';
import {createFiles} from '../../source/os/file-tree.js';
import {createSim} from '../../source/sim/sim.js';

function shell() {
	const sim = createSim('script');
	const files = createFiles(sim, 'm', imageTree({image: busybox, tag: 'latest', variant: busybox.tags['latest']!, digest: 'sha256:0'}));
	const machine = {
		files,
		sim,
		hostname: 'box',
		host: 'h',
		container: 'c',
		user: 'root',
		env: {},
		processes: {list: () => [], get: () => undefined},
		stack: {links: {list: () => []}},
		kind: 'container',
		world: {
			tool: (name: string) => commands.find(each => each.name === name || each.aliases?.includes(name)),
			runtime: () => ({container: () => undefined}),
		},
	} as unknown as Machine;
	return (line: string, timeoutMs?: number) =>
		runNow(machine, ['sh', '-c', line], {env: {PATH: '/bin', HOME: '/root', COLOR: 'blue'}, cwd: '/', timeoutMs});
}

const prints = (line: string, stdout: string, exitCode = 0, stderr = ''): [string, (t: any) => void] => [
	line,
	t => {
		const result = shell()(line);
		t.deepEqual({stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode}, {stdout, stderr, exitCode});
	},
];

const cases = [
	prints('echo $COLOR "${COLOR}x" ${NO:-def} $(hostname)', 'blue bluex def box\n'),
	prints('i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo n$i; done', 'n1\nn3\n'),
	prints('for i in 1 2 3; do [ $i = 3 ] && break; echo $i; done; echo end', '1\n2\nend\n'),
	prints('f() { local x=1; echo "$1 $x"; return 3; }; f yo; echo $?', 'yo 1\n3\n'),
	prints('nosuch; echo $?; exit 4', '127\n', 4, 'sh: nosuch: not found\n'),
	prints('/etc/passwd', '', 126, 'sh: /etc/passwd: Permission denied\n'),
	prints('cat /nope', '', 1, "cat: can't open '/nope': No such file or directory\n"),
	prints('printf "b\\na\\nb\\n" | sort | uniq -c | tail -1', '      2 b\n'),
	prints('(echo x; sleep 1; echo y) | while read l; do echo got $l; done', 'got x\ngot y\n'),
	prints('cat <<E\nhello $COLOR\nE', 'hello blue\n'),
	prints('echo a > /tmp/f; echo b >> /tmp/f; cat < /tmp/f; wc -l < /tmp/f', 'a\nb\n2\n'),
	prints('set -e; if false; then :; fi; false || true; false; echo no', '', 1),
	prints('trap "echo bye" EXIT; echo hi; exit 3', 'hi\nbye\n', 3),
	prints('case abc in x) echo no;; a*) echo yes;; esac; echo ${COLOR%ue} ${#COLOR}', 'yes\nbl 4\n'),
	prints('sleep 3600 & echo $((7 / 2)); ! true; echo $?', '3\n1\n'),
	prints('test -f /tmp/no && echo y || echo n; mkdir -p /a/b; touch /a/b/c; ls /a/b', 'n\nc\n'),
	prints('echo foobar | sed -e s/o/0/g; seq 3 | tr "\\n" ,; echo', 'f00bar\n1,2,3,\n'),
	prints('printf "1 b\n2 a\n" | sort -k2 | awk \'{print $1}\' | tr 1 x', '2\nx\n'),
	prints('(echo a; sleep 1; echo b) | sed s/^/+/ | cat', '+a\n+b\n'),
	prints(
		'mkdir /tmp; rm /tmp; cp /no x; mv /no x; ls -y',
		'',
		1,
		[
			"mkdir: can't create directory '/tmp': File exists",
			"rm: '/tmp' is a directory",
			"cp: can't stat '/no': No such file or directory",
			"mv: can't rename '/no': No such file or directory",
			"ls: invalid option -- 'y'",
			'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.',
			'',
			'Usage: ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
			'',
		].join('\n'),
	),
	prints(
		'echo a b > f; wc f; wc -l < f; head nope; tail nope; uniq nope; chmod 644 nope',
		'        1         2         4 f\n1\n',
		1,
		[
			'head: nope: No such file or directory',
			"tail: can't open 'nope': No such file or directory",
			"uniq: can't open 'nope': No such file or directory",
			'chmod: nope: No such file or directory',
			'',
		].join('\n'),
	),
	prints('echo x > /no/such', '', 1, "sh: can't create /no/such: nonexistent directory\n"),
];

for (const [name, run] of cases) test(name, run);

test('a command that sleeps too long is timed out; one that never ends does not hang the world', t => {
	t.true(shell()('sleep 5', 1000).timedOut);
	t.false(shell()('sleep 5', 9000).timedOut);
	t.true(shell()('while true; do :; done', 1000).timedOut);
});

test('what is not simulated says so', t => {
	const result = shell()(`printf '#!/usr/bin/perl\\n' > p; chmod +x p; ./p`);
	t.is(result.exitCode, 125);
	t.regex(result.stderr, /^kubelab: not simulated: perl/);
});
