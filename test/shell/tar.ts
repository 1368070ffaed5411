import test from 'ava';
import {fakeSession} from '../helpers/fake-machine.js';

const tared = async (line: string) => {
	const session = fakeSession();
	await session.run('mkdir -p /tmp/d; cd /tmp; echo a > d/a; echo b > b');
	return session.run(line);
};

const outputs = async (line: string) => {
	const {stdout, stderr} = await tared(line);
	return [stdout, stderr];
};

test('tar takes the slash from the names of members', async t => {
	const {stdout, stderr} = await tared('cd /; tar cf /x.tar /tmp/d/a /tmp/b; tar tf /x.tar');
	t.is(stdout, 'tmp/d/a\ntmp/b\n');
	t.is(stderr, "tar: Removing leading `/' from member names\n");
	t.is((await tared('tar czf x.tgz d b; tar tzf x.tgz')).stdout, 'd/\nd/a\nb\n');
});

test('what tar cannot find does not keep the rest from being packed', async t => {
	const some = await tared('tar cf x.tar nope b; echo $?; tar tf x.tar');
	t.is(some.stdout, '2\nb\n');
	t.is(some.stderr, 'tar: nope: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n');
	t.is((await tared('tar cf - nope | wc -c')).stdout, '10240\n');
});

test('tar neither unpacks nor packs in a folder that is not there', async t => {
	const {stdout, stderr} = await tared('tar cf x.tar b; tar xf x.tar -C nowhere; echo $?; ls nowhere 2>&1');
	t.is(stdout, "2\nls: cannot access 'nowhere': No such file or directory\n");
	t.is(stderr, 'tar: nowhere: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n');
});

test('the names that -v tells go to standard output, unless the archive does', async t => {
	t.deepEqual(await outputs('tar cvf /x.tar /tmp/d/a'), ['/tmp/d/a\n', "tar: Removing leading `/' from member names\n"]);
	t.deepEqual(await outputs('tar -czvf x.tgz d; mkdir y; tar -xzvf x.tgz -C y'), ['d/\nd/a\nd/\nd/a\n', '']);
	t.deepEqual(await outputs('tar cvf - b >/dev/null'), ['', 'b\n']);
});
