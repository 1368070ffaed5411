import test from 'ava';
import {compileRe2, findAllRe2, re2Problem} from '../../source/regex/re2.js';

const reads: ReadonlyArray<readonly [pattern: string, text: string, found: string | undefined]> = [
	['^(?i)ab+c$', 'ABBC', 'ABBC'],
	['\\Aab\\z', 'ab\n', undefined],
	['(?m)^b$', 'a\nb\nc', 'b'],
	['a.b', 'a\nb', undefined],
	['(?P<n>x)(?s:.)y', 'x\ny', 'x\ny'],
	['[[:^alpha:]]+', 'ab12', '12'],
	['\\pL+\\p{Greek}', 'éα', 'éα'],
	['\\w', 'é', undefined],
	['\\s', '\v', undefined],
	['(?i)[k-l]', '\u212A', '\u212A'],
	['\\Qa.b\\E+', 'a.bb', 'a.bb'],
	['(?U)a+', 'aa', 'a'],
	['x{,2}', 'x{,2}', 'x{,2}'],
	['[]a]+', ']a', ']a'],
	['😀{2}', '😀😀', '😀😀'],
	['(a+)+$', `${'a'.repeat(40)}!`, undefined],
];

test('patterns mean what they mean to Go', t => {
	for (const [pattern, text, found] of reads) t.is(compileRe2(pattern).exec(text)?.[0], found, pattern);
	t.deepEqual(findAllRe2('a*', 'baac'), ['', 'aa', '']);
	t.deepEqual(findAllRe2('b', 'bbb', 2), ['b', 'b']);
});

const refused: ReadonlyArray<readonly [pattern: string, why: string]> = [
	['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
	['(?<=a)b', 'invalid named capture: `(?<=a)b`'],
	['(a)\\1', 'invalid escape sequence: `\\1`'],
	['[[:foo:]]', 'invalid character class range: `[:foo:]`'],
	['[z-a]', 'invalid character class range: `z-a`'],
	['[a', 'missing closing ]: `[a`'],
	['(a', 'missing closing ): `(a`'],
	['a)', 'unexpected ): `a)`'],
	['a**', 'invalid nested repetition operator: `**`'],
	['*', 'missing argument to repetition operator: `*`'],
	['a{1001}', 'invalid repeat count: `{1001}`'],
	['\\pX', 'invalid character class range: `\\pX`'],
	['a\\', 'trailing backslash at end of expression: ``'],
];

test('what Go cannot read is refused in its words', t => {
	for (const [pattern, why] of refused) t.is(re2Problem(pattern), `error parsing regexp: ${why}`);
});
