import type {ShellMachine} from '../machine.js';
import type {Script, SimpleCommand} from '../syntax/ast.js';
import type {Scope} from './scope.js';
import {ShellError} from './signals.js';
import {capture, textSource} from './stream.js';
import {withStream} from './streams.js';

/**
 * `<(command)` runs the command and leaves its output in a file whose path takes its place. The real thing hands over a pipe
 * `/dev/fd/63`; what can be seen of the difference is only the name.
 */
export async function processPath(scope: Scope, script: Script, direction: 'input' | 'output'): Promise<string> {
	const {shell} = scope;
	const {files} = shell.machine;
	const path = `/tmp/.fd-${shell.services.nextPid()}`;
	if (direction === 'output') {
		if (shell.interactive && shell.command?.type === 'SimpleCommand' && isExec(shell.command))
			throw new ShellError('kubelab: not simulated: exec with >( ) in a shell that somebody types in', 125);
		shell.substitutions.push(async () => {
			const text = files.readText(path);
			files.remove(path, {force: true});
			await scope.subshell(script.statements, withStream(scope.streams, 0, textSource(text)));
		});
		files.write(path, '');
		return path;
	}

	const output = capture();
	await scope.subshell(script.statements, withStream(scope.streams, 1, output));
	files.write(path, output.text());
	shell.substitutions.push(async () => files.remove(path, {force: true}));
	return path;
}

const isExec = ({name, args}: SimpleCommand) => args.length === 0 && name?.parts[0]?.type === 'Literal' && name.parts[0].value === 'exec';

/** The text behind `<( )`, once it is opened; the file may go before it is read. */
export const passedText = ({files}: ShellMachine, path: string): string | undefined =>
	/^\/tmp\/\.fd-\d+$/.test(path) && files.exists(path) ? files.readText(path) : undefined;

/** Runs `act`, then ends the process substitutions that it began. */
export async function endingSubstitutions<T>({shell}: Scope, act: () => Promise<T>): Promise<T> {
	const before = shell.substitutions.length;
	try {
		return await act();
	} finally {
		for (const end of shell.substitutions.splice(before)) await end();
	}
}
