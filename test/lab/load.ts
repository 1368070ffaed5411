import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {labJsonSchema} from '../../source/lab/format/json-schema.js';
import {loadLab} from '../../source/lab/format/load.js';
import {convertKillercoda} from '../../source/lab/killercoda.js';
import {problemText} from '../../source/lab/format/yaml-text.js';
import {root} from '../helpers/source-files.js';

const minimal = `id: demo
title: {en: Demo, zh: 演示}
summary: {en: A demo., zh: 演示。}
level: beginner
minutes: 5
objectives:
  - id: file
    title: {en: A file, zh: 文件}
    points: 10
    checks:
      - file: {on: nodes, path: /etc/hosts}
`;

const folder = (yaml: string, more: Record<string, string> = {}) =>
	loadLab(new Map(Object.entries({'lab.yaml': yaml, 'en.md': '# Demo', 'zh.md': '# 演示', 'solution.sh': 'true\n', ...more})), 'labs/demo');
const said = (yaml: string, more?: Record<string, string>) => folder(yaml, more).problems.map(problemText);

test('a lab folder becomes a lab', t => {
	const {lab, problems} = folder(minimal, {'solution-2.sh': 'false\n', 'wrong/none.sh': '# misses: file\ntrue\n'});
	t.deepEqual(problems, []);
	t.is(lab!.cluster, 'base');
	t.deepEqual(
		lab!.solutions.map(solution => solution.name),
		['solution-2.sh', 'solution.sh'],
	);
	t.deepEqual(lab!.wrong, [{name: 'wrong/none.sh', text: '# misses: file\ntrue\n', misses: ['file']}]);
});

test('a mistake is told with file, line and column', t => {
	t.deepEqual(said(minimal.replace('minutes: 5', 'minuts: 5')), [
		'labs/demo/lab.yaml:5:1: minuts: there is no key "minuts" here (did you mean "minutes"?); known: id, title, summary, level, minutes, source, prerequisites, cluster, variables, faults, exam, minutesMax, checkpoints, files, objectives',
	]);
	t.deepEqual(said(minimal.replace('points: 10', 'points: many')), [
		'labs/demo/lab.yaml:9:13: objectives[0].points: expected a whole number (its weight), found "many"',
	]);
	t.deepEqual(said(minimal.replace('path: /etc/hosts', 'path: etc/hosts')), [
		'labs/demo/lab.yaml:11:33: objectives[0].checks[0].file.path: "etc/hosts" is not an absolute path such as /etc/hosts',
	]);
});

test('YAML that cannot be read is told where it breaks', t => {
	t.regex(said('id: demo\ntitle: {en: [}\n')[0]!, /^labs\/demo\/lab\.yaml:2:\d+: /);
	t.regex(said(`${minimal}id: again\n`)[0]!, /^labs\/demo\/lab\.yaml:12:1: .*unique/);
});

test('a YAML bomb is refused, quickly', t => {
	const levels = Array.from(
		{length: 12},
		(_, n) => `a${n}: &a${n} [${Array.from({length: 9}, () => (n === 0 ? 'x' : `*a${n - 1}`)).join(', ')}]`,
	);
	t.regex(said(levels.join('\n'))[0]!, /aliases \(\*name\) unfold to too much/);
	t.regex(said(`id: ${'x'.repeat(600_000)}`)[0]!, /this file has 600004 characters/);
});

test('what belongs together is checked together', t => {
	t.regex(said(minimal.replace('id: demo', 'id: other'))[0]!, /:1:5: id: the folder is called "demo"/);
	t.regex(said(minimal, {'wrong/x.sh': 'true\n'})[0]!, /^labs\/demo\/wrong\/x\.sh:1:1: say which objectives/);
	t.regex(said(minimal, {'wrong/x.sh': '# why\n# misses: flie\n'})[0]!, /^labs\/demo\/wrong\/x\.sh:2:1: there is no objective "flie"/);
	t.regex(said(minimal, {'zh.md': ' '})[0]!, /^labs\/demo\/zh\.md:1:1: this file is missing or empty/);
	t.regex(said(minimal.replace('points: 10', 'points: 10\n    keep: true'))[0]!, /every objective says keep/);
});

test('the JSON Schema names every key and refers to checks by name', t => {
	const schema = labJsonSchema() as any;
	t.deepEqual(schema.required, ['id', 'title', 'summary', 'level', 'minutes', 'objectives']);
	t.deepEqual(schema.properties.objectives.items.properties.checks.items, {$ref: '#/$defs/check'});
	t.true('connect' in schema.$defs.check.properties);
	t.notThrows(() => JSON.stringify(schema));
});

for (const id of readdirSync(path.join(root, 'labs'), {withFileTypes: true})
	.filter(entry => entry.isDirectory())
	.map(entry => entry.name)) {
	test(`the lab ${id} is valid`, t => {
		const base = path.join(root, 'labs', id);
		const files = new Map(
			readdirSync(base, {recursive: true, withFileTypes: true})
				.filter(entry => entry.isFile())
				.map(entry => path.join(entry.parentPath ?? entry.path, entry.name))
				.map(file => [path.relative(base, file).replaceAll(path.sep, '/'), readFileSync(file, 'utf8')] as const),
		);
		t.deepEqual(loadLab(files, `labs/${id}`).problems, []);
	});
}

test('of a scenario from elsewhere, what was to be typed becomes the solution, and what is left to do is told', t => {
	const text = [
		'Look: `kubectl get pods`{{exec}}, `ls`{{copy}}.',
		'```plain',
		'kubectl create ns a',
		'```{{exec}}',
		'```yaml',
		'a: 1',
		'```',
	];
	const {files, notes} = convertKillercoda(
		new Map([
			[
				'index.json',
				JSON.stringify({
					title: 'A "b"',
					details: {assets: {}, steps: [{title: 'One', text: 'a.md', verify: '../../v.sh'}, {text: 'b.md'}]},
				}),
			],
			['a.md', text.join('\n')],
			['b.md', '<b>now</b> {{TRAFFIC_HOST1_80}}\n\n```bash\nkubectl create ns b\n```{{exec}}\n'],
		]),
		'demo',
	);
	t.is(files.get('solution.sh'), '# The commands of the text.\nkubectl get pods\nkubectl create ns a\nkubectl create ns b\n');
	t.regex(files.get('en.md')!, /Look: `kubectl get pods`, `ls`\.\n```\nkubectl create ns a\n```\n```yaml/);
	for (const note of [
		/assets are not copied/,
		/holds HTML/,
		/link \{\{TRAFFIC_HOST1_80\}\}/,
		/verify script \.\.\/\.\.\/v\.sh is not there/,
	])
		t.true(
			notes.some(each => note.test(each)),
			String(note),
		);
	t.deepEqual(loadLab(files, 'labs/demo').problems, []);
});
