/**
 * A function that templates call: the types of its parameters, and what it does. One letter each: `a` anything, `s` string, `i` int,
 * `b` bool, `f` float64, `l` list, `m` map; `*` after the last one takes any number of it.
 */
export type GoFunction = readonly [types: string, run: (...args: any[]) => unknown];
export type GoFunctions = ReadonlyMap<string, GoFunction>;

export const typeTexts: Readonly<Record<string, string>> = {
	a: 'interface {}',
	s: 'string',
	i: 'int',
	b: 'bool',
	f: 'float64',
	l: '[]interface {}',
	m: 'map[string]interface {}',
};

export const functionsOf = (...tables: ReadonlyArray<Readonly<Record<string, GoFunction>>>): GoFunctions =>
	new Map(tables.flatMap(table => Object.entries(table)));
