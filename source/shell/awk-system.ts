/**
 * awk's `system()` does not exist in just-bash; `command | getline` does. So `system(E)` becomes a function that reads the command's
 * output line by line, its exit status behind a separator that no text holds.
 */
export function rewriteSystem(program: string): string {
	if (!/\bsystem\s*\(/.test(program)) return program;
	const rewritten = outsideStrings(program, code => code.replaceAll(/\bsystem\s*\(/g, '__system('));
	return rewritten === program ? program : `${rewritten}\n${systemFunction}`;
}

const systemFunction = String.raw`function __system(c, l, r) { r = 0; gsub(/'/, "'\\''", c); c = "__sh 'status=0; " c "\nstatus=$?; printf \"\\034%s\\n\" $status'"
  while ((c | getline l) > 0) if (substr(l, 1, 1) == "\034") r = substr(l, 2) + 0; else print l
  close(c); return r }`;

/** Applies `change` to the parts of an awk program that are neither strings, comments nor regular expressions. */
function outsideStrings(program: string, change: (code: string) => string): string {
	let result = '';
	let code = '';
	const flush = () => {
		result += change(code);
		code = '';
	};
	for (let at = 0; at < program.length; ) {
		const character = program[at]!;
		const end =
			character === '"'
				? closing(program, at, '"')
				: character === '#'
					? lineEnd(program, at)
					: character === '/' && /(^|[(,{;!&|~=]|\n)\s*$/.test(code.trimEnd() === '' ? '' : code)
						? closing(program, at, '/')
						: at;
		if (end > at) {
			flush();
			result += program.slice(at, end);
			at = end;
		} else {
			code += character;
			at++;
		}
	}

	flush();
	return result;
}

function closing(text: string, start: number, quote: string): number {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === quote) return at + 1;
		else if (text[at] === '\n') return start;
	}

	return start;
}

function lineEnd(text: string, start: number): number {
	const end = text.indexOf('\n', start);
	return end < 0 ? text.length : end;
}
