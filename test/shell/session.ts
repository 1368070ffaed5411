import test from 'ava';
import fc from 'fast-check';
import host from '../../source/commands/host/index.js';
import textTools from '../../source/commands/text/index.js';
import {parsePlain} from '../../source/shell/session/plain.js';
import {createHeadlessTime, createLiveTime} from '../../source/shell/run/time.js';
import {createSim} from '../../source/sim/sim.js';
import {fakeKubectl, fakeMachine, fakeSession} from '../helpers/fake-machine.js';

const screen = () => {
	const shown: string[] = [];
	return {shown, terminal: {columns: 80, rows: 24, sink: (text: string) => void shown.push(text)}};
};

test('what a line sets is there for the next: variables, arrays, functions, aliases, options, cwd, $?', async t => {
	const session = fakeSession();
	for (const line of [
		'a=1 b=(x "y z")',
		'declare -A m=([k]=v)',
		'f() {\n  echo "f $1"\n}',
		'alias k=kubectl',
		'cd /etc',
		'set -o pipefail',
		'false',
	])
		await session.run(line);
	t.is(
		(await session.run('echo $? $a "${b[1]}" ${m[k]} $(f q) $PWD; k top; false | true; echo $?')).stdout,
		'1 1 y z v f q /etc\nkubectl top\n1\n',
	);
});

test('a session is plain data and goes on from where it was saved', async t => {
	const session = fakeSession();
	await session.run('cd /tmp; x=1; export y=2; b=(p q); f() { echo "f$x"; }; alias k=kubectl; set -u');
	const saved = JSON.parse(JSON.stringify(session.save()));
	const other = fakeSession();
	other.restore(saved);
	t.is(other.prompt(), '[root@k8s-master tmp]# ');
	t.is((await other.run('f; echo $y "${b[@]}"; k get; echo $none')).stdout, 'f1\n2 p q\nkubectl get\n');
	t.deepEqual(other.history.entries.slice(0, 1), session.history.entries.slice(0, 1));
});

