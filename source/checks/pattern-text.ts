/**
 * What a pattern asks for, in words: a line, or a text, where it is nothing but one. What else a pattern says is for machines: the
 * objective above it says it better.
 */
export function patternText(pattern: string): string {
	const [, begins = '', middle = '', ends = ''] = /^(\^?)(.*?)((?:\\s\*)?\$?)$/.exec(pattern) ?? [];
	const plain = middle.replaceAll(/\\([^A-Za-z0-9])/g, '$1');
	if (/[\\^$.*+?()[\]{}|]/.test(middle.replaceAll(/\\[^A-Za-z0-9]/g, ''))) return 'what the objective says';
	if (!begins) return `"${plain}"`;
	return ends.endsWith('$') ? `a line "${plain}"` : `a line that begins with "${plain}"`;
}
