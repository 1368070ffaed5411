import test, {type ExecutionContext} from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/** What a command must do: print this on standard output (all of it, or a part), or fail like this. */
export type Expected = string | RegExp | {readonly out?: string | RegExp; readonly err?: string | RegExp; readonly status?: number};
export type Step = readonly [command: string, expected?: Expected];

/** `cat > name <<'E'` */
export const file = (name: string, text: string): string => `cat > ${name} <<'E'\n${text.trim()}\nE`;
export const applied = (text: string): string => `kubectl apply -f - <<'E'\n${text.trim()}\nE`;

/**
 * One learner follows one document in one world: the tests of a file are steps of the same session, in their order. `$name` in a command
 * or in what is expected stands for what an earlier `name=$(...)` gave.
 */
export function learner(seed: string) {
	const cluster = createCluster({profile: 'base', seed});
	const player = createPlayer(cluster);
	const check = (t: ExecutionContext, said: string, wanted: string | RegExp | undefined, what: string) => {
		if (typeof wanted === 'string') t.is(said, wanted, what);
		else if (wanted) t.regex(said, wanted, what);
	};
	const types = (row: string, steps: readonly Step[]) =>
		test.serial(row, async t => {
			for (const [command, expected] of steps) {
				const {stdout, stderr, exitCode} = await player.play(command);
				const wanted = typeof expected === 'object' && !(expected instanceof RegExp) ? expected : {out: expected};
				check(t, stdout, wanted.out, command);
				check(t, stderr, wanted.err, command);
				t.is(exitCode, wanted.status ?? 0, `${command}: ${stderr}`);
			}
		});
	return {cluster, player, types};
}
