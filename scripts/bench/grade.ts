import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {findLab} from '../../source/cli/lab-files.js';
import {type Bench, round, time} from './bench.js';

const submissions = 1000;
/** Part by part, and no further than this; what is left is reckoned. */
const parts = 8;
const secondsMax = 150;
const commands = 30;
const looking = ['kubectl get pods -A', 'kubectl get svc', 'ipvsadm -Ln', 'kubectl get nodes -o wide', 'kubectl -n kube-system get pods'];

/** A class of a thousand, each with 30 commands, right and wrong ones, by the program as it is installed. */
const bench: Bench = {
	name: 'grade',
	async run() {
		const bin = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
		if (!existsSync(bin)) throw new Error('dist/ is missing: npm run build');
		const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-bench-'));
		const lab = await findLab('ipvs-switch');
		const answers = [...lab.solutions, ...lab.wrong];
		mkdirSync(path.join(folder, 'class'));
		for (let each = 0; each < submissions; each++)
			writeFileSync(path.join(folder, 'class', `student-${each}.sh`), vary(answers[each % answers.length]!.text, each));
		let [ms, marked, part] = [0, 0, 0];
		const endMs = performance.now() + secondsMax * 1000;
		while (part < parts && performance.now() < endMs) {
			const argv = [bin, 'grade', path.join(folder, 'class'), '--lab', lab.id, '--shard', `${++part}/${parts}`, '--json'];
			let report = '';
			ms += await time(() => {
				report = execFileSync(process.execPath, argv, {encoding: 'utf8', maxBuffer: 2 ** 30});
			});
			const all: ReadonlyArray<{status: string}> = JSON.parse(report).submissions;
			const unmarked = all.filter(each => each.status !== 'marked').length;
			if (unmarked > 0) throw new Error(`${unmarked} of ${all.length} submissions have no mark`);
			marked += all.length;
		}
		rmSync(folder, {recursive: true, force: true});
		return [
			{name: `grade-${submissions}`, value: round((ms * submissions) / marked / 1000), unit: 's'},
			{name: 'grade-marked', value: marked, unit: 'submissions'},
			{name: 'grade-per-submission-and-core', value: round((ms * availableParallelism()) / marked), unit: 'ms'},
		];
	},
};
export default bench;

/** Before the answer the student looks around, each in another order. */
function vary(text: string, each: number): string {
	const typed = text.split('\n').filter(line => line && !line.startsWith('#')).length;
	const looks = Array.from(
		{length: Math.max(0, commands - typed)},
		(_, index) => looking[(each + index * ((each % 4) + 1)) % looking.length]!,
	);
	return `${looks.join('\n')}\n${text}`;
}
