import test from 'ava';
import {toYaml} from '../../source/commands/kubectl/output/yaml-print.js';
import {parseDocuments} from '../../source/api/values/go-yaml.js';

const printed = test.macro({
	exec: (t, value: unknown, text: string) => {
		t.is(toYaml({v: value}), text);
		t.deepEqual(parseDocuments(text), [{v: value}]);
	},
	title: (name, _value: unknown, text: string) => name ?? text.trim(),
});

test(printed, 'web', 'v: web\n');
test(printed, '', 'v: ""\n');
test(printed, 'true', 'v: "true"\n');
test(printed, 'no', 'v: "no"\n');
test(printed, '80', 'v: "80"\n');
test(printed, '1e3', 'v: "1e3"\n');
test(printed, '012', 'v: "012"\n');
test(printed, '1:30', 'v: "1:30"\n');
test(printed, '2026-11-21T02:00:00Z', 'v: "2026-11-21T02:00:00Z"\n');
test(printed, '1.2.3.4', 'v: 1.2.3.4\n');
test(printed, '*/5 * * * *', "v: '*/5 * * * *'\n");
test(printed, 'a: b', "v: 'a: b'\n");
test(printed, 'a #b', "v: 'a #b'\n");
test(printed, '- x', "v: '- x'\n");
test(printed, "it's", "v: it's\n");
test(printed, ' lead', "v: ' lead'\n");
test(printed, 'tab\there', 'v: "tab\\there"\n');
test(printed, 'a\nb\n', 'v: |\n  a\n  b\n');
test(printed, 'a\nb', 'v: |-\n  a\n  b\n');
test(printed, 'a\n\n', 'v: |+\n  a\n\n');
test(printed, ' a\nb', 'v: |2-\n   a\n  b\n');
test(printed, null, 'v: null\n');
test(printed, [], 'v: []\n');
test(printed, {}, 'v: {}\n');
test(printed, [{b: 1, a: [1, 2]}], 'v:\n- a:\n  - 1\n  - 2\n  b: 1\n');

test('keys stand in the natural order', t => {
	t.is(toYaml({a10: 1, a2: 2, B: 3, '.dot': 4, 'a-b': 5}), '.dot: 4\nB: 3\na-b: 5\na2: 2\na10: 1\n');
});

test('long lines are folded once they pass column 80', t => {
	const word = 'abcdefghi';
	const text = Array.from({length: 12}, () => word).join(' ');
	t.is(toYaml({v: text}), `v: ${Array.from({length: 8}, () => word).join(' ')}\n  ${Array.from({length: 4}, () => word).join(' ')}\n`);
});

const broken = test.macro({
	exec: (t, text: string, problem: string) => {
		t.is(t.throws(() => parseDocuments(text))?.message, `yaml: ${problem}`);
	},
	title: (_name, _text, problem) => `refuses: ${problem}`,
});

test(broken, 'a: b: c\n', 'mapping values are not allowed in this context');
test(broken, 'metadata:\n  name: web\n   labels:\n    a: b\n', 'line 3: mapping values are not allowed in this context');
test(broken, 'a:\n  b: c\n d: e\n', 'line 2: did not find expected key');
test(broken, 'a: [1,2\nb: 3\n', "line 1: did not find expected ',' or ']'");
test(broken, 'a: {x: 1\n', "line 1: did not find expected ',' or '}'");
test(broken, '- a\nb: c\n', "line 1: did not find expected '-' indicator");
test(broken, 'a: "x\nb: 1\n', 'line 3: found unexpected end of stream');
test(broken, 'a:\n\tb: c\n', 'line 2: found character that cannot start any token');
test(broken, 'a:\n  b: c\n\td: e\n', 'line 3: found a tab character that violates indentation');
test(broken, 'a: 1\nfoo\nb: 2\n', "line 3: could not find expected ':'");
test(broken, 'a: *nope\n', "unknown anchor 'nope' referenced");
