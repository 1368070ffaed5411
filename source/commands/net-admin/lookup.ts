/** A row of a table by a word that was typed: `constructor` is in none. */
export const lookup = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
	Object.hasOwn(table, word) ? table[word] : undefined;
