import type {Lab} from '../../lab/lab.js';
import type {PromptLine} from './prompt-line.js';

/** Real milliseconds; the pump's clock does not matter to whoever watches. */
const letterMs = 35;
const beforeEnterMs = 500;
const afterMs = 1200;

/** Types the lab's solution at a readable pace. Any wait ends early when `stopped` says so. */
export async function demoLines(lab: Lab, line: PromptLine, wait: (ms: number) => Promise<void>, stopped: () => boolean): Promise<void> {
	const solution = lab.solutions.find(each => each.name === 'solution.sh')!;
	for (const command of solution.text.split('\n').filter(each => each.trim() && !each.startsWith('#'))) {
		while (!line.free && !stopped()) await wait(100);
		for (const letter of command) {
			if (stopped()) return;
			line.type(letter);
			await wait(letterMs);
		}
		await wait(beforeEnterMs);
		if (stopped()) return;
		line.press({name: 'return', text: ''});
		await wait(afterMs);
	}
}
