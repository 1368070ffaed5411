import type {ProgramContext} from '../../node/program/program.js';
import {strftime} from '../../sim/strftime.js';

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
	const microsecond = (137 + 41 * line) % 1000;
	return `${severity}${strftime('%m%d %T.%3N', nowMs)}${String(microsecond).padStart(3, '0')}       1`;
}

export const goQuote = (text: string): string => JSON.stringify(text);

function valueText(value: Fields[string]): string {
	// klog sets text of several lines off, each line by a tab.
	if (typeof value === 'string')
		return value.includes('\n') ? `<\n\t${value.replace(/\n$/, '').replaceAll('\n', '\n\t')}\n >` : goQuote(value);
	return JSON.stringify(value);
}
