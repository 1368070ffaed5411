import type {World} from '../node/world.js';
import {readAnswers} from '../lab/answers.js';
import {grade} from '../lab/grade.js';
import {startLab} from '../lab/start.js';
import {sliceRows} from '../ui/panels/panel.js';
import panels from '../ui/panels/index.js';
import {tableText} from '../ui/table/text.js';
import {reportText} from './grade-text.js';
import {exitStatus} from './command.js';
import type {Host} from './host.js';
import {findLab} from './lab-files.js';
import {loadSavedWorlds} from './saved-worlds.js';

/** Plays a lab's solution without a screen: tables, every command with its output, tables again, the mark. */
export async function playTranscript(name: string, {seed}: {readonly seed?: string}, host: Host): Promise<number> {
	loadSavedWorlds();
	const lab = await findLab(name);
	const solution = lab.solutions.find(each => each.name === 'solution.sh')!;
	const given = seed === undefined ? {} : {seed};
	await host.out(`${lab.title.en} (lab ${lab.id})\n${lab.summary.en}\n\n`);
	await host.out(tablesOf(startLab(lab, seed), 'before'));
	let after = '';
	const report = await grade(lab, readAnswers(solution.text), {
		...given,
		onStep: ({prompt, run, output}) => host.out(`${prompt}${run}\n${output}`),
		onEnd: cluster => (after = tablesOf(cluster, 'after')),
	});
	await host.out(`\n${after}${reportText(report, 'en')}`);
	return report.passed ? exitStatus.done : exitStatus.missed;
}

/** The tables that the screen would show, each host's IPVS table on its own. */
function tablesOf(world: World, when: string): string {
	const shown = panels.filter(panel => ['pods', 'services', 'ipvs'].includes(panel.title));
	return shown
		.map(panel => {
			const host = world.hosts()[0]!.name;
			const title = `${panel.title}${panel.ofHost ? ` on ${host}` : ''}, ${when}`;
			return `${title}\n${tableText(panel.columns, sliceRows(panel.rows(world, host), 0, 200))}\n`;
		})
		.join('\n');
}
