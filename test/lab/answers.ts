import test from 'ava';
import {AnswersError, readAnswers} from '../../source/lab/answers.js';
import {junitXml} from '../../source/lab/junit.js';

test('a script comes back whole, a pasted terminal as what was typed', t => {
	const script = '#!/bin/bash\nfor i in 1 2; do\n  echo $i\ndone\n';
	t.deepEqual(readAnswers(script), {form: 'script', steps: [{run: script}]});
	t.deepEqual(readAnswers(script.replaceAll('\n', '\r\n')), {form: 'script', steps: [{run: script}]}, 'as Windows saves it');
	const pasted = '[root@k8s-master ~]# echo a\na\n[root@k8s-node1 ~]# hostname\nk8s-node1\n';
	t.deepEqual(readAnswers(pasted), {
		form: 'transcript',
		steps: [
			{run: 'echo a', host: 'k8s-master'},
			{run: 'hostname', host: 'k8s-node1'},
		],
	});
	t.deepEqual(readAnswers('').steps, []);
});

test('a bundle brings its lab, its seed, and what editors saved', t => {
	const bundle = {kubelab: 1, lab: 'ipvs-switch', seed: 's', steps: [{run: 'vi x', atMs: 5, edits: ['text', {others: {'/root/y': 'b'}}]}]};
	t.deepEqual(readAnswers(JSON.stringify(bundle)), {
		form: 'bundle',
		lab: 'ipvs-switch',
		seed: 's',
		steps: [{run: 'vi x', atMs: 5, edits: ['text', {others: {'/root/y': 'b'}}]}],
	});
	t.throws(() => readAnswers('{"kubelab": 1, "lab"'), {instanceOf: AnswersError, message: /not valid JSON/});
	t.throws(() => readAnswers('{"kubelab": 1, "lab": "x", "seed": "s", "steps": [{"run": "vi x", "edits": [{"text": "a"}]}]}'), {
		instanceOf: AnswersError,
	});
	t.throws(() => readAnswers('{"kubelab": 1, "lab": "x", "seed": "s", "steps": [{"run": 5}]}'), {
		instanceOf: AnswersError,
		message: /damaged/,
	});
});

test('JUnit escapes what XML cannot hold', t => {
	const mark = {id: 'a', title: 'A <b> & "c"', points: 0, max: 1, passed: false, waiting: false, reason: 'x\u0007\ny', checks: []};
	const xml = junitXml(
		{lab: 'l', seed: 's', score: 0, max: 1, passed: false, objectives: [mark], notSimulated: [], commands: 0, timeline: []},
		'me.sh',
	);
	t.regex(xml, /name="a: A &lt;b&gt; &amp; &quot;c&quot;"/);
	t.regex(xml, /<failure message="x&#10;y"\/>/);
	t.regex(xml, /tests="1" failures="1"/);
});
