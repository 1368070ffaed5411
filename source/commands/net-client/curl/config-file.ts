const escapes: Readonly<Record<string, string>> = {t: '\t', n: '\n', r: '\r', v: '\v'};

/** The options of a file of `-K`, or of ~/.curlrc, line by line (src/tool_parsecfg.c): `name = "value"`, `-x value`, `# comment`. */
export function configWords(text: string): readonly string[][] {
	return text.split('\n').flatMap(line => {
		const trimmed = line.trim();
		if (trimmed === '' || trimmed.startsWith('#')) return [];
		const dashed = trimmed.startsWith('-');
		const [, name = '', rest = ''] = (dashed ? /^(\S+)\s*(.*)$/ : /^([^\s=:]+)[\s=:]*(.*)$/).exec(trimmed) ?? [];
		const value = rest.startsWith('"') ? quoted(rest) : /^\S*/.exec(rest)![0];
		return [[dashed ? name : `--${name}`, ...(value === '' && !rest.startsWith('"') ? [] : [value])]];
	});
}

const quoted = (text: string): string =>
	/^"((?:\\.|[^"\\])*)/s.exec(text)![1]!.replaceAll(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
