import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {goFlags} from '../go/flags.js';
import {versionIn} from '../version.js';

export const executable = '/home/app/podinfo';

const booleans = ['random-delay', 'random-error', 'unhealthy', 'unready', 'h2c', 'version'];

/** Flags, and what `PODINFO_<FLAG>` in the environment says. */
export function wordsOf({argv, env}: ProgramContext): ReadonlyMap<string, string> {
	const fromEnvironment = Object.entries(env).flatMap(([name, value]) =>
		name.startsWith('PODINFO_') ? [[name.slice(8).toLowerCase().replaceAll('_', '-'), value] as const] : [],
	);
	return new Map([...fromEnvironment, ...goFlags(argv.slice(1), booleans).values]);
}

export function settingsOf(context: ProgramContext) {
	const words = wordsOf(context);
	const version = versionIn(context.machine, executable, '6.9.2');
	return {
		version,
		port: words.get('port') ?? '9898',
		level: words.get('level') ?? 'info',
		color: words.get('ui-color') ?? '#34577c',
		logo: words.get('ui-logo') ?? 'https://raw.githubusercontent.com/stefanprodan/podinfo/gh-pages/cuddle_clap.gif',
		message: words.get('ui-message') ?? `greetings from podinfo v${version}`,
	};
}

/** A line as zap writes it. */
export function logged(
	context: ProgramContext,
	level: string,
	caller: string,
	msg: string,
	more: Readonly<Record<string, string>>,
): string {
	const ms = context.machine.sim.clock.now();
	return JSON.stringify({level, ts: `${strftime('%Y-%m-%dT%H:%M:%S', ms)}.${String(ms % 1000).padStart(3, '0')}Z`, caller, msg, ...more});
}
