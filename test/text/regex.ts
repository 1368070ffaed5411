import test from 'ava';
import {fakeSession} from '../helpers/fake-machine.js';
import {BoundedRegExp} from '../../source/regex/bounded.js';
import {compileRegex} from '../../source/shell/regex/regex.js';

const line = 'a'.repeat(5000);

// JavaScript alone would need longer than the universe has lasted for any of these.
for (const command of [
	`printf '%s!\\n' ${line} | grep -cE '(a+)+$'`,
	`printf '%s!\\n' ${line} | grep -cP '^(a|aa)+$'`,
	`printf '%s!\\n' ${line} | sed -nE '/^(a*)*b/p' | wc -l`,
	`printf '%s!\\n' ${line} | awk '/(a|a)*b$/{n++} END{print n+0}'`,
	`printf '%s!\\n' ${line} | grep -c 'a*a*a*a*a*b'`,
	`x=${line}; [[ $x! =~ ^(a+)+$ ]] && echo 1 || echo 0`,
	`x=${line}; [[ $x! == +(+(a)) ]] && echo 1 || echo 0`,
	`printf '%s!\\n' ${line} | grep -cE '^(a+)+b\\1'`,
]) {
	test(`ends: ${command.replaceAll(line, 'a...')}`, async t => {
		const {stdout, exitCode} = await fakeSession().run(command);
		t.true(stdout === '0\n' || exitCode === 2, stdout);
	});
}

test('of all matches that begin first, the longest', t => {
	const first = (pattern: string, text: string) => compileRegex(pattern, {extended: true}).regex.exec(text)?.slice();
	t.deepEqual(first('ab|abcd', 'xabcde'), ['abcd']);
	t.deepEqual(first('(a|ab)(c|bcd)', 'abcd'), ['abcd', 'a', 'bcd']);
	t.deepEqual(first('(a?)(ab)?', 'ab'), ['ab', '', 'ab']);
	t.deepEqual(first('x*', 'aax'), ['']);
	t.deepEqual(first('(a*)+', 'aab'), ['aa', 'aa']);
	t.deepEqual(first('(foo|bar)+$', 'xfoobar'), ['foobar', 'bar']);
});

test('the machine finds what JavaScript finds', t => {
	const patterns = [
		'(a+)+b',
		'(a|b)*c',
		'(?:x|(y))+z',
		'a{2,3}?a',
		'^(?:a|ab)(?:c|bcd)(d*)$',
		'((a)|b)+',
		'\\b(?:\\w+ )+b',
		'(.)(?:a|b)*\\1',
		'(?:a*)*',
		'[^a]+|a+?',
	];
	const texts = ['', 'aab', 'ababc', 'xyxz', 'aaaa', 'abcd', 'abab', 'a b b', 'xabax', 'ééa'];
	for (const pattern of patterns) {
		for (const text of texts) {
			const wild = new BoundedRegExp(pattern, 'gu');
			const plain = new RegExp(pattern, 'gu');
			const spans = (regex: RegExp) => [...text.matchAll(regex)].map(match => [match.index, match[0]]);
			t.deepEqual(spans(wild), spans(plain), `${pattern} on ${text}`);
		}
	}
});
