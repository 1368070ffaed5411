/** The real one reckons ages by the real clock. */
const age = /<invalid>|\b(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+(?:ms|s|m|h|d)\b/g;
/** Without what may differ. */
export const normal = (text: string): string =>
	text
		.replaceAll(/https?:\/\/(127\.0\.0\.1|172\.25\.254\.100):\d+/g, '<server>')
		.replaceAll(/\/tmp\/[A-Za-z]+-\d+\/\S*|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d{4}/g, '<file>')
		.replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>')
		.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>')
		.replaceAll(age, '<age>')
		.replaceAll(/ +/g, ' ');
