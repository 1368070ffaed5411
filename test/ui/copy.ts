import test from 'ava';
import {openApp} from '../helpers/app.js';

test('lines of the output are chosen with keys and handed to the clipboard', async t => {
	const copied: string[] = [];
	const app = await openApp(t, {copy: text => void copied.push(text)});
	await app.type('for i in 1 2 3 4; do echo line $i; done\r');
	await app.press('\u001bm');
	t.regex(app.screen(), /Space select from here +Enter copy to the clipboard/);
	await app.press('k');
	await app.press(' k\r');
	t.deepEqual(copied, ['line 2\nline 3']);
	await app.type('echo on\r');
	t.regex(app.screen(), /^on$/m);
	await app.press('\u001bm');
	t.true(app.rows().some(row => row.includes('\u001b[7mon\u001b[0m')));
	await app.press('\u001b');
	t.is(copied.length, 1);
});

test('the output is searched upwards, also in copy mode, and what was found stays in sight while more is printed', async t => {
	const app = await openApp(t);
	await app.type('for i in $(seq 90); do echo line $i; done\r');
	await app.press('\u001bs');
	await app.type('line 1\r');
	t.regex(app.screen(), /^line 19$/m);
	await app.press('\u001bs');
	await app.press('\r');
	t.true(app.rows().some(row => row.includes('\u001b[7mline 1\u001b[0m8')));
	await app.type('x\u007f');
	t.regex(app.screen(), /^line 90$/m);
	await app.press('\u001bs');
	await app.type('nowhere\r');
	t.regex(app.screen(), /"nowhere" was not printed/);
	await app.press('\u001bm');
	await app.press('/');
	await app.type('line 8\rnn');
	t.true(app.rows().some(row => row.includes('\u001b[7mline 87\u001b[0m')));
	await app.press('N');
	t.true(app.rows().some(row => row.includes('\u001b[7mline 88\u001b[0m')));
});

test('a key that can do nothing now says why', async t => {
	const app = await openApp(t);
	await app.press('\u001bm');
	t.regex(app.screen(), /Nothing was printed yet/);
	await app.type('for i in 1\r');
	await app.press('\u001bz');
	t.regex(app.screen(), /"lab undo" must wait/);
	await app.press('\u0003');
	t.notRegex(app.screen(), /must wait/);
	await app.press('\u001b0');
	await app.type('zz\r');
	t.regex(app.screen(), /no pane is called like this/);
	await app.press('\u007f');
	await app.press('\u007f');
	await app.press('\u001b[B\r');
	t.regex(app.screen(), /^· {2}0\/20 /m);
});
