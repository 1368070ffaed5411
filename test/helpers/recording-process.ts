// Run in a process of its own, which is killed: records steps of a lab as fast as it can, and says how many are safe. With `play` a world
// goes with them, and what was recorded must lead to the same one again.
//   node --import=tsx recording-process.ts HOME COUNT [play]
import process from 'node:process';
import {openSession} from '../../source/cli/sessions.js';
import type {AnswerStep} from '../../source/lab/answers.js';
import {randomLines} from './random-lines.js';

const [home, count, play] = process.argv.slice(2) as [string, string, string?];
const session = openSession({env: {KUBELAB_HOME: home}} as never, 'killed', 'seed');
const steps: AnswerStep[] = [...session.steps];
const player = play ? await newPlayer() : undefined;
for (const {run} of steps) await player?.play(run);
if (player && steps.length > 0 && player.timeline.hash() !== steps.at(-1)!.hash)
	throw new Error(`another world after ${steps.length} steps`);
process.stdout.write(`ready ${steps.length}\n`);
for (const run of randomLines('killed', Number(count)).slice(steps.length)) {
	await player?.play(run);
	steps.push({run, ...(player && {hash: player.timeline.hash()})});
	const failed = session.record(steps);
	process.stdout.write(failed ? `${failed}\n` : `${steps.length}\n`);
}

async function newPlayer() {
	const {createCluster} = await import('../../source/cluster/cluster.js');
	const {createPlayer} = await import('../../source/lab/player.js');
	return createPlayer(createCluster({profile: 'empty', seed: 'killed'}));
}
