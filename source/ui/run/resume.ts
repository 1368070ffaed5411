import type {AnswerStep} from '../../lab/answers.js';
import {replay} from '../../lab/replay.js';
import type {ShellTabs} from '../terminal/shell-tabs.js';
import type {RunRecord} from './record.js';

export interface ResumePorts {
	readonly tabs: ShellTabs;
	readonly record: RunRecord;
	/** Goes to the world that was kept; how many of the steps it has seen. */
	open(before: readonly AnswerStep[]): number;
	/** Virtual milliseconds since the lab began. */
	uptime(): number;
	readonly breathe: () => Promise<void>;
	closed(): boolean;
}

/** Asks in the first terminal whether to go on from where the lab was left, and does. */
export async function resume(before: readonly AnswerStep[], {tabs, record, open, uptime, breathe, closed}: ResumePorts): Promise<void> {
	const {print, line, player} = tabs.first;
	print(`kubelab: the ${before.length} commands of last time were kept. Go on from there? [Y/n] `);
	const answer = await line.readLine();
	if (answer === undefined || /^\s*n/i.test(answer)) return;
	const marked = open(before);
	record.takeOver(before.slice(0, marked));
	if (marked > 0) print(`\nkubelab: the first ${marked} are as they were left; "lab undo" goes back no further.\n`);
	const onStep = (step: AnswerStep) => {
		const tab = step.tab === undefined ? tabs.first : tabs.at(step.tab);
		tab.replay(step);
		record.takeOver([step]);
		tab.print(`${tab.player.session.prompt()}${step.run}\n`);
	};
	const give = ({tab}: AnswerStep, text: string | null) => (tab === undefined ? tabs.first : tabs.at(tab)).give(text);
	await replay(before.slice(marked), {player, at: host => tabs.at(host).player, give, uptime, breathe, stopped: closed, onStep});
	for (const tab of tabs.opened()) tab.replay(undefined);
	for (const tab of tabs.opened().slice(1)) void tab.serve();
}
