import type {Cluster} from '../cluster/cluster.js';
import type {SavedSession} from '../shell/session/session.js';
import {type SnapshotJson, snapshotFromJson, snapshotToJson} from '../sim/state.js';
import type {AnswerStep} from './answers.js';
import type {OpenedHints} from './lab.js';
import type {Player} from './player.js';

/** A world kept beside the commands that led to it, so that a long session need not be typed again from its beginning. Plain data. */
export interface Bookmark {
	/** So many commands led here. */
	readonly steps: number;
	/** Fingerprint after the last of them, as its step has it; and of what is kept here. */
	readonly last: string;
	readonly hash: string;
	readonly world: SnapshotJson;
	readonly session: SavedSession;
	readonly hints: OpenedHints;
}

/** Who travels through time needs the moments, which only typing everything again brings back. */
const travels = ({run}: AnswerStep): boolean => /\blab\s+(?!hint\b|help\b)/.test(run);

/** Undefined where a world does not say everything: something runs, a shell was entered, or moments have names. */
export function bookmarkOf(
	cluster: Cluster,
	{session, time, timeline}: Player,
	steps: readonly AnswerStep[],
	hints: OpenedHints,
): Bookmark | undefined {
	const last = steps.at(-1)?.hash;
	const rests =
		session.depth === 0 &&
		!session.closed &&
		!session.running &&
		time.sleepers === 0 &&
		session.shell.services.jobs.list().every(job => job.state === 'done');
	// Of several terminals only the first one's shell is kept.
	if (last === undefined || !rests || steps.some(step => travels(step) || step.tab !== undefined)) return undefined;
	const world = snapshotToJson(cluster.snapshot());
	return {steps: steps.length, last, hash: timeline.hash(), world, session: session.save(), hints};
}

/** Goes to the bookmark if it belongs to these steps and its world is whole; else nothing has changed. True: only what follows is left to do. */
export function openBookmark(bookmark: Bookmark | undefined, cluster: Cluster, player: Player, steps: readonly AnswerStep[]): boolean {
	if (!bookmark || steps[bookmark.steps - 1]?.hash !== bookmark.last || steps.some(travels)) return false;
	const [world, session] = [cluster.snapshot(), player.session.save()];
	try {
		cluster.restore(snapshotFromJson(bookmark.world));
		player.session.restore(bookmark.session);
		if (player.timeline.hash() === bookmark.hash) return true;
	} catch {
		// A file that was tampered with is as good as none.
	}

	cluster.restore(world);
	player.session.restore(session);
	return false;
}
