import {mkdirSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {readLabFiles} from '../../source/cli/lab-files.js';
import {loadLab} from '../../source/lab/format/load.js';
import {problemText} from '../../source/lab/format/yaml-text.js';

const right = `id: demo
title: {en: Demo, zh: 演示}
summary: {en: A demo., zh: 演示。}
level: beginner
minutes: 5
prerequisites: [cluster-tour]
variables:
  port: {number: {min: 30100, max: 30199}}
exam: {tasks: [one, two], take: 1}
checkpoints:
  - {id: half, title: {en: Half, zh: 一半}}
files:
  - {on: k8s-master, when: two, path: /root/a, content: "$\{SHELL}"}
objectives:
  - id: first
    when: one
    title: {en: "Port $\{port}", zh: "端口 $\{port}"}
    points: 10
    hints:
      - {text: {en: Look., zh: 看。}, cost: 5}
    checks:
      - file: {on: nodes, path: /etc/hosts, matches: '^127'}
  - id: second
    title: {en: A command, zh: 命令}
    points: 10
    checks:
      - command: {on: k8s-master, run: 'echo $\{HOME}', contains: root}
`.replaceAll('$\\{', '${');
const more = {'en.md': '# Demo', 'zh.md': '# 演示', 'solution.sh': '# checkpoint: half\ntrue\n'};
const said = (yaml: string, files: Record<string, string> = {}) =>
	loadLab(new Map(Object.entries({'lab.yaml': yaml, ...more, ...files})), 'labs/demo', ['cluster-tour', 'headless']).problems.map(
		problemText,
	);

test('without a mistake nothing is said', t => t.deepEqual(said(right), []));

/** What an author may write instead, and the one sentence that says where and why not. */
const mistakes: ReadonlyArray<readonly [wanted: string, written: string, message: RegExp]> = [
	['minutes: 5', 'minutes: 5\nminuts: 6', /^labs\/demo\/lab\.yaml:6:1: .*there is no key "minuts" here \(did you mean "minutes"\?\)/],
	['minutes: 5', 'minuts: 5', /^labs\/demo\/lab\.yaml:5:1: .*there is no key "minuts" here \(did you mean "minutes"\?\)/],
	['points: 10', 'points: "${prot}"', /:18:13: .*there is no variable "prot" in this lab \(did you mean "port"\?\)/],
	['variables:\n', 'variables:\n  spare: {pick: [a, b]}\n', /:8:3: variables\.spare: no text of this lab holds \$\{spare\}; use it/],
	['minutes: 5', 'minutes: soon', /:5:10: minutes: expected a whole number/],
	['minutes: 5', 'minutes: 500', /:5:10: minutes: 500 is too large; the most is 240/],
	['level: beginner', 'level: begginer', /:4:8: level: .*beginner/],
	['title: {en: Demo, zh: 演示}', 'title: {en: Demo}', /:2:8: title: "zh" is missing/],
	['title: {en: Demo, zh: 演示}', 'title: Demo', /:2:8: title: expected keys .*found "Demo"/],
	[
		"    checks:\n      - file: {on: nodes, path: /etc/hosts, matches: '^127'}\n",
		'    checks: []\n',
		/:21:13: .*expected at least 1 entries/,
	],
	["    checks:\n      - file: {on: nodes, path: /etc/hosts, matches: '^127'}\n", '', /:15:5: objectives\[0\]: "checks" is missing/],
	["- file: {on: nodes, path: /etc/hosts, matches: '^127'}", '- flie: {on: nodes}', /:22:9: .*did you mean "file"/],
	['cost: 5', 'cost: 11', /:20:7: .*the hints cost more than the 10 points/],
	['points: 10', 'points: "10"', /:18:13: .*expected a whole number .*found "10"/],
	['[cluster-tour]', '[cluster-tuor]', /:6:17: prerequisites\[0\]: there is no lab "cluster-tuor" \(did you mean "cluster-tour"\?\)/],
	['[cluster-tour]', '[demo]', /:6:17: prerequisites\[0\]: a lab cannot come before itself/],
	[
		'"Port ${port}"',
		'"Port ${prot}"',
		/:17:17: objectives\[0\]\.title\.en: there is no variable "prot" in this lab \(did you mean "port"\?\)/,
	],
	['min: 30100', 'min: 30200', /:8:24: variables\.port\.number\.min: 30200 is more than max, 30199/],
	['{number: {min: 30100, max: 30199}}', '{nubmer: {min: 1, max: 2}}', /:8:10: .*did you mean "number"/],
	["'^127'", "'(127'", /:22:54: .*this is no regular expression/],
	["'^127'", "'^(a+)+$'", /:22:54: .*that can take for ever/],
	['id: second', 'id: first', /:23:9: .*"first" is used twice/],
	['when: one', 'when: onne', /:16:11: .*"onne" is neither a fault nor a task/],
	['take: 1', 'take: 3', /:9:33: exam\.take: 3 cannot be drawn from 2 tasks/],
	['id: half', 'id: full', /:11:10: .*no line "# checkpoint: full"/],
	['id: demo', 'id: Demo', /:1:5: id: .*lower-case letters/],
	['content: "${SHELL}"', 'from: ../../../etc/passwd', /:13:\d+: .*there is no file "\.\.\/\.\.\/\.\.\/etc\/passwd" in the lab folder/],
	['content: "${SHELL}"', 'content: a, from: b', /:13:\d+: .*one of the three/],
	['path: /root/a', 'path: root/a', /:13:\d+: .*absolute path/],
	['level: beginner', 'level: beginner\nlevel: beginner', /:5:1: .*unique/],
	['minutes: 5', 'minutes: [5', /:\d+:\d+: /],
];

for (const [wanted, written, message] of mistakes)
	test(`${JSON.stringify(written)} is told in one line`, t => {
		t.true(right.includes(wanted));
		const told = said(right.replace(wanted, () => written));
		t.regex(told.join('\n'), message);
		t.true(told.length <= 3, told.join('\n'));
	});

test('a bomb in a file of setup is refused with its file', t => {
	const levels = Array.from(
		{length: 12},
		(_, n) => `a${n}: &a${n} [${Array.from({length: 9}, () => (n === 0 ? 'x' : `*a${n - 1}`)).join(', ')}]`,
	);
	t.regex(said(right, {'setup/a.yaml': levels.join('\n')})[0]!, /^labs\/demo\/setup\/a\.yaml:1:1: aliases \(\*name\) unfold to too much/);
	t.regex(
		said(right, {'setup/b.yaml': `a: ${'x'.repeat(600_000)}`})[0]!,
		/^labs\/demo\/setup\/b\.yaml:1:1: this file has 600003 characters/,
	);
	t.regex(said(right, {'setup/c.yaml': 'a: [\n'})[0]!, /^labs\/demo\/setup\/c\.yaml:\d+:\d+: /);
});

test('nothing outside of the folder is read, and no folder without end', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-pack-'));
	mkdirSync(path.join(folder, 'setup'));
	symlinkSync('/etc/passwd', path.join(folder, 'en.md'));
	symlinkSync('/etc', path.join(folder, 'wrong'));
	symlinkSync('/dev/zero', path.join(folder, 'setup', 'a.yaml'));
	writeFileSync(path.join(folder, 'lab.yaml'), right);
	t.deepEqual([...readLabFiles(folder).keys()], ['lab.yaml']);
	writeFileSync(path.join(folder, 'setup', 'big.yaml'), new Uint8Array(9 * 2 ** 20));
	t.throws(() => readLabFiles(folder), {message: /holds more than 500 files or 8388608 bytes; that is no lab folder/});
});
