import {evaluateJsonPath} from './jsonpath-evaluate.js';
import {parseJsonPath} from './jsonpath-parse.js';

/** A JSONPath template in kubectl's dialect, ready to be filled with data. Errors are thrown in client-go's words. */
export interface JsonPath {
	/** All results as text, one after the other. */
	print(data: unknown): string;
	/** The values themselves, a list for each `{...}`. */
	find(data: unknown): unknown[][];
}

export function jsonPath(template: string, options: {allowMissingKeys: boolean}): JsonPath {
	const nodes = parseJsonPath(template);
	return {
		print: data => evaluateJsonPath(nodes, data, options).text,
		find: data => evaluateJsonPath(nodes, data, options).values,
	};
}

/** `.metadata.name`, `metadata.name` and `{.metadata.name}` mean the same in --sort-by, custom columns and --for (RelaxedJSONPathExpression). */
export function relaxed(expression: string): string {
	if (expression === '') return expression;
	const match = /^\{?(?:\.)?([^{}]*)\}?$/s.exec(expression);
	if (!match || expression.startsWith('{') !== expression.endsWith('}')) {
		throw new Error(`unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`);
	}

	return `{.${match[1]}}`;
}
