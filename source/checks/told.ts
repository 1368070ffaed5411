/** Stands in a reason for a value that the objective's title does not tell. */
export const asAsked = 'as the objective says';

/** Whether what is expected is left to the objective's title, and so means nothing without the check it belongs to. */
export const isUntold = (expected: string): boolean => expected.includes('the objective says');

/**
 * Whether a reason may tell this value: it stands in the title. Any other is for the learner to find, and a reason names only where
 * it belongs. Without a title everything is told.
 */
export function isTold(value: string, title: string | undefined): boolean {
	if (title === undefined) return true;
	const word = value.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
	return new RegExp(`(?<![\\w.-])${word}(?!\\w|[.-]\\w)`).test(title);
}
