import type {Cluster} from '../cluster/cluster.js';
import type {SavedSession} from '../shell/session/session.js';
import {type SnapshotJson, snapshotFromJson, snapshotToJson} from '../sim/state.js';
import type {AnswerStep} from './answers.js';
import {hashEverything} from '../timeline/moment.js';
import type {OpenedHints} from './lab.js';
import type {Player} from './player.js';
import {inOrder} from './replay.js';

/** A world kept beside the commands that led to it, so that a long session need not be typed again from its beginning. Plain data. */
export interface Bookmark {
	/** So many commands led here. */
	readonly steps: number;
	/** Fingerprint after the last of them, as its step has it; and of what is kept here. */
	readonly last: string;
	readonly hash: string;
	readonly world: SnapshotJson;
	readonly session: SavedSession;
	/** Of further terminals, in the order in which they were first typed in. */
	readonly tabs?: readonly SavedSession[];
	readonly hints: OpenedHints;
}

/** Who travels through time needs the moments, which only typing everything again brings back. */
const travels = ({run}: AnswerStep): boolean => /\blab\s+(?!hint\b|help\b)/.test(run);

/** Hosts of the further terminals, in the order in which somebody typed there first. */
const tabsOf = (steps: readonly AnswerStep[]): string[] => [...new Set(inOrder(steps).flatMap(({tab}) => tab ?? []))];

/** Nothing runs there, and no other shell was entered. */
const rests = ({session, time}: Player): boolean =>
	session.depth === 0 &&
	!session.closed &&
	!session.running &&
	time.sleepers === 0 &&
	session.shell.services.jobs.list().every(job => job.state === 'done');

/** Undefined where a world does not say everything: something runs, a shell was entered, or moments have names. `at` gives further terminals. */
export function bookmarkOf(
	cluster: Cluster,
	player: Player,
	steps: readonly AnswerStep[],
	hints: OpenedHints,
	at?: (host: string) => Player,
): Bookmark | undefined {
	const last = steps.at(-1)?.hash;
	const hosts = tabsOf(steps);
	if (last === undefined || steps.some(travels) || (hosts.length > 0 && !at)) return undefined;
	const others = hosts.map(host => at!(host));
	if (![player, ...others].every(rests)) return undefined;
	const world = snapshotToJson(cluster.snapshot());
	const tabs = others.map(({session}) => session.save());
	return {steps: steps.length, last, hash: player.timeline.hash(), world, session: player.session.save(), tabs, hints};
}

/** Goes to the bookmark if it belongs to these steps and its world is whole; else nothing has changed. True: only what follows is left to do. */
export function openBookmark(
	bookmark: Bookmark | undefined,
	cluster: Cluster,
	player: Player,
	steps: readonly AnswerStep[],
	at?: (host: string) => Player,
): boolean {
	if (!bookmark || steps[bookmark.steps - 1]?.hash !== bookmark.last || steps.some(travels)) return false;
	const {tabs = []} = bookmark;
	const hosts = tabsOf(steps.slice(0, bookmark.steps));
	if (hosts.length !== tabs.length || (hosts.length > 0 && !at)) return false;
	const [world, session] = [cluster.snapshot(), player.session.save()];
	try {
		const kept = snapshotFromJson(bookmark.world);
		if (hashEverything({world: kept, sessions: [bookmark.session, ...tabs]}) !== bookmark.hash) return false;
		cluster.restore(kept);
		player.session.restore(bookmark.session);
		for (const [index, host] of hosts.entries()) at!(host).session.restore(tabs[index]!);
		if (player.timeline.hash() === bookmark.hash) return true;
	} catch {
		// A file that was tampered with is as good as none.
	}

	cluster.restore(world);
	player.session.restore(session);
	return false;
}
