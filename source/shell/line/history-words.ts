/** The words of a command as the history counts them: quotes hold them together, operators stand alone. */
export function historyWords(line: string): string[] {
	return line.match(word) ?? [];
}

const word =
	/(?:\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"?|'[^']*'?|\$\([^)]*\)|[^\s\\"'();<>|&])+|\d*(?:<<<|<<-?|>>|[<>]&|&>>?|[<>])|&&|\|\||;;|[();|&]/g;

/** What may follow an event: `:2`, `:^`, `:$`, `:*`, `:1-2`, `:2*`, `:2-`, and without a colon `^`, `$`, `*`, `-`. */
export const designator = /^(?::(?:\d+-\d+|\d+-\$|\d+[*-]?|-\d+|-|[\^$*%])|[\^$*])/;

/** The words that a designator names; undefined: there are none such. */
export function designated(line: string, name: string): string | undefined {
	const words = historyWords(line);
	const last = words.length - 1;
	const [from, to] = rangeOf(name.replace(/^:/, ''), last);
	if (from > last + 1 || to > last || from < 0) return undefined;
	return words.slice(from, to + 1).join(' ');
}

function rangeOf(name: string, last: number): [from: number, to: number] {
	if (name === '^') return [1, 1];
	if (name === '$') return [last, last];
	if (name === '*') return [1, last];
	if (/^\d+\*$/.test(name)) return [Number.parseInt(name, 10), last];
	const [, from = '', dash, to = ''] = /^(\d*)(-?)(\d*|\$)$/.exec(name)!;
	const start = from === '' ? 0 : Number(from);
	if (!dash) return [start, start];
	return [start, to === '' ? last - 1 : to === '$' ? last : Number(to)];
}

/** What may follow those: `:h`, `:t`, `:r`, `:e`, `:p`, `:q`, `:s/old/new/`, `:gs/old/new/`, `:&`. */
export const modifier = /^:(?:[htrepq]|g?s(?<mark>[^\s\w])(?:(?!\k<mark>).)*\k<mark>(?:(?!\k<mark>).)*(?:\k<mark>|$))/;

/** The text changed; undefined: nothing in it could be. */
export function modified(text: string, name: string): string | undefined {
	switch (name[1]) {
		case 'h':
			return text.replace(/\/[^/]*$/, '');
		case 't':
			return text.replace(/^.*\//s, '');
		case 'r':
			return text.replace(/\.[^./]*$/, '');
		case 'e':
			return /\.[^./]*$/.exec(text)?.[0] ?? '';
		case 'q':
			return `'${text.replaceAll("'", "'\\''")}'`;
		case 'p':
			return text;
		default:
			return substituted(text, name);
	}
}

function substituted(text: string, name: string): string | undefined {
	const everywhere = name.startsWith(':gs');
	const mark = name[everywhere ? 3 : 2]!;
	const [, old = '', next = ''] = name.slice(everywhere ? 2 : 1).split(mark);
	if (old === '' || !text.includes(old)) return undefined;
	const put = () => next.replaceAll(/\\?&/g, each => (each === '&' ? old : '&'));
	return everywhere ? text.replaceAll(old, put) : text.replace(old, put);
}
