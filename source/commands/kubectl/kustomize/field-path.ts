/** `spec.containers.[name=web].image`, `metadata.annotations.[a/b]`, `a\.b`: a name, an index, `*`, or what an item of a list says. */
export function pathParts(path: string): string[] {
	const parts: string[] = [];
	for (const [, bracketed, plain] of path.matchAll(/\[([^\]]*)\]|((?:\\.|[^.[\\])+)/g))
		parts.push(bracketed === undefined ? plain!.replace(/\\(.)/g, '$1') : bracketed.includes('=') ? `[${bracketed}]` : bracketed);
	return parts;
}

/** Where a field stands. */
export interface Place {
	readonly holder: any;
	readonly key: string | number;
}

/** All places a path leads to. With `create`, maps on the way are made. */
export function placesAt(root: unknown, parts: readonly string[], create = false): Place[] {
	let places: Place[] = [{holder: {root}, key: 'root'}];
	for (const [i, part] of parts.entries()) {
		const isLast = i === parts.length - 1;
		places = places.flatMap(({holder, key}) => {
			const value = holder[key];
			if (Array.isArray(value)) return inList(value, part);
			if (value === null || typeof value !== 'object') return [];
			if (value[part] === undefined && create) value[part] = isLast ? undefined : {};
			return part === '*'
				? Object.keys(value).map(each => ({holder: value, key: each}))
				: part in value
					? [{holder: value, key: part}]
					: [];
		});
	}

	return places;
}

function inList(list: readonly any[], part: string): Place[] {
	const [, field, wanted] = /^\[([^=]*)=(.*)\]$/.exec(part) ?? [];
	if (field !== undefined)
		return list.flatMap((item, key) => (String(field === '' ? item : item?.[field]) === wanted ? [{holder: list, key}] : []));
	if (part === '*') return list.map((_, key) => ({holder: list, key}));
	return /^\d+$/.test(part) && Number(part) < list.length ? [{holder: list, key: Number(part)}] : [];
}
