/** The real one reckons ages by the real clock. */
const age = /<invalid>|\b(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+(?:ms|s|m|h|d)\b/g;
/** Without what may differ. */
export const normal = (text: string): string =>
	text
		.replaceAll(/https?:\/\/(127\.0\.0\.1|172\.25\.254\.100):\d+/g, '<server>')
		.replaceAll(/\/tmp\/[A-Za-z]+-\d+\/\S*|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d{4}/g, '<file>')
		.replaceAll(age, '<age>')
		.replaceAll(/ +/g, ' ');
