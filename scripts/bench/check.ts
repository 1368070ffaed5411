import {findLab} from '../../source/cli/lab-files.js';
import {readAnswers} from '../../source/lab/answers.js';
import {grade} from '../../source/lab/grade.js';
import {type Bench, median, round, time} from './bench.js';
import {type Point, series} from './fit.js';

const commands = 30;
const rounds = 10;
/** The same world looked at again and again, for how marking grows with what was typed. */
const lengths = [30, 100, 300, 1000];

/** One answer file of 30 commands, replayed and marked. */
const bench: Bench = {
	name: 'check',
	async run() {
		const lab = await findLab('ipvs-switch');
		const solution = lab.solutions.find(each => each.name === 'solution.sh')!.text;
		const typed = solution.split('\n').filter(line => line && !line.startsWith('#'));
		const play = async (count = commands) => {
			const report = await grade(lab, readAnswers([...typed, ...looking(count - typed.length)].join('\n')));
			if (!report.passed) throw new Error(`the solution earns ${report.score} of ${report.max}`);
		};
		const first = await time(play);
		const taken: number[] = [];
		for (let each = 0; each < rounds; each++) taken.push(await time(play));
		const growth: Point[] = [];
		for (const size of lengths) growth.push({size, ms: await time(() => play(size))});
		return [
			{name: 'check-first', value: round(first), unit: 'ms'},
			{name: 'check', value: round(median(taken)), unit: 'ms', budget: 150},
			...series('check', 'commands', growth),
		];
	},
};
export default bench;

const looking = (count: number): string[] =>
	Array.from({length: Math.max(0, count)}, (_, each) => ['kubectl get pods -A', 'kubectl get svc', 'ipvsadm -Ln'][each % 3]!);
