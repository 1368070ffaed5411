/** Text of students as text: never as a tag, an attribute or a character that a browser would not show. */
export const textHtml = (text: string | number): string =>
	String(text)
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
		// Marks that turn the direction of writing could make one answer look like another.
		.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
