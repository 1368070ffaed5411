import {findLab} from '../../source/cli/lab-files.js';
import {readAnswers} from '../../source/lab/answers.js';
import {grade} from '../../source/lab/grade.js';
import {type Bench, median, round, time} from './bench.js';

const commands = 30;
const rounds = 10;

/** One answer file of 30 commands, replayed and marked. */
const bench: Bench = {
	name: 'check',
	async run() {
		const lab = await findLab('ipvs-switch');
		const solution = lab.solutions.find(each => each.name === 'solution.sh')!.text;
		const typed = solution.split('\n').filter(line => line && !line.startsWith('#'));
		const looking = Array.from(
			{length: Math.max(0, commands - typed.length)},
			(_, each) => ['kubectl get pods -A', 'kubectl get svc', 'ipvsadm -Ln'][each % 3]!,
		);
		const answers = readAnswers([...typed, ...looking].join('\n'));
		const play = async () => {
			const report = await grade(lab, answers);
			if (!report.passed) throw new Error(`the solution earns ${report.score} of ${report.max}`);
		};
		const first = await time(play);
		const taken: number[] = [];
		for (let each = 0; each < rounds; each++) taken.push(await time(play));
		return [
			{name: 'check-first', value: round(first), unit: 'ms'},
			{name: 'check', value: round(median(taken)), unit: 'ms', budget: 150},
		];
	},
};
export default bench;
