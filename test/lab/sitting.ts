import test from 'ava';
import type {AnswerStep} from '../../source/lab/answers.js';
import {grade} from '../../source/lab/grade.js';
import {loadLab} from '../../source/lab/format/load.js';
import {scaffold} from '../../source/lab/format/scaffold.js';
import {startLab} from '../../source/lab/start.js';

const exam = (() => {
	const files = scaffold('exam');
	const yaml = files.get('lab.yaml')!.replace('cluster: base', 'cluster: base\nexam: {tasks: [service, other], take: 1}\nminutesMax: 1');
	const withTasks = yaml.replace('  - id: answers', '  - id: answers\n    when: service').concat(`  - id: other
    when: other
    title: {en: "web has three pods", zh: "web 有三个 Pod"}
    points: 50
    checks: [{resource: {kind: deploy, name: web, match: {spec: {replicas: 3}}}}]
`);
	const {lab, problems} = loadLab(new Map([...files, ['lab.yaml', withTasks]]), 'labs/exam');
	if (!lab) throw new Error(JSON.stringify(problems));
	return lab;
})();
const both = ['kubectl expose deployment web --port 80', 'kubectl scale deployment web --replicas 3'];
const script = (...lines: string[]) => grade(exam, {form: 'script', steps: [{run: lines.join('\n')}]});
/** When a lab begins, its cluster has been up for a while. */
const startMs = startLab(exam, 'kubelab').sim.clock.uptime();
const breathe = () => new Promise<void>(resolve => void setImmediate(resolve));
/** As typed at a terminal, at seconds since the lab began. */
const bundle = (...typed: Array<readonly [at: number, run: string]>) => {
	const steps: AnswerStep[] = typed.map(([at, run]) => ({run, atMs: startMs + at * 1000, forMs: 1000}));
	return grade(exam, {form: 'bundle', lab: 'exam', seed: 'kubelab', steps}, {breathe});
};

test('what is typed after lab finish counts no more', async t => {
	const whole = await script(...both);
	t.true(whole.passed);
	const early = await script('lab finish', ...both);
	t.is(early.score, 0);
	t.is(early.commands, 1);
});

test('out of time, nothing counts any more; a script takes no time', async t => {
	const intime = await bundle([10, both[0]!], [20, both[1]!]);
	t.true(intime.passed);
	const late = await bundle([90, both[0]!], [95, both[1]!]);
	t.is(late.score, 0);
	t.is(late.commands, 0);
	t.true((await script('sleep 70', ...both)).passed);
});

test('an exam has no hints, and no way back', async t => {
	const {timeline} = await script('lab hint answers', 'kubectl get pods', 'lab undo');
	t.deepEqual(
		timeline.map(each => each.exitCode),
		[1, 0, 2],
	);
});
