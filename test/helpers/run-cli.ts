import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Host} from '../../source/cli/host.js';
import {runProgram} from '../../source/cli/program.js';

export interface CliResult {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
}

export interface CliSetting {
	readonly stdin?: string | Uint8Array;
	readonly env?: Readonly<Record<string, string>>;
}

/** Runs the program in this process, with a made-up machine around it and a home folder of its own. */
export async function runCli(argv: readonly string[], {stdin = '', env = {}}: CliSetting = {}): Promise<CliResult> {
	const bytes = typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin;
	let stdout = '';
	let stderr = '';
	const host: Host = {
		env: {KUBELAB_HOME: mkdtempSync(path.join(tmpdir(), 'kubelab-test-')), ...env},
		stdinIsTerminal: false,
		stdoutIsTerminal: false,
		columns: 80,
		rows: 24,
		async out(text) {
			stdout += text;
		},
		err(text) {
			stderr += text;
		},
		readStdin: async () => bytes,
		async *stdinLines() {
			yield* new TextDecoder().decode(bytes).split('\n');
		},
	};
	return {exitCode: await runProgram(argv, host), stdout, stderr};
}
