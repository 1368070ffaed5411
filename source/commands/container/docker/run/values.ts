import type {RestartPolicy} from '../../../../node/engine/model.js';
import {goDurationMs} from '../../../kubectl/flags/go-duration.js';
import {failure} from '../failure.js';
import type {Values} from '../options.js';
import {usageText} from '../options.js';

const units: Readonly<Record<string, number>> = {b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4};

const wrong = (path: string, name: string, text: string, why: string) =>
	failure(
		`invalid argument ${JSON.stringify(text)} for "${name}" flag: ${why}${usageText({path, usage: `${path} [OPTIONS] IMAGE [COMMAND] [ARG...]`})}`,
		125,
	);

/** `512m` in bytes. */
export function bytesOf(path: string, name: string, text: string): number {
	const match = /^(\d+(?:\.\d+)?)([bkmgt]?)(?:i?b)?$/i.exec(text);
	if (!match) throw wrong(path, name, text, `invalid size: '${text}'`);
	return Math.floor(Number(match[1]) * units[match[2]!.toLowerCase() || 'b']!);
}

export function nanoCpus(path: string, text: string): number {
	if (!/^\d*\.?\d+$/.test(text)) throw wrong(path, '--cpus', text, 'failed to parse ' + text + ' as a rational number');
	return Math.round(Number(text) * 1e9);
}

export function durationMs(path: string, name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const found = goDurationMs(text);
	if (found === undefined) throw wrong(path, `--${name}`, text, `time: invalid duration ${JSON.stringify(text)}`);
	return found;
}

/** `on-failure:3` */
export function restartPolicy(text: string | undefined): RestartPolicy {
	const [name = '', count] = (text ?? 'no').split(':');
	const said = (why: string) => failure(`docker: ${why}\n\nRun 'docker run --help' for more information`, 125);
	if (text?.startsWith(':')) throw said(`invalid restart policy format: no policy provided before colon`);
	if (count !== undefined && !/^\d+$/.test(count)) throw said('invalid restart policy format: maximum retry count must be an integer');
	if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(name))
		throw said(
			`Error response from daemon: invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
		);
	if (count !== undefined && name !== 'on-failure')
		throw said(`Error response from daemon: invalid restart policy: maximum retry count can only be used with 'on-failure'`);
	return {name: (name || 'no') as RestartPolicy['name'], maximum: Number(count ?? 0)};
}

/** `a=b` pairs; a name alone is taken from the client's own environment, or is empty for a label. */
export function pairs(list: readonly string[], own?: Readonly<Record<string, string>>): Record<string, string> {
	const result: Record<string, string> = {};
	for (const text of list) {
		const equals = text.indexOf('=');
		if (equals === 0) throw failure(`docker: invalid environment variable: ${text}\n\nRun 'docker run --help' for more information`, 125);
		if (equals > 0) result[text.slice(0, equals)] = text.slice(equals + 1);
		else if (!own) result[text] = '';
		else if (own[text] !== undefined) result[text] = own[text];
	}

	return result;
}

/** Lines of an --env-file or --label-file. */
export const fileLines = (text: string): string[] =>
	text
		.split('\n')
		.map(line => line.trimStart())
		.filter(line => line !== '' && !line.startsWith('#'));

/** The one that was given, if any of these. */
export const eitherOf = (values: Values, ...names: readonly string[]): string | undefined =>
	names.map(name => values.string(name)).find(value => value !== undefined);
