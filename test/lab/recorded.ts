import test from 'ava';
import {findLab} from '../../source/cli/lab-files.js';
import type {AnswerStep} from '../../source/lab/answers.js';
import {grade} from '../../source/lab/grade.js';
import {createPlayer} from '../../source/lab/player.js';
import {startLab} from '../../source/lab/start.js';

const breathe = () => new Promise<void>(resolve => void setImmediate(resolve));

/** Plays a lab as somebody at a terminal does, time passing in steps of its own, and records it. */
async function record(id: string, commands: readonly string[]) {
	const lab = await findLab(id);
	const cluster = startLab(lab, 's');
	const player = createPlayer(cluster, {pace: 'live', breathe, terminal: {columns: 120, rows: 30, sink() {}}});
	const steps: AnswerStep[] = [];
	for (const run of commands) {
		for (let tick = 0; tick < 23; tick++) await player.time.advance(87);
		const atMs = cluster.sim.clock.uptime();
		let running = true;
		const ended = player.session.run(run).then(() => (running = false));
		while (running) {
			await breathe();
			if (running && player.time.sleepers > 0) await player.time.advance(50);
		}
		await ended;
		steps.push({run, atMs, forMs: cluster.sim.clock.uptime() - atMs, hash: player.timeline.hash()});
	}
	return {lab, answers: {form: 'bundle', lab: id, seed: 's', steps} as const};
}

const commands = [
	'kubectl get pods -o wide',
	`kubectl patch svc shop -p '{"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":600}}}}'`,
	'sleep 3',
	"curl -s $(kubectl get svc shop -o jsonpath='{.spec.clusterIP}')/hostname.html",
	'kubectl delete pod -l app=shop --wait=false',
];

test('a recorded session, played again, leads to the same world after every step', async t => {
	const {lab, answers} = await record('session-affinity', commands);
	const {proof, score} = await grade(lab, answers, {breathe});
	t.deepEqual(proof, {steps: commands.length});
	t.true(score > 0);
});

test('a session that was changed afterwards says from which step on', async t => {
	const {lab, answers} = await record('session-affinity', commands);
	const steps = answers.steps.map((step, index) => (index === 3 ? {...step, run: 'kubectl scale deployment shop --replicas 1'} : step));
	const {proof} = await grade(lab, {...answers, steps}, {breathe});
	t.deepEqual(proof!.diverged, {step: 4, run: 'kubectl scale deployment shop --replicas 1'});
});
