import {capture, textSource} from '../run/stream.js';
import type {Shell} from '../shell.js';
import type {Console} from './console.js';
import type {EditorRun} from './edited.js';
import type {Services} from './services.js';
import type {EditRequest} from './terminal.js';

interface Where {
	readonly services: Services;
	readonly screen: Console;
	readonly shell: Shell;
	readonly signal: AbortSignal | undefined;
}

/** A command of an editor: shown below what the terminal showed before, or for the editor to take in. A failure is told in either case. */
export async function runFromEditor({services, screen, shell, signal}: Where, run: EditorRun): Promise<NonNullable<EditRequest['ran']>> {
	const say = (text: string) => screen.streams.get(1)!.write!(text);
	const streams = new Map(screen.streams);
	const output = capture();
	if (run.stdin !== undefined || !run.shows) streams.set(0, textSource(run.stdin ?? ''));
	if (run.shows) say(`${run.typed}\n`);
	else streams.set(1, output).set(2, output);
	const status = await services.execute(shell, {line: run.line, cwd: shell.cwd}, streams, signal);
	if (!run.shows && status === 0) return {output: output.text(), key: ''};
	if (!run.shows) say(`${run.typed}\n`);
	say(`${status === 0 ? '' : `\nshell returned ${status}\n`}\nPress ENTER or type command to continue`);
	const key = await screen.press(undefined, signal);
	say('\n');
	return {output: output.text(), key: key ?? ''};
}
