import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {prerequisiteCircle} from '../../source/cli/lab-circle.js';
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
	['minutes: 5', 'minutes: 5\n---\nid: other', /:6:1: a second document begins here/],
	['  port: {number', '\tport: {number', /:8:1: this line is indented with a tab; YAML wants spaces/],
	['title: {en: Demo, zh: 演示}', 'title: *t', /:2:8: there is no anchor &t for the alias \*t/],
	['[cluster-tour]', '[cluster-tour, cluster-tour]', /:6:31: prerequisites\[1\]: "cluster-tour" is named twice/],
	['{number: {min: 30100, max: 30199}}', '{address: 1.2.3.300-1.2.4.1}', /:8:19: .*"1\.2\.3\.300" is no address/],
	['{number: {min: 30100, max: 30199}}', '{address: 1.2.3.9-1.2.3.1}', /:8:19: .*1\.2\.3\.9 comes after 1\.2\.3\.1/],
	['id: second', `id: ${'['.repeat(3000)}`, /:23:\d+: maps or lists are nested too deep here/],
	['id: second', `id: ${'['.repeat(101)}${']'.repeat(101)}`, /:23:\d+: maps or lists are nested too deep here/],
	['  port: {number', '  po rt: {number', /:8:3: .*"po rt" cannot stand in \$\{\.\.\.\}/],
	['path: /root/a', 'path: /root/../a', /:13:\d+: .*without "\.\."/],
	['on: k8s-master, when', 'on: k8s-mastr, when', /:13:10: files\[0\]\.on: there is no host "k8s-mastr" \(did you mean "k8s-master"\?\)/],
	['title: {en: Demo, zh: 演示}', 'title: {en: "", zh: 演示}', /:2:13: title\.en: "" is not a text/],
	['title: {en: Demo, zh: 演示}', 'title: {en: De: mo, zh: 演示}', /:2:13: .*a text that holds ": " must stand in quotes/],
	['level: beginner', 'level: beginner\n<<: *base', /:5:5: there is no anchor &base/],
	[
		'title: {en: Half, zh: 一半}}',
		'title: {en: Half, zh: 一半}}\n  - {id: half, title: {en: Half, zh: 一半}}',
		/:12:10: .*"half" is used twice; each of the checkpoints/,
	],
];

for (const [wanted, written, message] of mistakes)
	test(`${JSON.stringify(written)} is told in one line`, t => {
		t.true(right.includes(wanted));
		const told = said(right.replace(wanted, () => written));
		t.regex(told.join('\n'), message);
		t.true(told.length <= 3, told.join('\n'));
	});

