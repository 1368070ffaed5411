/**
 * The field descriptions of `kubectl explain`. They are ten times the schema, so they are not part of it: the program hands in the contents
 * of generated/schema-docs.json before the first `explain`. Text by type name, then field; the empty field is the type itself.
 */
export type SchemaDocs = Readonly<Record<string, Readonly<Record<string, string>>>>;

let docs: SchemaDocs | undefined;

export function provideSchemaDocs(all: SchemaDocs): void {
	docs = all;
}

/** Undefined while nobody has handed the descriptions in. */
export const docOf = (type: string, field = ''): string | undefined => docs?.[type]?.[field];
