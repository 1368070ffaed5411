import test from 'ava';
import {loadLab} from '../../source/lab/format/load.js';
import {scaffold} from '../../source/lab/format/scaffold.js';
import {openApp} from '../helpers/app.js';

function examLab() {
	const files = scaffold('exam');
	const yaml = files
		.get('lab.yaml')!
		.replace('cluster: base', 'cluster: base\nexam: {tasks: [service, other], take: 2}\nminutesMax: 1')
		.replace('  - id: answers', '  - id: answers\n    when: service');
	const other = `  - id: other
    when: other
    title: {en: "web has three pods", zh: "web 有三个 Pod"}
    points: 50
    checks: [{resource: {kind: deploy, name: web, match: {spec: {replicas: 3}}}}]
`;
	return loadLab(new Map([...files, ['lab.yaml', yaml + other]]), 'labs/exam').lab!;
}

test.serial('an exam tells no reasons and opens no hints until it is handed in; then its marks stand', async t => {
	const app = await openApp(t, {lab: examLab(), columns: 120, rows: 40});
	await app.type('kubectl scale deployment web --replicas 3\r');
	await app.pass(2000);
	const {marks} = app.store.run!.view();
	t.deepEqual(
		marks.objectives.map(each => [each.passed, each.reason]),
		[
			[false, ''],
			[true, ''],
		],
	);
	t.regex(app.screen(), /0:00:5\d left +33 %/);
	await app.type('lab hint answers\r');
	t.regex(app.screen(), /an exam has no hints/);
	await app.type('lab finish\r');
	await app.pass(1000);
	t.regex(app.store.run!.view().marks.objectives[0]!.reason, /web/);
	await app.type('kubectl expose deployment web --port 80\r');
	await app.pass(6000);
	t.is(app.store.run!.view().marks.score, 50);
	t.regex(app.screen(), /over +33 %/);
});

test.serial('out of time, the marks stand', async t => {
	const app = await openApp(t, {lab: examLab(), columns: 120, rows: 40});
	await app.pass(61_000);
	t.regex(app.screen(), /over +0 %/);
	await app.type('kubectl scale deployment web --replicas 3\r');
	await app.pass(6000);
	t.is(app.store.run!.view().marks.score, 0);
});
