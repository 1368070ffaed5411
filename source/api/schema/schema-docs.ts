/**
 * The field descriptions of `kubectl explain`. They are ten times the schema, so they are not part of it: the program says
 * how to read generated/schema-docs.json, which happens at the first `explain`. Text by type name, then field; the empty field is the type itself.
 */
export type SchemaDocs = Readonly<Record<string, Readonly<Record<string, string>>>>;

let load: () => SchemaDocs | undefined = () => undefined;
let docs: SchemaDocs | undefined;

/** `read` is called at the first question. */
export function provideSchemaDocs(read: () => SchemaDocs | undefined): void {
	load = read;
	docs = undefined;
}

/** Undefined when there is no description, or nobody has handed them in. */
export function docOf(type: string, field = ''): string | undefined {
	docs ??= load();
	return docs?.[type]?.[field];
}
