import test from 'ava';
import {drawnBlocks} from '../../source/lab/format/drawn-blocks.js';
import {drawnSeeds} from '../../source/lab/format/drawn-seeds.js';
import {loadLab} from '../../source/lab/format/load.js';
import {problemText} from '../../source/lab/format/yaml-text.js';
import {drawFor, variantOf} from '../../source/lab/format/variant.js';

const yaml = `id: demo
title: {en: "Port \${port}", zh: 端口}
summary: {en: A demo., zh: 演示。}
level: beginner
minutes: 5
variables:
  port: {number: {min: 8000, max: 8999}}
  name: {pick: [shop, cart]}
  ip: {address: 172.25.254.60-172.25.254.69}
faults: [typo, crash]
objectives:
  - id: answers
    title: {en: It answers, zh: 有应答}
    points: 10
    hints:
      - {text: {en: Look., zh: 看。}, cost: 4}
    checks:
      - connect: {from: nodes, to: {service: "\${name}", port: "\${port}"}, status: 200}
  - id: only-typo
    when: typo
    title: {en: Typo, zh: 笔误}
    points: 5
    checks:
      - resource: {kind: svc, name: "\${name}"}
`;
const parts = {
	'en.md': '# Demo\n<!-- if: crash -->\ncrash\n<!-- end -->\n${port} ${ip} ${HOME}\n',
	'zh.md': '# 演示\n',
	'solution.sh': '# if: typo\necho typo\n# end\necho ${port} ${HOME}\n',
	'setup/web.yaml': 'apiVersion: v1\nkind: ConfigMap\na:\n  # if: typo\n  b: 1\n  # end\n  # if: crash\n  b: 2\n  # end\n',
};
const load = (source = yaml, more: Record<string, string> = {}) =>
	loadLab(new Map(Object.entries({'lab.yaml': source, ...parts, ...more})), 'labs/demo');

test('the same seed draws the same, and numbers become numbers where nothing else stands', t => {
	const {lab, problems} = load();
	t.deepEqual(problems.map(problemText), []);
	const variant = variantOf(lab!, 'a');
	t.is(variantOf(lab!, 'a'), variant);
	t.is(variantOf(variant, 'b'), variant);
	const {values} = drawFor(lab!, 'a');
	t.regex(values['port']!, /^8\d\d\d$/);
	t.regex(values['ip']!, /^172\.25\.254\.6\d$/);
	t.is(variant.title.en, `Port ${values['port']}`);
	t.is((variant.objectives[0]!.checks[0] as any).connect.to.port, Number(values['port']));
	t.true(variant.text.en.endsWith(`${values['port']} ${values['ip']} \${HOME}\n`), 'what a shell would expand stays');
	const draws = new Set(Array.from({length: 40}, (_, seed) => drawFor(lab!, String(seed)).values['port']));
	t.true(draws.size > 20);
});

test('blocks and objectives stand only where their name was drawn; seeds that draw everything are found', t => {
	const {lab} = load();
	const seeds = drawnSeeds(lab!);
	t.deepEqual([...new Set(seeds.flatMap(seed => [...drawFor(lab!, seed).names]))].sort(), ['crash', 'typo']);
	for (const seed of seeds) {
		const {objectives, solutions, setup} = variantOf(lab!, seed);
		const isTypo = drawFor(lab!, seed).names.has('typo');
		t.is(objectives.length, isTypo ? 2 : 1);
		t.is(solutions[0]!.text.includes('echo typo'), isTypo);
		t.is(setup[0]!.text, `apiVersion: v1\nkind: ConfigMap\na:\n  b: ${isTypo ? 1 : 2}\n`);
	}
	t.is(drawnBlocks('a\n# if: x, y\nb\n# end\nc', new Set(['y'])), 'a\nb\nc');
});

test('an exam keeps as many tasks as it takes, in their order', t => {
	const exam = {tasks: ['a', 'b', 'c', 'd', 'e'], take: 3};
	for (const seed of ['1', '2', '3', '4']) {
		const drawn = [...drawFor({exam}, seed).names];
		t.is(drawn.length, 3);
		t.deepEqual(drawn, [...drawn].sort());
	}
});

test('a name that nobody draws, and one that changes nothing, are told with their place', t => {
	t.deepEqual(load(yaml.replace('when: typo', 'when: tpyo')).problems.map(problemText), [
		'labs/demo/lab.yaml:20:11: objectives[1].when: "tpyo" is neither a fault nor a task of this lab; known: typo, crash',
	]);
	t.deepEqual(load(yaml.replace('[typo, crash]', '[typo, crash, idle]')).problems.map(problemText), [
		'labs/demo/lab.yaml:10:9: faults: "idle" changes nothing: no "when: idle" and no "# if: idle"',
	]);
	t.deepEqual(load(yaml, {'solution.sh': 'true\n# if: oops\n# end\n'}).problems.map(problemText), [
		'labs/demo/solution.sh:2:1: "oops" is neither a fault nor a task of this lab; known: typo, crash',
	]);
	t.regex(problemText(load(yaml.replace('cost: 4', 'cost: 40')).problems[0]!), /the hints cost more than the 10 points/);
});
