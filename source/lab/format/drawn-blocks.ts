const beginning = /^\s*(?:#|<!--)\s*if:\s*([\w\s,-]*?)\s*(?:-->)?\s*$/;
const ending = /^\s*(?:#|<!--)\s*end\s*(?:-->)?\s*$/;

/**
 * Lines between `# if: NAME, NAME` and `# end` (in Markdown `<!-- if: NAME -->` and `<!-- end -->`) stand only where one of the
 * names was drawn. Blocks do not nest.
 */
export function drawnBlocks(text: string, names: ReadonlySet<string>): string {
	return inBlocks(text, names)
		.filter(line => line !== undefined)
		.join('\n');
}

/** The same with empty lines in the place of those that do not stand, so that a mistake keeps its line. */
export const blankedBlocks = (text: string, names: ReadonlySet<string>): string =>
	inBlocks(text, names)
		.map(line => line ?? '')
		.join('\n');

function inBlocks(text: string, names: ReadonlySet<string>): Array<string | undefined> {
	let kept = true;
	return text.split('\n').map(line => {
		const condition = beginning.exec(line);
		if (condition) kept = namesIn(condition[1]!).some(name => names.has(name));
		else if (ending.test(line)) kept = true;
		else return kept ? line : undefined;
		return undefined;
	});
}

/** The names that blocks of a text ask for, each with its line. */
export const blockNames = (text: string): Array<{readonly name: string; readonly line: number}> =>
	text.split('\n').flatMap((line, index) => namesIn(beginning.exec(line)?.[1] ?? '').map(name => ({name, line: index + 1})));

const namesIn = (list: string) => list.split(/[\s,]+/).filter(Boolean);
