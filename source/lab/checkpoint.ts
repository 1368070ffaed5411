import type {Cluster} from '../cluster/cluster.js';
import {AnswersError} from './answers.js';
import type {Marks} from './judge.js';
import {judgeNow} from './judge-now.js';
import type {Lab} from './lab.js';
import {createPlayer} from './player.js';

/** The commands of the first solution up to a checkpoint: its line `# checkpoint: ID`. */
export function scriptUpTo({solutions, checkpoints}: Lab, id: string): string {
	const lines = solutions.find(each => each.name === 'solution.sh')!.text.split('\n');
	const at = lines.findIndex(line => new RegExp(`^#\\s*checkpoint:\\s*${id}\\s*$`).test(line));
	if (at === -1 || !checkpoints.some(each => each.id === id)) {
		const known = checkpoints.map(each => each.id).join(', ');
		throw new AnswersError(`there is no checkpoint "${id}"${known ? `; there are ${known}` : ' in this lab'}`);
	}
	return lines.slice(0, at).join('\n');
}

/** Plays the first solution up to a checkpoint. Returns the ids of the objectives that are met there: they are not the learner's. */
export async function reachCheckpoint(lab: Lab, cluster: Cluster, id: string): Promise<readonly string[]> {
	const player = createPlayer(cluster);
	for (const command of await player.commandsOf(scriptUpTo(lab, id))) await player.play(command);
	const {objectives} = await judgeNow(lab, cluster);
	return objectives.filter(each => each.passed).map(each => each.id);
}

/** What a checkpoint gave earns nothing. */
export function withoutGiven(marks: Marks, given: readonly string[]): Marks {
	if (given.length === 0) return marks;
	const objectives = marks.objectives.map(each =>
		given.includes(each.id) && each.passed ? {...each, points: 0, reason: 'it was met at the checkpoint already'} : each,
	);
	return {...marks, objectives, score: objectives.reduce((total, each) => total + each.points, 0)};
}
