import {existsSync, readFileSync} from 'node:fs';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {normaliser} from '../../test/helpers/normalise-session.js';
import {createDesk, type Ran} from './desk.js';

interface Step extends Ran {
	readonly run: string;
	/** Why a step cannot be compared. */
	readonly skip?: string;
}

export interface Answered {
	readonly run: string;
	readonly recorded: Ran;
	readonly own: Ran;
	readonly real: Ran;
	/** Whether our kubectl, and the real one before `serve`, said what was recorded. */
	readonly ownAgrees: boolean;
	readonly realAgrees: boolean;
}

/** The steps of a recording once more: by our kubectl in the simulated shell, and by the real one in a real shell before `serve`. */
export async function* playRecording(kubectl: string, file: string, profile: string, pauseMs?: number): AsyncGenerator<Answered> {
	if (!existsSync(file)) throw new Error(`no such recording: ${file}`);
	const steps = readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Step);
	const clean = normaliser(steps.map(step => step.run).join('\n'));
	const same = (one: Ran, other: Ran) =>
		one.exitCode === other.exitCode && clean(one.stdout) === clean(other.stdout) && clean(one.stderr) === clean(other.stderr);
	const player = createPlayer(createCluster({profile}));
	const desk = await createDesk(kubectl, profile, pauseMs);
	for (const step of steps) {
		const [own, real] = [await player.play(step.run), await desk.run(step.run)];
		if (step.skip) continue;
		yield {run: step.run, recorded: step, own, real, ownAgrees: same(own, step), realAgrees: same(real, step)};
	}
	await desk.close();
}
