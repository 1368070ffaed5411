import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer, type Player} from '../../source/lab/player.js';

interface Typed {
	readonly host: string;
	readonly line: string;
}

/** A world that every case finds as it was: what one leaves behind must not decide what the next one does. */
export function createStage(profile: string, setUp: readonly string[] = []) {
	const cluster = createCluster({profile, seed: 'fuzz'});
	let player: Player = createPlayer(cluster);
	let ready: ReturnType<typeof cluster.snapshot> | undefined;
	const notesNow = () => new Map(cluster.sim.notes.list().map(({what, count}) => [what, count]));
	return {
		cluster,
		/** What went wrong inside while these lines were typed, each at its host. */
		async run(typed: string | readonly Typed[], before?: () => void): Promise<string | undefined> {
			if (!ready) {
				for (const each of setUp) await player.play(each);
				ready = cluster.snapshot();
			}
			cluster.restore(ready);
			const known = notesNow();
			before?.();
			let said = '';
			for (const {host, line} of typeof typed === 'string' ? [{host: cluster.hosts()[0]!.name, line: typed}] : typed) {
				player = createPlayer(cluster, {host, breathe: () => new Promise(resolve => setImmediate(resolve))});
				said += (await player.session.run(line)).stderr;
			}
			await player.settle();
			const inside = /something went wrong inside: .*/.exec(said)?.[0];
			// A controller that fails is counted with what is not simulated.
			const fallen = [...notesNow().keys()].find(
				what => !known.has(what) && /(controller|scheduler|kubelet|proxy): .*(undefined|null|not a function|is not|Maximum)/.test(what),
			);
			return inside ?? fallen;
		},
	};
}
