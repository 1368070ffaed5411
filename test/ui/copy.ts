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
