import type {Lab, Language, OpenedHints} from './lab.js';
import type {LabWord} from '../timeline/lab-word.js';

/** Hints open by a line typed in the shell, so that a session that is played again opens them again. */
export interface Hints {
	opened(): OpenedHints;
	/** Those of a session that goes on. */
	open(hints: OpenedHints): void;
	/** `lab hint GOAL` */
	readonly word: LabWord;
}

export function createHints(lab: Lab, language: () => Language, changed: () => void): Hints {
	let opened: OpenedHints = {};
	const word: LabWord = {
		name: 'hint',
		usage: 'hint GOAL',
		summary: 'open the next hint of a goal; it may cost points',
		*run(io) {
			if (lab.exam) {
				io.err('lab hint: an exam has no hints\n');
				return 1;
			}
			const objective = lab.objectives.find(each => each.id === io.args[0]);
			if (!objective || io.args.length !== 1) {
				io.err(`lab hint: the goals are ${lab.objectives.map(each => each.id).join(', ')}\n`);
				return io.usage();
			}
			const before = opened[objective.id] ?? 0;
			const hint = objective.hints[before];
			if (!hint) {
				io.err(`lab hint: ${objective.id} has ${before === 0 ? 'no hints' : 'no more hints'}\n`);
				return 1;
			}
			opened = {...opened, [objective.id]: before + 1};
			io.out(`${hint.text[language()]}\n`);
			changed();
			return 0;
		},
		complete: () => lab.objectives.filter(each => each.hints.length > 0).map(each => each.id),
	};
	return {opened: () => opened, open: hints => void (opened = hints), word};
}
