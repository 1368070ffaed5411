import type {Script} from './syntax/ast.js';
import {processStatus, runScript} from './run/interpreter.js';
import {parsePlain} from './session/plain.js';
import type {Shell} from './shell.js';
import {Exit, LimitReached} from './run/signals.js';
import {err, type Streams} from './run/streams.js';
import {syntaxError} from './syntax/syntax-error.js';
import {SyntaxFault} from './session/toolbox.js';

/** Runs a script's text in this shell to its end, its EXIT trap included. */
export async function runText(shell: Shell, text: string, streams: Streams): Promise<number> {
	let status: number;
	try {
		status = await runLines(shell, text, streams);
	} catch (error) {
		status = processStatus(error, shell, streams);
	}

	const trap = shell.traps.get('EXIT');
	try {
		if (!trap) return status;
		shell.traps.delete('EXIT');
		shell.status = status;
		await runLines(shell, trap, streams);
		return status;
	} catch (error) {
		return error instanceof Exit ? error.status : status;
	} finally {
		for (const end of shell.lasting.splice(0)) await end();
	}
}

/** Reads and runs as bash does: what stands before a mistake has run by the time that the mistake is found. */
export async function runLines(shell: Shell, text: string, streams: Streams): Promise<number> {
	let script: Script;
	try {
		script = await parse(shell, text);
	} catch (error) {
		if (!(error instanceof SyntaxFault)) throw error;
		const lines = text.split('\n');
		const good = await longestGoodStart(shell, lines, error.line);
		if (good > 0) {
			const before = lines.slice(0, good).join('\n');
			await runScript(shell, await parse(shell, before), streams, before);
			if (!shell.interactive && shell.status >= 256) return shell.status;
		}

		const complaint = syntaxError(shell, text, error);
		err(streams, complaint);
		return (shell.status = complaint.startsWith('kubelab: ') ? 125 : 2);
	}

	return runScript(shell, script, streams, text);
}

export async function parse(shell: Shell, text: string): Promise<Script> {
	const plain = parsePlain(text);
	if (plain) return plain;
	if (text.length > textMax) throw new LimitReached(`a command is longer than ${textMax} characters`);
	return (await shell.services.toolbox()).parse(text);
}

/** The parser takes no more. */
const textMax = 1_000_000;

async function longestGoodStart(shell: Shell, lines: readonly string[], badLine: number): Promise<number> {
	for (let end = Math.min(badLine - 1, lines.length); end > 0; end--) {
		try {
			await parse(shell, lines.slice(0, end).join('\n'));
			return end;
		} catch {}
	}

	return 0;
}
