/** As encoding/json writes: compact, keys of maps sorted by the caller, and nothing in it that HTML would read. */
export const goJson = (value: unknown): string =>
	JSON.stringify(value).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
