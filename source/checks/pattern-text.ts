import {isTold} from './told.js';

/** A text and, where it is told, what shall stand in it. */
export interface Wanted {
	readonly contains?: string;
	readonly matches?: string;
}

const untold = 'what the objective says';

/** What is asked of a text, in words; empty when nothing is. What the objective does not tell is for the learner to find. */
export function wantedInText({contains, matches}: Wanted, title?: string): string {
	const parts = [contains && (isTold(contains, title) ? `"${contains}"` : untold), matches && patternText(matches, title)];
	return [...new Set(parts.filter(Boolean))].join(' and ');
}

/**
 * What a pattern asks for, in words: a line, or a text, where it is nothing but one. What else a pattern says is for machines: the
 * objective above it says it better.
 */
function patternText(pattern: string, title: string | undefined): string {
	const [, begins = '', middle = '', ends = ''] = /^(\^?)(.*?)((?:\\s\*)?\$?)$/.exec(pattern) ?? [];
	const plain = middle.replaceAll(/\\([^A-Za-z0-9])/g, '$1');
	if (/[\\^$.*+?()[\]{}|]/.test(middle.replaceAll(/\\[^A-Za-z0-9]/g, '')) || !isTold(plain, title)) return untold;
	if (!begins) return `"${plain}"`;
	return ends.endsWith('$') ? `a line "${plain}"` : `a line that begins with "${plain}"`;
}
