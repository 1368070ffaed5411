import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {base64Length} from '../config-map/describe.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

/** Values are never shown, but for the token of a service account. */
export function describeSecret(secret: KubeObject, _context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, secret);
	lines.put(0, `\nType:\t${secret['type'] ?? ''}\n`).put(0, '\nData\n====\n');
	for (const key of Object.keys(secret['data'] ?? {}).sort()) {
		const shown =
			key === 'token' && secret['type'] === 'kubernetes.io/service-account-token'
				? decode(secret['data'][key])
				: `${base64Length(secret['data'][key])} bytes`;
		lines.put(0, `${key}:\t${shown}\n`);
	}

	return lines.aligned();
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Tokens are ASCII. */
function decode(text: string): string {
	let bits = 0;
	let held = 0;
	let out = '';
	for (const char of text.replace(/=+$/, '')) {
		bits = ((bits << 6) | alphabet.indexOf(char)) & 0xffff;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out += String.fromCharCode((bits >> held) & 0xff);
		}
	}

	return out;
}
