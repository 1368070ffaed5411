/** Order of merged lists: what the patch names keeps the patch's order, what only the server has stays where it was, relative to the rest. */
export type Json = Record<string, any>;

const same = (a: any, b: any, mergeKey: string): boolean => (mergeKey ? a?.[mergeKey] === b?.[mergeKey] : a === b);
const indexIn = (list: readonly any[], value: any, mergeKey: string): number => list.findIndex(other => same(other, value, mergeKey));

export function partition(list: readonly any[], named: readonly any[], mergeKey: string): {inPatch: any[]; serverOnly: any[]} {
	const isNamed = (value: any) => indexIn(named, value, mergeKey) !== -1;
	return {inPatch: list.filter(isNamed), serverOnly: list.filter(value => !isNamed(value))};
}

export function keepOrder(
	{inPatch, serverOnly}: {inPatch: any[]; serverOnly: any[]},
	patchOrder: readonly any[],
	serverOrder: readonly any[],
	mergeKey: string,
): any[] {
	const left = sorted(serverOnly, serverOrder, mergeKey);
	const right = sorted(inPatch, patchOrder, mergeKey);
	const result: any[] = [];
	let i = 0;
	let j = 0;
	while (i < left.length || j < right.length) {
		if (i >= left.length) result.push(right[j++]);
		else if (j >= right.length) result.push(left[i++]);
		else {
			const a = indexIn(serverOrder, left[i], mergeKey);
			const b = indexIn(serverOrder, right[j], mergeKey);
			result.push(a !== -1 && b !== -1 && a < b ? left[i++] : right[j++]);
		}
	}

	return result;
}

function sorted(list: readonly any[], order: readonly any[], mergeKey: string): any[] {
	const position = (value: any) => {
		const at = indexIn(order, value, mergeKey);
		return at === -1 ? Number.MAX_SAFE_INTEGER : at;
	};
	return [...list].sort((a, b) => position(a) - position(b));
}
