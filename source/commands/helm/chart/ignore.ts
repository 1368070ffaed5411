/** `.helmignore`: gitignore's rules without `**` (helm/pkg/ignore). */
export function ignoreRules(text: string): (path: string, isFolder: boolean) => boolean {
	const rules = text
		.split(/\r?\n/)
		.map(line => line.trim())
		.filter(line => line !== '' && !line.startsWith('#'))
		.map(rule);
	return (path, isFolder) => rules.some(({negated, foldersOnly, test}) => (isFolder || !foldersOnly) && test(path) !== negated);
}

function rule(line: string) {
	const negated = line.startsWith('!');
	const plain = negated ? line.slice(1) : line;
	const foldersOnly = plain.endsWith('/');
	const pattern = plain.replace(/\/$/, '');
	const expression = glob(pattern.replace(/^\//, ''));
	const whole = pattern.includes('/');
	return {negated, foldersOnly, test: (path: string) => expression.test(whole ? path : path.slice(path.lastIndexOf('/') + 1))};
}

/** path.Match: `*` and `?` stop at slashes. */
export function glob(pattern: string): RegExp {
	const body = pattern.replace(/\*\*\/|\*\*|\*|\?|\[[^\]]*\]|[.+^${}()|\\]/g, part => {
		if (part === '**/') return '(?:.*/)?';
		if (part === '**') return '.*';
		if (part === '*') return '[^/]*';
		if (part === '?') return '[^/]';
		return part.startsWith('[') ? part.replace(/^\[!/, '[^') : `\\${part}`;
	});
	try {
		return new RegExp(`^${body}$`);
	} catch {
		return /^\b$/;
	}
}
