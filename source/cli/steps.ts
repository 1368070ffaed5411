import type {Cluster} from '../cluster/cluster.js';
import {createPlayer} from '../lab/player.js';
import {exitStatus, inputError} from './command.js';
import type {Host} from './host.js';

export interface StepOptions {
	readonly json: boolean;
	readonly settle: boolean;
}

/** One shell for all steps; one line of result a step, written at once. */
export async function runSteps(
	cluster: Cluster,
	lines: AsyncIterable<string> | Iterable<string>,
	{json, settle}: StepOptions,
	host: Host,
): Promise<number> {
	const login = () => createPlayer(cluster, {breathe: () => new Promise(setImmediate)});
	let player = login();
	let number = 0;
	for await (const line of lines) {
		number++;
		if (!line.trim()) continue;
		const run = stepOf(line, number);
		const result = await player.session.run(run);
		const at = cluster.sim.clock.uptime() / 1000;
		if (settle) await player.settle();
		const {stdout, stderr, exitCode} = result;
		await host.out(json ? `${JSON.stringify({run, stdout, stderr, exitCode, at})}\n` : `$ ${run}\n${stdout}${stderr}`);
		// `exit` in a step logs out; the next step logs in again.
		if (player.session.closed) player = login();
	}
	return exitStatus.done;
}

function stepOf(line: string, number: number): string {
	try {
		const {run} = JSON.parse(line);
		if (typeof run === 'string') return run;
	} catch {}
	throw inputError(`line ${number} of the steps is not {"run": "..."}: ${line.slice(0, 60)}`);
}
