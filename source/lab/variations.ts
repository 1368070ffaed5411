import type {Snapshot} from '../sim/state.js';
import type {SavedSession} from '../shell/session.js';
import type {Marks} from './judge.js';
import {judgeNow} from './judge-now.js';
import type {Lab} from './lab.js';
import {createPlayer, type Player} from './player.js';
import {startLab} from './start.js';

export interface Ending {
	readonly marks: Marks;
	readonly world: Snapshot;
}

interface Moment {
	readonly world: Snapshot;
	readonly shells: SavedSession;
}

/**
 * Plays variations of one script. What a variation has in common with the script at its beginning was played once: it goes on from
 * the moment before the first line that differs.
 */
export interface Variations {
	/** The script's commands, in order. */
	readonly commands: readonly string[];
	/** How the script itself ends. */
	readonly ending: Ending;
	play(text: string): Promise<Ending>;
}

export async function rehearse(lab: Lab, seed: string, script: string): Promise<Variations> {
	const cluster = startLab(lab, seed);
	const first = createPlayer(cluster);
	const commands = await first.commandsOf(script);
	const moments: Array<Moment | undefined> = [];
	const momentOf = ({session}: Player): Moment => ({world: cluster.snapshot(), shells: session.save()});
	const start = momentOf(first);
	/** Neither is a history that is travelled through. */
	const travels = commands.findIndex(line => /\blab\s/.test(line));

	const play = async (player: Player, lines: readonly string[], before: (player: Player) => void = () => {}): Promise<Ending> => {
		for (const line of lines) {
			if (player.session.closed) break;
			before(player);
			await player.play(line);
		}
		await player.settle();
		const world = cluster.snapshot();
		return {marks: await judgeNow(lab, cluster), world};
	};
	const ending = await play(first, commands, player => {
		const kept = isWhole(player) && (travels < 0 || moments.length <= travels);
		moments.push(kept ? momentOf(player) : undefined);
	});

	return {
		commands,
		ending,
		async play(text) {
			const lines = await first.commandsOf(text);
			const differs = lines.findIndex((line, index) => line !== commands[index]);
			const shared = moments.slice(0, (differs < 0 ? lines.length : differs) + 1);
			const from = Math.max(0, shared.findLastIndex(Boolean));
			const {world, shells} = shared[from] ?? start;
			cluster.restore(world);
			const player = createPlayer(cluster);
			player.session.restore(shells);
			return play(player, lines.slice(from));
		},
	};
}

/** Jobs in the background are part of no moment. */
const isWhole = ({session, time}: Player): boolean => time.sleepers === 0 && session.shell.services.jobs.list().length === 0;
