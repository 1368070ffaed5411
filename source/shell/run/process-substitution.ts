import type {Script} from '../syntax/ast.js';
import type {Scope} from './scope.js';
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

/** Runs `act`, then ends the process substitutions that it began. */
export async function endingSubstitutions<T>({shell}: Scope, act: () => Promise<T>): Promise<T> {
	const before = shell.substitutions.length;
	try {
		return await act();
	} finally {
		for (const end of shell.substitutions.splice(before)) await end();
	}
}
