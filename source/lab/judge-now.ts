import type {Cluster} from '../cluster/cluster.js';
import type {ExecResult} from '../shell/command.js';
import {judge, type Marks} from './judge.js';
import type {Lab, OpenedHints} from './lab.js';
import {createPlayer} from './player.js';

/** Marks the cluster as it stands. Commands that checks want run get a shell of their own. */
export async function judgeNow(lab: Lab, cluster: Cluster, opened?: OpenedHints, explain = false): Promise<Marks> {
	const judging = judge(lab, cluster, opened, explain);
	let answer: ExecResult | undefined;
	for (;;) {
		const {done, value} = judging.next(answer as ExecResult);
		if (done) return value;
		const shell = createPlayer(cluster, {host: value.host});
		answer = await shell.session.run(value.line);
	}
}
