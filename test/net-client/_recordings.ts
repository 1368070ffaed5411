import {readFileSync} from 'node:fs';
import type {ExecutionContext} from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

export interface Recorded {
	readonly run: string;
	/** Standard output, then standard error. */
	readonly out: string;
	readonly exitCode: number;
}

/** What real tools said when they asked the servers of this world through a bridge. */
export const recorded = (name: string): readonly Recorded[] =>
	readFileSync(`test/data/net-client/${name}.jsonl`, 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));

/** Types each line in one world; `normal` leaves out what is another each time. */
export async function typeAll(
	t: ExecutionContext,
	setUp: readonly string[],
	rows: readonly Recorded[],
	normal: (text: string) => string,
	between = '',
): Promise<void> {
	const {play, session} = createPlayer(createCluster());
	for (const line of setUp) t.is((await play(line)).exitCode, 0, line);
	for (const {run, out, exitCode} of rows) {
		const own = await session.run(run);
		t.is(normal(own.stdout + between + own.stderr), normal(out), run);
		t.is(own.exitCode, exitCode, run);
	}
}
