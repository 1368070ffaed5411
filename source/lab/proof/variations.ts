import type {Snapshot} from '../../sim/state.js';
import {alike, type Moment} from '../alike.js';
import {isMetNow} from '../judge-now.js';
import type {Lab} from '../lab.js';
import {createPlayer, type Player} from '../player.js';
import {startLab} from '../start.js';

export interface Ending {
	/** Everything is met. */
	readonly met: boolean;
	readonly world: Snapshot;
}

/**
 * Plays variations of one script. What a variation has in common with the script at its beginning was played once: it goes on from
 * the moment before the first line that differs. And where the rest is the same and what differed has led to a moment that was seen
 * before, in the script or in another variation, it ends as that one did.
 */
export interface Variations {
	/** The script's commands, in order. */
	readonly commands: readonly string[];
	/** How the script itself ends. */
	readonly ending: Ending;
	play(text: string): Promise<Ending>;
}

/** A variation that waits for ever need not be watched for much longer than the script itself takes. */
const patienceMsMin = 2 * 60_000;

export async function rehearse(lab: Lab, seed: string, script: string): Promise<Variations> {
	const cluster = startLab(lab, seed);
	const {clock} = cluster.sim;
	const first = createPlayer(cluster);
	const commands = await first.commandsOf(script);
	const moments: Array<Moment | undefined> = [];
	const momentOf = ({session}: Player): Moment => ({world: cluster.snapshot(), shells: session.save()});
	const start = momentOf(first);
	/** Neither is a history that is travelled through. */
	const travels = commands.findIndex(line => /\blab\s/.test(line));

	const type = async (player: Player, lines: readonly string[], before: (player: Player) => void = () => {}) => {
		for (const line of lines) {
			if (player.session.closed) return;
			before(player);
			await player.play(line);
		}
	};
	const endOf = async (player: Player): Promise<Ending> => {
		await player.settle();
		const world = cluster.snapshot();
		return {met: await isMetNow(lab, cluster), world};
	};
	let [longestMs, lastMs] = [0, clock.now()];
	const noteLongest = () => {
		longestMs = Math.max(longestMs, clock.now() - lastMs);
		lastMs = clock.now();
	};
	await type(first, commands, player => {
		noteLongest();
		const kept = isWhole(player) && (travels < 0 || moments.length <= travels);
		moments.push(kept ? momentOf(player) : undefined);
	});
	noteLongest();
	const patienceMs = Math.max(patienceMsMin, 2 * longestMs);
	const ending = await endOf(first);

	/** Where variations stood after what differed, by how many lines were left, and how they ended. */
	const seen = new Map<number, Array<{readonly moment: Moment; readonly ending: Ending}>>();
	if (travels < 0)
		moments.forEach((moment, index) => {
			if (moment) seen.set(commands.length - index, [{moment, ending}]);
		});

	return {
		commands,
		ending,
		async play(text) {
			const lines = await first.commandsOf(text);
			const differs = lines.findIndex((line, index) => line !== commands[index]);
			const shared = moments.slice(0, (differs < 0 ? lines.length : differs) + 1);
			const from = Math.max(0, shared.findLastIndex(Boolean));
			const rest = Math.min(sameAtEnd(lines, commands), lines.length - from);
			const {world, shells} = shared[from] ?? start;
			cluster.restore(world);
			const player = createPlayer(cluster, {patienceMs});
			player.session.restore(shells);
			await type(player, lines.slice(from, lines.length - rest));
			const here = travels < 0 && !player.session.closed && isWhole(player) ? momentOf(player) : undefined;
			const before = seen.get(rest) ?? [];
			const known = here && before.find(({moment}) => alike(here, moment));
			if (known) return known.ending;
			await type(player, lines.slice(lines.length - rest));
			const end = await endOf(player);
			if (here) seen.set(rest, [...before, {moment: here, ending: end}]);
			return end;
		},
	};
}

/** How many lines at the end are the same. */
function sameAtEnd(a: readonly string[], b: readonly string[]): number {
	let same = 0;
	while (same < Math.min(a.length, b.length) && a.at(-1 - same) === b.at(-1 - same)) same++;
	return same;
}

/** Jobs in the background are part of no moment. */
const isWhole = ({session, time}: Player): boolean => time.sleepers === 0 && session.shell.services.jobs.list().length === 0;
