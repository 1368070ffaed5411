import type {Shell} from '../shell.js';

/** Runs what is no part of the shell itself, as a child that the terminal can stop (ctrl-z). */
export async function inForeground(shell: Shell, text: () => string, run: (shell: Shell) => Promise<number>): Promise<number> {
	const {jobs, terminal} = shell.services;
	if (!shell.interactive || shell.subshell) return run(shell);
	return jobs.front({
		text,
		nextPid: () => shell.newPid(),
		signal: shell.signal,
		run: signal => run(childOf(shell, signal)),
		onStop: job => terminal?.sink(`\n${jobs.describe(job)}`, 'stderr'),
	});
}

/** The same shell, as a child sees it that can be interrupted and stopped by itself. */
const childOf = (shell: Shell, signal: AbortSignal): Shell => Object.create(shell, {signal: {value: signal}}) as Shell;
