const redirection = /^(\d+|\{\w+\})?(<<<|<>|<&|>&|&>>|&>|>>|>\||<|>)(?!\()/;

/** A line of simple commands as bash prints it: words as they were written, one blank apart, redirections behind them. */
export function printedLine(source: string): string {
	const segments: string[] = [];
	let words: string[] = [];
	let redirections: string[] = [];
	const close = () => {
		segments.push([...words, ...redirections].join(' '));
		words = [];
		redirections = [];
	};
	for (let at = 0; at < source.length; ) {
		const rest = source.slice(at);
		const blank = /^(?:\s|\\\n)+/.exec(rest)?.[0];
		const operator = /^(?:&&|\|\||\|&?)/.exec(rest)?.[0];
		const found = redirection.exec(rest);
		if (blank) at += blank.length;
		else if (operator) {
			close();
			segments.push(operator === '|&' ? '2>&1 |' : operator);
			at += operator.length;
		} else if (found) {
			at += found[0].length;
			at += /^\s*/.exec(source.slice(at))![0].length;
			const end = wordEnd(source, at);
			redirections.push(redirected(found[1], found[2]!, source.slice(at, end)));
			at = end;
		} else {
			const end = wordEnd(source, at);
			words.push(source.slice(at, end));
			at = end;
		}
	}

	close();
	return segments.join(' ');
}

function redirected(descriptor: string | undefined, operator: string, target: string): string {
	if (operator === '>&' || operator === '<&') return `${descriptor ?? (operator === '>&' ? '1' : '0')}${operator}${target}`;
	return `${descriptor ?? ''}${operator} ${target}`;
}

const closing: Readonly<Record<string, string>> = {'(': ')', '{': '}'};

/** Where a word ends: quotes, substitutions and parentheses are passed over; `[[ ]]` is one word. */
function wordEnd(source: string, start: number): number {
	if (source.startsWith('[[', start)) return afterText(source, start, ']]');
	let at = start;
	while (at < source.length && !/[\s|&<>;]/.test(source[at]!)) at = afterPiece(source, at);
	if (at < source.length && /^[<>]\(/.test(source.slice(at))) return wordEnd(source, afterPiece(source, at + 1));
	return Math.max(at, start + 1);
}

function afterPiece(source: string, at: number): number {
	const character = source[at]!;
	if (character === '\\') return at + 2;
	if (character === "'" || character === '`') return afterText(source, at + 1, character);
	if (character === '"') {
		let end = at + 1;
		while (end < source.length && source[end] !== '"')
			end = source[end] === '$' ? afterPiece(source, end) : end + (source[end] === '\\' ? 2 : 1);
		return end + 1;
	}

	if (character === '$' && /[({]/.test(source[at + 1] ?? '')) return balanced(source, at + 1);
	return character === '(' ? balanced(source, at) : at + 1;
}

function balanced(source: string, start: number): number {
	const end = closing[source[start]!]!;
	let at = start + 1;
	while (at < source.length && source[at] !== end) at = afterPiece(source, at);
	return at + 1;
}

const afterText = (source: string, start: number, text: string) => {
	const found = source.indexOf(text, start);
	return found < 0 ? source.length : found + text.length;
};
