import test from 'ava';
import {fakeHostSession} from '../helpers/fake-hosts.js';

test('tail -f prints what is added', async t => {
	const session = fakeHostSession();
	const {stdout} = await session.run('echo one > log; (sleep 2; echo two >> log; sleep 1; echo three >> log) & tail -f log');
	t.is(stdout, 'one\ntwo\nthree\n');
});

test('a pair of parentheses that does not close together opens two subshells', async t => {
	const session = fakeHostSession();
	t.is((await session.run('((exit 3); echo $?)')).stdout, '3\n');
	t.is((await session.run('((echo "a))"); (echo b))')).stdout, 'a))\nb\n');
	t.is((await session.run("(trap 'echo bye' EXIT; echo hi); ((1 + 1)) && echo $((2 * (3 + 1)))")).stdout, 'hi\nbye\n8\n');
	t.is((await session.run('x=0; echo $((1/x + 2))')).stderr, '-bash: 1/x + 2: division by 0 (error token is "x + 2")\n');
});
