import {specialPage, statusLine} from '../../source/images/nginx/answer/pages.js';
import {type Line, type Result, tally} from './case.js';

/** The pages that nginx makes itself, with server_tokens off. */
export const run = (lines: readonly Line[]): Result =>
	tally(lines, ({given, expect}) => {
		const body = specialPage(given.status, 'nginx');
		if (statusLine(given.status) !== expect.statusLine) return `status line ${statusLine(given.status)}`;
		if (body !== expect.body) return `body ${JSON.stringify(body)}`;
		return String(body.length) === expect.headers['Content-Length'] || `length ${body.length}`;
	});
