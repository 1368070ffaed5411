import type {Machine} from '../../../../node/host/machine.js';
import type {Io} from '../../../../shell/command.js';
import {strftime} from '../../../../sim/strftime.js';
import type {WgetOptions} from './options.js';

/** Who hears what (src/log.c): all but `-q` the errors; without `-nv` all the rest; with it one line for each file. */
export interface Log {
	verbose(text: string): void;
	/** Errors. */
	loud(text: string): void;
	/** Said with `-nv` only. */
	brief(text: string): void;
	/** Said even with `-q`. */
	always(text: string): void;
	readonly isBrief: boolean;
}

export function createLog(io: Io<Machine>, {flags, values}: WgetOptions): Log {
	const [quiet, isBrief] = [flags.has('quiet'), flags.has('no-verbose') && !flags.has('verbose')];
	const file = values.get('output-file') ?? values.get('append-output');
	if (values.has('output-file')) io.machine.files.write(io.path(file!), '');
	const always = (text: string) => {
		if (file === undefined) io.err(text);
		else io.machine.files.write(io.path(file), text, {append: true});
	};
	const when = (heard: boolean) => (text: string) => {
		if (heard) always(text);
	};
	return {always, isBrief, verbose: when(!quiet && !isBrief), loud: when(!quiet), brief: when(!quiet && isBrief)};
}

/** `2026-11-21 08:56:18` */
export const dateTime = (ms: number): string => strftime('%F %T', ms);