test('the prompt follows the folder, and PS1', async t => {
	const session = fakeSession();
	t.is(session.prompt(), '[root@k8s-master ~]# ');
	await session.run('cd /etc/kubernetes 2>/dev/null || cd /etc');
	t.regex(session.prompt(), /^\[root@k8s-master \w+\]# $/);
	await session.run("PS1='\\u@\\h:\\w\\$ '");
	t.is(session.prompt(), 'root@k8s-master:/etc# ');
	t.is(session.prompt('PS2'), '> ');
});

test('whether a command goes on after this line', async t => {
	const session = fakeSession();
	const open = [
		'echo "a',
		"echo 'a",
		'cat <<EOF',
		'cat <<EOF\nx',
		'a &&',
		'a |',
		'a \\',
		'for i in 1',
		'while true; do',
		'if x; then',
		'case x in',
		'f() {',
		'(a',
		'{ a',
		'echo $(a',
		'x=(a',
		'[[ a',
		'until x',
		'echo `a',
		'cat <<A <<B\nx\nA',
		'do_it() {\n  x',
	];
	const closed = [
		'echo',
		'echo a;',
		'a & b',
		'fi',
		'a;;',
		'echo )',
		'cat <<EOF\nx\nEOF',
		'for i in 1; do x; done',
		'echo "a\nb"',
		'echo a # |',
		"echo 'a\\'",
		'kubectl get pods -o jsonpath="{.items}"',
	];
	for (const text of open) t.true(await session.needsMore(text), text);
	for (const text of closed) t.false(await session.needsMore(text), text);
});

test('the fast path makes the very tree that the parser makes', async t => {
	const {parse} = await fakeSession().shell.services.toolbox();
	// Quotes around a text without anything special are one thing to the parser, with them or without.
	const isSafe = (value: any) => /^[\w@%+=:,./-]*$/.test(value);
	const unquoted = (value: any) => {
		if (value?.type === 'SingleQuoted' && isSafe(value.value)) return {type: 'Literal', value: value.value};
		const only = value?.type === 'DoubleQuoted' && value.parts.length === 1 ? value.parts[0] : undefined;
		return only?.type === 'Literal' && isSafe(only.value) ? only : value;
	};
	const plain = (tree: unknown) =>
		JSON.parse(
			JSON.stringify(tree, (key, value) => (key === 'sourceText' || key === 'timed' || key === 'timePosix' ? undefined : unquoted(value))),
		);
	const word = fc.oneof(
		fc.stringMatching(/^[A-Za-z0-9_@%+=:,./-]{1,12}$/),
		fc.stringMatching(/^'[^'\n]{0,8}'$/),
		fc.stringMatching(/^"[ -~]{0,8}"$/),
		fc.constantFrom('if', '#', '-', '--', 'a=b', '{', '~', '*', '$x', '|', '>f', '"a"b', 'in', '1>', '[a]', '{a,b}', '=a', '!', 'a#b'),
	);
	let taken = 0;
	fc.assert(
		fc.property(fc.array(word, {minLength: 1, maxLength: 6}), words => {
			const text = words.join(' ');
			const fast = parsePlain(text);
			if (!fast) return;
			taken++;
			t.deepEqual(plain(fast), plain(parse(text)), text);
		}),
		{numRuns: 4000, seed: 7},
	);
	t.true(taken > 100, String(taken));
});

test('ctrl-c ends a busy loop, a sleep and a command of ours; the session lives on', async t => {
	const world = createSim('live');
	const {shown, terminal} = screen();
	const session = fakeSession({time: createLiveTime(world.clock), terminal});
	for (const line of [
		'while true; do :; done',
		'sleep 1000',
		'kubectl wait',
		'for ((;;)); do sleep 1; done',
		'watch date',
		'yes | cat > /dev/null',
	]) {
		const running = session.run(line);
		await new Promise(resolve => setTimeout(resolve, 30));
		session.interrupt();
		t.is((await running).exitCode, 130, line);
	}

	t.is(shown.join('').match(/\^C/g)!.length, 6);
	t.true(shown.join('').endsWith('^C\n'));
	t.is((await session.run('echo fine')).stdout, 'fine\n');
});

test('live: a job wakes when the clock has come to its time, and its end is told', async t => {
	const world = createSim('live');
	const {shown, terminal} = screen();
	const session = fakeSession({time: createLiveTime(world.clock), terminal});
	await session.run('(sleep 2; echo from the job) &');
	t.regex((await session.run('jobs')).stdout, /^\[1\]\+ {2}Running {17}\(sleep 2; echo from the job\) &\n$/);
	world.clock.advance(2000);
	await new Promise(resolve => setTimeout(resolve, 5));
	t.true(shown.includes('from the job\n'));
	await session.run('true');
	t.regex(shown.join(''), /\[1\]\+ {2}Done/);
});

test('output comes as it is made, in the order in which it is made', async t => {
	const {shown, terminal} = screen();
	await fakeSession({terminal}).run('for i in 1 2; do echo $i; nosuch; kubectl get; done');
	t.deepEqual(shown, [
		'1\n',
		'-bash: nosuch: command not found\n',
		'kubectl get\n',
		'2\n',
		'-bash: nosuch: command not found\n',
		'kubectl get\n',
	]);
});

test('history: !!, !n, !prefix, !$, ^a^b; what is not there is refused', async t => {
	const {terminal} = screen();
	const session = fakeSession({terminal});
	await session.run('kubectl get pods');
	await session.run('echo one two');
	t.is((await session.run('!!')).stdout, 'echo one two\none two\n');
	t.is((await session.run('!kub')).stdout.split('\n')[0], 'kubectl get pods');
	t.is((await session.run('^pods^nodes')).stdout, 'kubectl get nodes\nkubectl get nodes\n');
	t.is((await session.run('echo !$')).stdout, 'echo nodes\nnodes\n');
	t.is((await session.run('echo \'!!\' "a!"')).stdout, '!! a!\n');
	t.is((await session.run('!zzz')).stderr, '-bash: !zzz: event not found\n');
	t.regex((await session.run('history 2')).stdout, /^ {4}\d {2}echo .*\n {4}\d {2}history 2\n$/);
});

test('a runaway line ends with a sentence, and a huge one loses nothing', async t => {
	const session = fakeSession();
	const endless = await session.run('f() { f; }; f');
	t.regex(endless.stderr, /maximum function nesting level exceeded/);
	t.is((await session.run('echo {1..1000000}')).exitCode, 1);
	const long = await session.run(`echo ${'x'.repeat(900_000)}`);
	t.is(long.stdout.length, 900_001);
	t.regex((await session.run(`echo ${'x'.repeat(10_000_000)}`)).stderr, /longer than 1000000 characters/);
	t.is((await session.run(`cat > big <<'EOF'\n${'a line of text\n'.repeat(60_000)}EOF\nwc -l < big`)).stdout, '60000\n');
	const bomb = await session.run('x=aaaaaaaaaa; for i in 1 2 3 4 5 6 7 8 9; do x=$x$x$x$x$x$x$x$x; done; echo ${#x}');
	t.deepEqual([bomb.stderr, bomb.exitCode], ['kubelab: a variable grew beyond 64 MiB, so it was stopped\n', 130]);
	t.is((await session.run('echo alive')).stdout, 'alive\n');
});

/** What a line may not fill the memory with, or keep the processor busy with, and the sentence that ends it. */
const runaways: ReadonlyArray<readonly [what: string, line: string, message: string]> = [
	['the pieces of a word', 'echo $z$z$z$z$z$z$z$z$z', 'what one word stands for grew beyond 64 MiB'],
	['the words of a command', 'echo $x $x $x $x $x', 'the words of a command grew beyond 64 MiB'],
	['an array', 'a=("$y" "$y" "$y" "$y" "$y" "$y" "$y" "$y" "$y")', 'a variable grew beyond 64 MiB'],
	['all variables', 'for i in {1..40}; do declare "v$i=$y"; done', 'what the variables hold grew beyond 256 MiB'],
	[
		'find within find',
		'mkdir f; touch f/{1..700}; find f -exec find f ";" > /dev/null',
		'this line ran more than 300000 commands, or looked at as many files',
	],
	['brackets', `${'('.repeat(2000)}true${')'.repeat(2000)}`, 'more than 2000 brackets were nested'],
];

test('what a line takes of memory and of the processor has an end, and the session lives on', async t => {
	const session = fakeSession();
	await session.run('x=$(yes | head -c 1000000); z=$(yes "$(printf %99999s x | tr " " x)" | head -c 8000000); y=$(yes | head -c 8000000)');
	for (const [what, line, message] of runaways) {
		const {stderr, exitCode} = await session.run(line);
		t.deepEqual([stderr, exitCode], [`kubelab: ${message}, so it was stopped\n`, 130], what);
	}
	t.is((await session.run('unset ${!v*} a; echo alive ${#y}')).stdout, 'alive 7999999\n');
});

test('a fork bomb is stopped, in the foreground and behind it, and the session lives on', async t => {
	const session = fakeSession();
	const reason = 'kubelab: more processes ran than a session may have, so it was stopped\n';
	const front = await session.run('b() { b | b; }; b');
	t.deepEqual([front.stderr, front.exitCode], [reason, 130]);
	await session.run(':(){ :|:& };:');
	await session.run('a() { a | a & }; a');
	t.is((await session.run('echo still here; sleep 5')).stdout, 'still here\n');
	t.is((await session.run('jobs -r | wc -l')).stdout, '0\n');
});

test('a terminal can be asked for lines, and answers in its own time', async t => {
	const {terminal} = screen();
	const answers = ['first', 'second'];
	const session = fakeSession({terminal: {...terminal, readLine: async () => answers.shift()}});
	t.is((await session.run('read a; read -p "name? " b; echo "$a-$b"; read c || echo end')).stdout, 'first-second\nend\n');
});

test('the editor writes what it was left with, once', async t => {
	const {terminal} = screen();
	const session = fakeSession({
		commands: [fakeKubectl, ...host, ...textTools],
		terminal: {...terminal, edit: async ({text}) => `${text}more\n`},
	});
	t.is((await session.run('echo a > f; vim f; cat f')).stdout, 'a\nmore\n');
	t.is((await fakeSession().run('echo a > f; vim f; cat f')).stdout, 'a\n');
	const others = fakeSession({
		commands: [fakeKubectl, ...host, ...textTools],
		terminal: {...terminal, edit: async ({cwd}) => ({others: {[`${cwd}/g`]: 'of another\n'}})},
	});
	t.is((await others.run('echo a > f; vim f; cat f g')).stdout, 'a\nof another\n');
});

test('a command of the editor runs between two looks at it; what it prints is seen or handed over', async t => {
	const {shown, terminal} = screen();
	const asked: unknown[] = [];
	const runs = [
		{text: 'written\n', others: {}, run: {line: 'cat f; false', typed: ':!cat %; false', shows: true}},
		{others: {}, run: {line: 'sort', typed: ':%!sort', stdin: 'b\na\n', shows: false}},
	];
	const session = fakeSession({
		commands: [fakeKubectl, ...host, ...textTools],
		terminal: {
			...terminal,
			readKey: async () => '\n',
			async edit({ran, text}) {
				asked.push([text, ran]);
				return runs.shift();
			},
		},
	});
	await session.run('echo a > f; vim f');
	t.is(shown.join(''), ':!cat %; false\nwritten\n\nshell returned 1\n\nPress ENTER or type command to continue\n');
	t.deepEqual(asked, [
		['a\n', undefined],
		['written\n', {output: '', key: '\n'}],
		['written\n', {output: 'a\nb\n', key: ''}],
	]);
});

test('hash counts what was typed, until PATH is another', async t => {
	const session = fakeSession();
	await session.run('kubectl get pods; kubectl get pods | cat');
	await session.run('kubectl get pods');
	t.is((await session.run('hash; type kubectl')).stdout, 'hits\tcommand\n   2\t/usr/bin/kubectl\nkubectl is hashed (/usr/bin/kubectl)\n');
	const other = fakeSession();
	other.restore(JSON.parse(JSON.stringify(session.save())));
	t.is((await other.run('hash -t kubectl; PATH=/bin:$PATH; hash')).stdout, '/usr/bin/kubectl\nhash: hash table empty\n');
});

test('read -n and -s take keys as they come', async t => {
	const {shown, terminal} = screen();
	const keys = [...'y', ...'sec', 'backspace', ...'t\n', ...'ab', 'backspace', ...'c\n'];
	const session = fakeSession({terminal: {...terminal, readKey: async () => keys.shift()}});
	await session.run("read -n 1 -p 'go on? ' a; echo; read -sp 'password: ' b; echo; read -n 9 c; echo \"$a $b $c\"");
	t.is(shown.join(''), 'go on? y\npassword: \nabc\ny set ac\n');
	const late = fakeSession({terminal: {...terminal, readLine: () => new Promise<never>(() => {})}});
	t.is((await late.run('read -t 2 x; echo $?')).stdout, '142\n');
});

test('files of a machine are seen by every tool alike', async t => {
	const session = fakeSession();
	await session.run('mkdir -p a/b; echo hi > a/b/f; cp -r a c; mv c d; ln -s d/b/f l; chmod 600 l');
	t.is(
		(await session.run('cat l; find d -type f; ls -l d/b | tail -1 | cut -c1-10; wc -c < l; rm -r a d; ls')).stdout,
		'hi\nd/b/f\n-rw-------\n3\nl\n',
	);
	t.is(
		(
			await session.run(
				'printf "\\xff\\xfe\\xe4\\xb8\\xad" > bin; base64 bin; cat bin | gzip -c | gunzip -c | base64; printf "\\xe4\\xb8\\xad"',
			)
		).stdout,
		'//7kuK0=\n//7kuK0=\n中',
	);
});

test('every machine keeps its own files', t => {
	t.false(fakeMachine('a').files === fakeMachine('b').files);
});

test('what goes wrong while the world goes on ends the line that waited, and no other', async t => {
	const {clock} = createSim('failing');
	clock.on('faulty', () => {
		throw new Error('a fault');
	});
	const session = fakeSession({time: createHeadlessTime(clock)});
	clock.schedule(500, 'faulty', 'now');
	const {exitCode, stderr} = await session.run('sleep 1');
	t.is(exitCode, 125);
	t.regex(stderr, /a fault/);
	t.is((await session.run('sleep 1; echo after')).stdout, 'after\n');
});
