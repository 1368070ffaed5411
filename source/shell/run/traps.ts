import type {Command} from '../syntax/ast.js';
import type {Scope} from './scope.js';

/** What `trap` does at a command, a failure, the end of a function; `$LINENO` and `$?` are those of where it happened. */
export async function runTrap(scope: Scope, name: 'DEBUG' | 'ERR' | 'RETURN'): Promise<void> {
	const {shell} = scope;
	const action = shell.traps.get(name);
	// It is not trapped itself.
	if (!action || shell.inTrap) return;
	const {status, pipeStatus} = shell;
	shell.inTrap = true;
	try {
		await scope.run((await scope.parse(action)).statements);
	} finally {
		shell.inTrap = false;
		shell.status = status;
		shell.pipeStatus = pipeStatus;
	}
}

/** A command is about to run: `$BASH_COMMAND`, and `trap ... DEBUG`. */
export async function announce(scope: Scope, command: Command): Promise<void> {
	const {shell} = scope;
	if (shell.inTrap) return;
	shell.command = command;
	if (shell.traps.has('DEBUG')) await runTrap(scope, 'DEBUG');
}