/** The same for a check, which stands in line 22. */
const checks: ReadonlyArray<readonly [check: string, message: RegExp]> = [
	['resource: {kind: "?"}', /kind: "\?" is not a kind such as/],
	['resource: {kind: pod, match: {spce: {a: 1}}}', /no object has a field "spce"; did you mean "spec"\?/],
	['resource: {kind: ingres}', /kind: there is no kind "ingres"; did you mean "ingress"\?/],
	['resource: {kind: node, namespace: web}', /namespace: a Node lies in no namespace/],
	['resource: {kind: pod, match: {metadata: {labels: {a: true}}}}', /labels\.a: expected text, .* found true; put it in quotes/],
	['resource: {kind: cm, yaml: {at: [dat, a], match: 1}}', /yaml\.at\[0\]: no object has a field "dat"; did you mean "data"/],
	['resource: {kind: pod, match: "?"}', /match: expected a map/],
	['resource: {kind: pod, cel: "object.spec >"}', /cel: this expression cannot be read: 1:/],
	['resource: {kind: pod, count: {min: 3, max: 1}}', /count\.min: 3 is more than max, 1/],
	['resource: {kind: pod, absent: true, count: 2}', /count: with "absent: true" nothing is left to count/],
	['connect: {from: nodes, to: "htp:/x"}', /to: "htp:\/x" is not http:/],
	['connect: {from: nodes, to: "http://10.0.0.1:99999/"}', /to: 99999 is no port/],
	['connect: {from: nodes, to: "10.0.0.300:80"}', /to: "10\.0\.0\.300" is no address/],
	['connect: {from: nodes, to: "http://10.0.0.1:8x/"}', /to: "http:\/\/10\.0\.0\.1:8x\/" is not http:/],
	['connect: {from: nodes, to: "http://a/", host: "a b"}', /host: "a b" is not a host name/],
	['connect: {from: nodes, to: {service: "We b"}}', /to\.service: "We b" is not a name/],
	['connect: {from: [k8s-node1, k8s-nod2], to: "http://a/"}', /from\[1\]: there is no host "k8s-nod2" \(did you mean "k8s-node2"\?\)/],
	['connect: {from: nodes, to: "http://a/", answers: {different: 3}}', /different: 1 request cannot have 3 different answers/],
	['connect: {from: nodes, to: "http://a/", refused: true, status: 200}', /status: with "refused: true" there is no answer/],
	['reach: {from: {a: nodes}, to: {b: "http://x/"}, open: ["a -> c"]}', /open\[0\]: there is no target "c" in "to"; known: b/],
	['dns: {from: nodes, name: "?"}', /name: "\?" is not a DNS name/],
	['dns: {from: nodes, name: a.b, answers: [1.2.3.400]}', /answers\[0\]: "1\.2\.3\.400" is no address/],
	['dns: {from: nodes, name: a.b, server: dns}', /server: "dns" is not an address/],
	['resource: {kind: pod, cel: "size(object.metadata.name)"}', /cel: this expression is neither true nor false \(its type is int\)/],
	[`command: {on: nodes, run: 'echo "a'}`, /run: no shell would run this: unexpected EOF while looking for matching `"'/],
	[
		'not: {command: {on: nodes, run: "if true; then ls"}}',
		/not\.command\.run: no shell would run this: syntax error: unexpected end of file/,
	],
	['command: {on: nodes, run: ""}', /run: "" is not one command line/],
	['proxy: {on: nodes, mode: ipsv}', /mode: "ipsv" is not one of .*did you mean "ipvs"/],
];

for (const [check, message] of checks)
	test(`${check} is told in one line`, t => {
		const told = said(right.replace("file: {on: nodes, path: /etc/hosts, matches: '^127'}", () => check));
		t.is(told.length, 1, told.join('\n'));
		t.regex(told[0]!, /^labs\/demo\/lab\.yaml:22:\d+: objectives\[0\]\.checks\[0\]\./);
		t.regex(told[0]!, message);
	});

test('what is wrong with another file is told with its line', t => {
	t.deepEqual(said(right, {'en.md': '# Demo\n\n```\n# no heading\n```\n\n## A\n', 'zh.md': '# 演示\n\n### 甲\n'}), [
		'labs/demo/zh.md:3:1: en.md has "## A" (line 7) here; the texts of both languages have the same headings',
	]);
	t.deepEqual(said(right, {'setup/a.yaml': 'apiVersion: v1\nkind: Pod\n---\nhello\n---\n'}), [
		'labs/demo/setup/a.yaml:4:1: this is "hello", and no object; write apiVersion, kind and metadata',
	]);
	t.deepEqual(said(right, {'wrong/a.sh': 'true\n# misses: frist\n'}), [
		'labs/demo/wrong/a.sh:2:1: there is no objective "frist"; known: first, second',
	]);
});

test('a file in another encoding is refused, and so are labs that wait for one another', t => {
	const pack = mkdtempSync(path.join(tmpdir(), 'kubelab-pack-'));
	const lab = (id: string, before: string) => {
		mkdirSync(path.join(pack, id));
		writeFileSync(path.join(pack, id, 'lab.yaml'), right.replace('id: demo', `id: ${id}`).replace('cluster-tour', before));
		return path.join(pack, id);
	};
	const first = lab('first', 'second');
	lab('second', 'first');
	const prerequisites = ['second'];
	t.regex(prerequisiteCircle(first, {id: 'first', prerequisites} as any)[0]!.message, /: first -> second -> first; take one of them out$/);
	t.deepEqual(prerequisiteCircle(first, {id: 'third', prerequisites} as any), []);
	mkdirSync(path.join(pack, 'endless'));
	symlinkSync('/dev/zero', path.join(pack, 'endless', 'lab.yaml'));
	t.deepEqual(prerequisiteCircle(first, {id: 'third', prerequisites: ['endless']} as any), []);
	writeFileSync(path.join(first, 'zh.md'), Buffer.from('# a\n\n\xd1\xdd\xca\xbe', 'latin1'));
	t.throws(() => readLabFiles(first), {message: /zh\.md:3: this line is not UTF-8/});
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
	for (const link of ['en.md', 'setup/a.yaml', 'wrong']) {
		t.throws(() => readLabFiles(folder), {message: new RegExp(`/${link} is a link; a lab folder holds plain files only`)});
		rmSync(path.join(folder, link));
	}
	t.deepEqual([...readLabFiles(folder).keys()], ['lab.yaml']);
	writeFileSync(path.join(folder, 'setup', 'big.yaml'), new Uint8Array(9 * 2 ** 20));
	t.throws(() => readLabFiles(folder), {
		message: /holds more than 500 files or 8 MiB \(reached with setup\/big\.yaml\); that is no lab folder/,
	});
});
