import {jsonPath} from '../../source/commands/kubectl/output/jsonpath.js';
import {type Line, type Result, tally} from './case.js';

/** Templates in kubectl's JSONPath dialect. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, ({given, expected}) => {
		let output: string;
		try {
			output = jsonPath(given.template, {allowMissingKeys: given.allowMissingKeys}).print(given.data);
		} catch (error) {
			return (error as Error).message === expected.error || `error ${(error as Error).message}`;
		}

		const same = expected.fieldsAnyOrder
			? sortedWords(output) === sortedWords(expected.fieldsAnyOrder.join(' '))
			: output === expected.output;
		return same || `got ${output}`;
	});
}

const sortedWords = (text: string) => text.split(/\s+/).filter(Boolean).sort().join(' ');
