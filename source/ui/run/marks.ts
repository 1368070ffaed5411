import type {Cluster} from '../../cluster/cluster.js';
import {withoutGiven} from '../../lab/checkpoint.js';
import {judgeNow} from '../../lab/judge-now.js';
import type {Lasting, Marks} from '../../lab/judge.js';
import type {Lab, OpenedHints} from '../../lab/lab.js';
import {createCluster} from '../../cluster/cluster.js';

export interface LiveMarks {
	current(): Marks;
	/** Marks the cluster anew if it, or what is asked, has changed since the last time; true when a mark moved. */
	update(asked: Asked): Promise<boolean>;
	/** A line was typed: what holds with new pods may not hold any more. */
	typed(): void;
}

export interface Asked {
	readonly opened: OpenedHints;
	/** Somebody reads the reasons: they shall say what decided. */
	readonly explain: boolean;
}

export interface LiveMarksOptions {
	readonly lab: Lab;
	readonly cluster: Cluster;
	readonly seed: string;
	/** Objectives that a checkpoint has met. */
	readonly given: readonly string[];
}

/**
 * Marks a cluster while it is being played. The checks run in a second world that is made equal first, so that their packets are
 * never seen in the learner's own tables.
 */
export function createLiveMarks({lab, cluster, seed, given}: LiveMarksOptions): LiveMarks {
	let mirror: Cluster | undefined;
	let seen = '';
	let marks = unmarked(lab);
	const lasting: Lasting = new Map();
	return {
		current: () => marks,
		typed: () => lasting.clear(),
		async update(asked) {
			const now = `${cluster.version()} ${JSON.stringify(asked)}`;
			if (now === seen) return false;
			seen = now;
			mirror ??= createCluster({profile: lab.cluster, seed});
			mirror.restore(cluster.snapshot());
			const before = marks;
			marks = withoutGiven(await judgeNow(lab, mirror, asked.opened, asked.explain, lasting), given);
			return JSON.stringify(before.objectives) !== JSON.stringify(marks.objectives);
		},
	};
}

const unmarked = (lab: Lab): Marks => ({
	score: 0,
	max: lab.objectives.reduce((sum, each) => sum + each.points, 0),
	passed: false,
	objectives: lab.objectives.map(({id, title, points}) => ({
		id,
		title: title.en,
		points: 0,
		max: points,
		passed: false,
		reason: '',
		waiting: false,
		checks: [],
	})),
});
