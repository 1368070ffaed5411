import type {Edit} from './edit-script.js';

/** diff's own format: `2,3c2`, the lines that go, `---`, the lines that come. */
export function normalDiff(edits: readonly Edit[]): string {
	let [line, other, text] = [0, 0, ''];
	for (let at = 0; at < edits.length; ) {
		if (edits[at]!.kind === ' ') {
			line++;
			other++;
			at++;
			continue;
		}

		const gone: string[] = [];
		const come: string[] = [];
		for (; at < edits.length && edits[at]!.kind !== ' '; at++) (edits[at]!.kind === '-' ? gone : come).push(edits[at]!.line);
		const letter = gone.length === 0 ? 'a' : come.length === 0 ? 'd' : 'c';
		text += `${range(line, gone.length)}${letter}${range(other, come.length)}\n`;
		text += gone.map(each => `< ${each}\n`).join('') + (letter === 'c' ? '---\n' : '') + come.map(each => `> ${each}\n`).join('');
		line += gone.length;
		other += come.length;
	}

	return text;
}

const range = (before: number, count: number): string =>
	count === 0 ? String(before) : count === 1 ? String(before + 1) : `${before + 1},${before + count}`;
