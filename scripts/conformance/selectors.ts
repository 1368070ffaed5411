import {matchesFields, parseFieldSelector, printFieldSelector} from '../../source/api/selector/field-selector.js';
import {matchesLabels, parseLabelSelector, printLabelSelector} from '../../source/api/selector/label-selector.js';
import {type Line, type Result, tally} from './case.js';

/** Label and field selectors: canonical text, matches, errors. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, ({given, expected}) => {
		try {
			const label = given.type === 'label';
			const canonical = label
				? printLabelSelector(parseLabelSelector(given.selector))
				: printFieldSelector(parseFieldSelector(given.selector));
			const matches = (given.sets ?? []).map((set: Record<string, string>) =>
				label
					? matchesLabels(parseLabelSelector(given.selector), set)
					: matchesFields(parseFieldSelector(given.selector), field => set[field] ?? ''),
			);
			if (expected.error !== undefined) return `${JSON.stringify(given)}: accepted, expected ${expected.error}`;
			if (expected.canonical !== undefined && canonical !== expected.canonical) return `${canonical} is not ${expected.canonical}`;
			return (
				!expected.matches ||
				String(matches) === String(expected.matches) ||
				`${JSON.stringify(given)}: matches ${matches}, not ${expected.matches}`
			);
		} catch (error) {
			return (
				expected.error === (error as Error).message ||
				`${JSON.stringify(given)}: ${(error as Error).message} | expected ${JSON.stringify(expected)}`
			);
		}
	});
}
