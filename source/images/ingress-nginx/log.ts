import type {ProgramContext} from '../../node/program/program.js';
import {klogHeader} from '../kube-proxy/klog.js';

export type Severity = 'I' | 'W' | 'E' | 'F';

/** What a line may tell: text is quoted, all else is JSON. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The controller's log: klog's two forms, of process 7 (dumb-init is the first of the container). */
export interface Log {
	/** `"message" key="value"` */
	info(where: string, message: string, fields?: LogFields): void;
	error(where: string, error: string, message: string, fields?: LogFields): void;
	/** As it is. */
	plain(severity: Severity, where: string, text: string): void;
}

export function logOf(context: Pick<ProgramContext, 'log' | 'machine'>): Log {
	let lines = 0;
	const plain: Log['plain'] = (severity, where, text) => {
		const header = klogHeader(severity, context.machine.sim.clock.now(), lines++).replace(/1$/, '7');
		context.log(`${header} ${where}] ${text}`, 'stderr');
	};

	const structured = (message: string, fields: LogFields) =>
		JSON.stringify(message) +
		Object.entries(fields)
			.map(([key, value]) => ` ${key}=${JSON.stringify(value ?? null)}`)
			.join('');
	return {
		plain,
		info: (where, message, fields = {}) => plain('I', where, structured(message, fields)),
		error: (where, error, message, fields = {}) => plain('E', where, structured(message, {err: error, ...fields})),
	};
}

/** For work whose lines nobody reads: the trial runs of the webhook. */
export const silence: Log = {info() {}, error() {}, plain() {}};
