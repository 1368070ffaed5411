import test from 'ava';
import {unsafePattern} from '../../source/checks/pattern-safety.js';

test('patterns that may never end are refused', t => {
	for (const bad of ['(a+)+$', '(a|aa)*b', '((x*)y)+', '([a-z]+,)*$', '(a{2,})+', '(?:\\d+)*']) t.truthy(unsafePattern(bad), bad);
	t.regex(unsafePattern('(')!, /no regular expression/);
});

test('patterns that look for something are not', t => {
	for (const good of [
		'^KUBE-SVC-\\w+$',
		'TCP  10\\.96\\.77\\.7:80 rr persistent 600$',
		'[(+*)]+',
		'\\(a+\\)+',
		'(ab)+',
		'(a|b)c',
		'a{3}',
		'(\\d+) x',
	])
		t.is(unsafePattern(good), undefined, good);
});
