import test from 'ava';
import {fakeKubectl, fakeSession} from '../helpers/fake-machine.js';

const session = () =>
	fakeSession({commands: [{...fakeKubectl, complete: words => (words.length === 2 ? ['get', 'describe', 'delete'] : ['pod-a', 'pod-b'])}]});

/** What stands before the cursor, what TAB puts in place of the word, and how many could stand there. */
const rows: ReadonlyArray<readonly [text: string, insert: string, count: number]> = [
	['kubec', 'kubectl ', 1],
	['kubectl g', 'get ', 1],
	['kubectl de', 'de', 2],
	['kubectl get pod-', 'pod-', 2],
	['sudo kubectl d', 'de', 2],
	['ls; kubectl g', 'get ', 1],
	['x=1 kubectl g', 'get ', 1],
	['cat /etc/host.c', '/etc/host.conf ', 1],
	['cat /et', '/etc/', 1],
	['cd /usr/lo', '/usr/local/', 1],
	['echo $HOM', '$HOME ', 1],
	['kubectl get pods > /etc/pass', '/etc/passwd ', 1],
	['cat /nosuch/x', '/nosuch/x', 0],
	['echo a | gre', 'grep ', 1],
	['echo $(kubec', 'kubectl ', 1],
];

for (const [text, insert, count] of rows) {
	test(text, t => {
		const found = session().complete(text, text.length);
		t.is(found.insert, insert);
		t.is(found.candidates.length, count);
	});
}

test('blanks in a name are protected', async t => {
	const one = session();
	t.is((await one.run('echo > "a b"')).exitCode, 0);
	t.is(one.complete('cat a', 5).insert, 'a\\ b ');
});

test('an alias completes as what it stands for', async t => {
	const one = session();
	await one.run('alias k=kubectl');
	t.is(one.complete('k g', 3).insert, 'get ');
});
