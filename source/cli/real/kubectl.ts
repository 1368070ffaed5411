import {execa} from 'execa';
import {inputError} from '../command.js';

export interface Kubectl {
	/** Standard output; undefined when the command failed. */
	get(...argv: readonly string[]): Promise<string | undefined>;
	run(argv: readonly string[], input?: string): Promise<{exitCode: number; stdout: string; stderr: string}>;
}

const timeoutMs = 60_000;

/** The real kubectl of this machine, with the kubeconfig that it would use by itself. */
export function createKubectl(context: string | undefined, env: Readonly<Record<string, string | undefined>>): Kubectl {
	const command = env['KUBELAB_KUBECTL'] || 'kubectl';
	const own = context === undefined ? [] : ['--context', context];
	const run: Kubectl['run'] = async (argv, input) => {
		const {exitCode, stdout, stderr, code} = await execa(command, [...own, ...argv], {
			reject: false,
			timeout: timeoutMs,
			env: env as Readonly<Record<string, string>>,
			...(input === undefined ? {stdin: 'ignore' as const} : {input}),
		});
		if (code === 'ENOENT') throw inputError(`there is no "${command}" on this machine; install kubectl, or name it in KUBELAB_KUBECTL.`);
		return {exitCode: exitCode ?? 1, stdout, stderr};
	};
	return {
		run,
		async get(...argv) {
			const {exitCode, stdout} = await run(argv);
			return exitCode === 0 ? stdout : undefined;
		},
	};
}
