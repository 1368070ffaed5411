/** A label selector in canonical spelling (`a=b,c in (d,e)`, requirements by key); undefined when it cannot be read. */
export function readSelector(text: string): string | undefined {
	const parts = splitOutsideParentheses(text);
	const requirements = parts?.map(readRequirement);
	if (!requirements || requirements.some(part => part === undefined)) return undefined;
	return requirements
		.map(part => part!)
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(part => part.text)
		.join(',');
}

function splitOutsideParentheses(text: string): string[] | undefined {
	const parts = [''];
	let depth = 0;
	for (const character of text) {
		if (character === '(') depth++;
		if (character === ')') depth--;
		if (depth < 0) return undefined;
		if (character === ',' && depth === 0) parts.push('');
		else parts[parts.length - 1] += character;
	}

	return depth === 0 ? parts.map(part => part.trim()) : undefined;
}

function readRequirement(part: string): {key: string; text: string} | undefined {
	const key = /^!?[A-Za-z0-9./_-]+/.exec(part)?.[0];
	if (!key) return undefined;
	const rest = part.slice(key.length).trim();
	if (rest === '') return {key: key.replace('!', ''), text: key};
	const set = /^(in|notin)\s*\(([^()]*)\)$/.exec(rest);
	if (set) {
		const values = set[2]!
			.split(',')
			.map(value => value.trim())
			.sort();
		return {key, text: `${key} ${set[1]} (${values.join(',')})`};
	}

	const equality = /^(==|=|!=)\s*([A-Za-z0-9._-]*)$/.exec(rest);
	return equality ? {key, text: `${key}${equality[1] === '!=' ? '!=' : '='}${equality[2]}`} : undefined;
}
