import {httpDate} from '../../http/answer.js';

/** `$time_local`: 21/Nov/2026:02:00:00 +0000 */
export function accessTime(ms: number): string {
	const text = httpDate(ms);
	return `${text.slice(5, 7)}/${text.slice(8, 11)}/${text.slice(12, 16)}:${text.slice(17, 25)} +0000`;
}

/** `$time_iso8601`: 2026-11-21T02:00:00+00:00 */
export const isoTime = (ms: number): string => `${errorTime(ms).replaceAll('/', '-').replace(' ', 'T')}+00:00`;

/** Of the error log: 2026/11/21 02:00:00 */
export function errorTime(ms: number): string {
	const text = httpDate(ms);
	const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(text.slice(8, 11)) / 3 + 1;
	return `${text.slice(12, 16)}/${String(month).padStart(2, '0')}/${text.slice(5, 7)} ${text.slice(17, 25)}`;
}

/** As a log writes what a client sent: `"`, `\` and bytes that are no ASCII text become \xXX. */
export const escapeLog = (text: string): string =>
	/["\\\0-\u001F\u007F-\uFFFF]/.test(text)
		? text.replace(/["\\\0-\u001F\u007F-\uFFFF]/g, char => `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
		: text;

/** Seconds with three digits. */
export const seconds = (ms: number): string => (ms / 1000).toFixed(3);
