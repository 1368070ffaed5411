import {civilFromDays} from '../../api/values/time.js';
import type {ProgramContext} from '../../node/program/program.js';

/** Fields of a structured log line: text is quoted, numbers and booleans are not. */
export type Fields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface Klog {
	info(where: string, message: string, fields?: Fields): void;
	/** Only at `--v=2` and above. */
	debug(where: string, message: string, fields?: Fields): void;
	error(where: string, message: string, error: string, fields?: Fields): void;
	/** A line without structure, only at `--v=1` and above. */
	plain(where: string, text: string): void;
}

/** k8s.io/klog text format: `I1121 09:38:11.361069       1 server.go:715] "message" key="value"`, on stderr. */
export function klog(context: ProgramContext, verbosity: number): Klog {
	let lines = 0;
	const line = (severity: 'I' | 'E', where: string, text: string) =>
		context.log(`${klogHeader(severity, context.machine.sim.clock.now(), lines++)} ${where}] ${text}`, 'stderr');
	const write = (severity: 'I' | 'E', where: string, message: string, fields: Fields) => {
		const texts = Object.entries(fields).map(([key, value]) => ` ${key}=${valueText(value)}`);
		line(severity, where, `${goQuote(message)}${texts.join('')}`);
	};

	return {
		info: (where, message, fields = {}) => write('I', where, message, fields),
		debug: (where, message, fields = {}) => verbosity >= 2 && write('I', where, message, fields),
		error: (where, message, error, fields = {}) => write('E', where, message, {err: error, ...fields}),
		plain: (where, text) => verbosity >= 1 && line('I', where, text),
	};
}

/** Lines of one instant are told apart by their microseconds, as a real log's are. */
export function klogHeader(severity: 'I' | 'W' | 'E' | 'F', nowMs: number, line: number): string {
	const {month, day, hour, minute, second, millisecond} = civilTime(nowMs);
	const microsecond = (137 + 41 * line) % 1000;
	const time = `${two(hour)}:${two(minute)}:${two(second)}.${three(millisecond)}${three(microsecond)}`;
	return `${severity}${two(month)}${two(day)} ${time}       1`;
}

export const goQuote = (text: string): string => JSON.stringify(text);

function valueText(value: Fields[string]): string {
	// klog sets text of several lines off, each line by a tab.
	if (typeof value === 'string')
		return value.includes('\n') ? `<\n\t${value.replace(/\n$/, '').replaceAll('\n', '\n\t')}\n >` : goQuote(value);
	return JSON.stringify(value);
}

export const two = (value: number): string => String(value).padStart(2, '0');
export const three = (value: number): string => String(value).padStart(3, '0');

export interface CivilTime {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly millisecond: number;
}

/** UTC calendar time without the ambient clock. */
export function civilTime(ms: number): CivilTime {
	const days = Math.floor(ms / 86_400_000);
	const rest = ms - days * 86_400_000;
	return {
		...civilFromDays(days),
		hour: Math.floor(rest / 3_600_000),
		minute: Math.floor(rest / 60_000) % 60,
		second: Math.floor(rest / 1000) % 60,
		millisecond: Math.floor(rest % 1000),
	};
}
