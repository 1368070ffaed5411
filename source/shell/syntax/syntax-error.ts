import type {Shell} from '../shell.js';
import type {SyntaxFault} from '../session/toolbox.js';

/** bash's words for what cannot be parsed. */
export function faultText({open, token}: SyntaxFault): string {
	if (open) return `unexpected EOF while looking for matching \`${open}'`;
	if (token === undefined) return 'syntax error: unexpected end of file';
	return `syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`;
}

/** The same as the shell says it. */
export function syntaxError(shell: Shell, text: string, fault: SyntaxFault): string {
	const {prefix} = shell;
	shell.line = fault.line;
	if (fault.open) {
		const before = `${prefix}${faultText(fault)}\n`;
		shell.line = text.replace(/\n$/, '').split('\n').length + 1;
		return before;
	}

	if (fault.token === undefined) {
		shell.line = text.replace(/\n$/, '').split('\n').length + 1;
		return `${shell.prefix}${faultText(fault)}\n`;
	}

	// bash has it, the parser has not.
	const word = /(?:^|[;&|(\n]|\bthen\b|\bdo\b)\s*(coproc)\s+\S/.exec(text)?.[1];
	if (word && shell.dialect.name === 'bash') return `kubelab: not simulated: ${word}\n`;
	const line = `${shell.prefix}${faultText(fault)}\n`;
	// A script also shows the line.
	return shell.interactive ? line : `${line}${shell.prefix}\`${text.split('\n')[fault.line - 1] ?? ''}'\n`;
}
