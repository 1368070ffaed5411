const lineMax = 120;
const troubleMax = 240;

/** Of a text that lacks what is asked for, the line that comes nearest to it; undefined when none does. */
export function nearestLine(text: string, {contains = '', matches = ''}: {readonly contains?: string; readonly matches?: string}) {
	const words = [...new Set(`${contains} ${matches.replaceAll(/\\[A-Za-z]/g, ' ')}`.match(/\w{3,}/g))];
	let best: {line: string; hits: number} | undefined;
	for (const line of linesOf(text)) {
		const hits = words.filter(word => line.includes(word)).length;
		if (hits * 2 > words.length && hits > (best?.hits ?? 0)) best = {line, hits};
	}
	return best && quoted(best.line);
}

/** How a text begins: `"first line" and 3 more lines`. */
export function beginning(text: string): string {
	const [first, ...rest] = linesOf(text);
	if (first === undefined) return 'nothing';
	return `${quoted(first)}${rest.length === 0 ? '' : ` and ${rest.length} more ${rest.length === 1 ? 'line' : 'lines'}`}`;
}

/** What went wrong stands at the end; but not in the advice to read the manual, nor in the word that something else failed. */
export function lastWord(text: string): string {
	const lines = linesOf(text);
	const telling = lines.filter(line => !/^(Run|See) '.*--help'|^command terminated with/.test(line));
	return quoted((telling.length > 0 ? telling : lines).at(-1) ?? '', troubleMax);
}

const linesOf = (text: string) => text.split('\n').filter(line => line.trim() !== '');
const quoted = (line: string, max = lineMax) => JSON.stringify(line.trim().slice(0, max));
