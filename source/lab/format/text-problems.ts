import {languages, type LabFiles} from '../lab.js';
import type {Problem} from './yaml-text.js';

/** Both languages have the same sections: where the second one leaves the first. */
export function headingProblems(files: LabFiles, folder: string): Problem[] {
	const [first, ...others] = languages;
	const wanted = headings(files.get(`${first}.md`) ?? '');
	return others.flatMap(language => {
		const text = files.get(`${language}.md`) ?? '';
		const found = headings(text);
		const at = Math.max(wanted.length, found.length);
		const index = Array.from({length: at}, (_, i) => i).find(i => wanted[i]?.level !== found[i]?.level);
		if (index === undefined || text.trim() === '' || wanted.length === 0) return [];
		const [ours, theirs] = [wanted[index], found[index]];
		const what = ours ? `${first}.md has "${ours.text}" (line ${ours.line}) here` : `${first}.md has no heading here`;
		const line = theirs?.line ?? text.trimEnd().split('\n').length;
		return [{file: `${folder}/${language}.md`, line, column: 1, message: `${what}; the texts of both languages have the same headings`}];
	});
}

/** Lines that begin with `#` inside a fence are comments of a shell. */
function headings(text: string): Array<{level: number; text: string; line: number}> {
	let fenced = false;
	return text.split('\n').flatMap((each, index) => {
		if (each.startsWith('```')) fenced = !fenced;
		const level = fenced ? undefined : /^(#{1,6}) /.exec(each)?.[1]?.length;
		return level === undefined ? [] : [{level, text: each.trim(), line: index + 1}];
	});
}
