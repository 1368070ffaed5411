import type {Cluster} from '../cluster/cluster.js';
import type {CommandLine} from '../checks/check.js';
import type {ExecResult} from '../shell/command.js';
import {isMet, judge, type Lasting, type Marks} from './judge.js';
import type {Lab, OpenedHints} from './lab.js';
import {createPlayer} from './player.js';

/** Marks the cluster as it stands. */
export const judgeNow = (lab: Lab, cluster: Cluster, opened?: OpenedHints, explain = false, lasting?: Lasting): Promise<Marks> =>
	answered(judge(lab, cluster, opened, explain, lasting), cluster);

/** Whether everything is met as the cluster stands. */
export const isMetNow = (lab: Lab, cluster: Cluster): Promise<boolean> => answered(isMet(lab, cluster), cluster);

/** Commands that checks want run get a shell of their own. */
async function answered<T>(judging: Generator<CommandLine, T, ExecResult>, cluster: Cluster): Promise<T> {
	let answer: ExecResult | undefined;
	for (;;) {
		const {done, value} = judging.next(answer as ExecResult);
		if (done) return value;
		const shell = createPlayer(cluster, {host: value.host});
		answer = await shell.session.run(value.line);
	}
}
