/** Pages of http.server, which were written anew in 3.11. */
const isNew = (version: string): boolean => Number(version.split('.')[1]) >= 11;

const old = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"';
const dtd = '"http://www.w3.org/TR/html4/strict.dtd">';

export const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;');

export function listingPage(version: string, path: string, names: ReadonlyArray<readonly [shown: string, link: string]>): string {
	const title = `Directory listing for ${escapeHtml(path)}`;
	const head = isNew(version)
		? ['<!DOCTYPE HTML>', '<html lang="en">', '<head>', '<meta charset="utf-8">']
		: [`${old} ${dtd}`, '<html>', '<head>', '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'];
	const rows = names.map(([shown, link]) => `<li><a href="${link}">${escapeHtml(shown)}</a></li>`);
	return [
		...head,
		`<title>${title}</title>`,
		'</head>',
		'<body>',
		`<h1>${title}</h1>`,
		'<hr>',
		'<ul>',
		...rows,
		'</ul>',
		'<hr>',
		'</body>',
		'</html>',
		'',
	].join('\n');
}

export interface Failure {
	readonly code: number;
	readonly name: string;
	readonly message: string;
	readonly explanation: string;
}

export function failurePage(version: string, {code, name, message, explanation}: Failure): string {
	const head = isNew(version)
		? '<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">'
		: `${old}\n        ${dtd}\n<html>\n    <head>\n        <meta http-equiv="Content-Type" content="text/html;charset=utf-8">`;
	const shown = isNew(version) ? String(code) : `HTTPStatus.${name}`;
	return `${head}
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: ${code}</p>
        <p>Message: ${escapeHtml(message)}.</p>
        <p>Error code explanation: ${shown} - ${explanation}.</p>
    </body>
</html>
`;
}
