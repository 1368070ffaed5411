import {humanDuration, shortHumanDuration} from '../../source/kinds/age.js';
import {type Line, type Result, tally} from './case.js';

/** Ages as tables and descriptions print them. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, ({given: {milliseconds}, expected}) => {
		const [human, short] = [humanDuration(milliseconds), shortHumanDuration(milliseconds)];
		return (human === expected.human && short === expected.short) || `${human} ${short}`;
	});
}
