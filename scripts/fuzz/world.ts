import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer, type Player} from '../../source/lab/player.js';

/** A world that every case finds as it was: what one leaves behind must not decide what the next one does. */
export function createStage(profile: string, setUp: readonly string[] = []) {
	const cluster = createCluster({profile, seed: 'fuzz'});
	let player: Player = createPlayer(cluster);
	let ready: ReturnType<typeof cluster.snapshot> | undefined;
	const notesNow = () => new Map(cluster.sim.notes.list().map(({what, count}) => [what, count]));
	return {
		cluster,
		async run(line: string, before?: () => void): Promise<string | undefined> {
			if (!ready) {
				for (const each of setUp) await player.play(each);
				ready = cluster.snapshot();
			}
			cluster.restore(ready);
			player = createPlayer(cluster, {breathe: () => new Promise(resolve => setImmediate(resolve))});
			const known = notesNow();
			before?.();
			const {stderr} = await player.play(line);
			const inside = /something went wrong inside: .*/.exec(stderr)?.[0];
			// A controller that fails is counted with what is not simulated.
			const fallen = [...notesNow().keys()].find(
				what => !known.has(what) && /(controller|scheduler|kubelet|proxy): .*(undefined|null|not a function|is not|Maximum)/.test(what),
			);
			return inside ?? fallen;
		},
	};
}
