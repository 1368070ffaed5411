/**
 * Why a regular expression of a stranger is not run, or undefined. Repetition inside repetition, and alternatives that are repeated, can
 * take longer than the universe on the wrong text; neither is needed to look for something in a file.
 */
export function unsafePattern(source: string): string | undefined {
	try {
		new RegExp(source, 'm');
	} catch (error) {
		return `this is no regular expression (${(error as Error).message.replace(/^Invalid regular expression: /, '')})`;
	}
	const open: Array<{repeats: boolean; alternatives: boolean}> = [{repeats: false, alternatives: false}];
	for (let at = 0; at < source.length; at++) {
		const character = source[at]!;
		if (character === '\\') at++;
		else if (character === '[') at = endOfSet(source, at);
		else if (character === '(') open.push({repeats: false, alternatives: false});
		else if (character === '|') open.at(-1)!.alternatives = true;
		else if (character === ')') {
			const group = open.pop()!;
			const repeated = /^(?:[*+]|\{\d+,\d*\}|\{\d{2,}\})/.test(source.slice(at + 1));
			if (repeated && (group.repeats || group.alternatives))
				return 'a repeated group holds another repetition or alternatives; that can take for ever, so write it without the outer repetition';
			open.at(-1)!.repeats ||= group.repeats || repeated;
		} else if (character === '*' || character === '+' || /^\{\d+,\d*\}/.test(source.slice(at))) open.at(-1)!.repeats = true;
	}
	return undefined;
}

function endOfSet(source: string, start: number): number {
	for (let at = start + 1; at < source.length; at++) {
		if (source[at] === '\\') at++;
		else if (source[at] === ']' && at > start + 1) return at;
	}
	return source.length;
}
