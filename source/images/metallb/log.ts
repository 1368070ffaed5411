import type {ProgramContext} from '../../node/program/program.js';
import {rfc3339} from '../../api/values/time.js';

export type LogFields = Readonly<Record<string, unknown>>;

/** go-kit's JSON logger: one object a line, its keys sorted. */
export function logLine(
	context: Pick<ProgramContext, 'log' | 'machine'>,
	caller: string,
	level: 'info' | 'error' | 'warn',
	fields: LogFields,
): void {
	const line: Record<string, unknown> = {...fields, caller, level, ts: rfc3339(context.machine.sim.clock.now())};
	context.log(
		JSON.stringify(
			Object.fromEntries(
				Object.keys(line)
					.sort()
					.map(key => [key, line[key]]),
			),
		),
		'stdout',
	);
}
