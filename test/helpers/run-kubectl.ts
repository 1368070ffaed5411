import type {Cluster} from '../../source/cluster/cluster.js';
import kubectl from '../../source/commands/kubectl/kubectl.js';
import type {Machine} from '../../source/node/host/machine.js';
import type {EffectResult, Io} from '../../source/shell/command.js';

export interface Ran {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
}

export interface RunOptions {
	readonly stdin?: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	/** What an editor does with the text of the file that it is given. */
	edit?(text: string): string;
}

/** Words of a command line; quotes keep blanks together. */
export const wordsOf = (line: string): string[] =>
	[...line.matchAll(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/gs)].map(([word]) =>
		word.replace(
			/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs,
			(_, single?: string, double?: string, char?: string) => single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? char ?? '',
		),
	);

/** Runs one kubectl command line on the control-plane node, as the shell would: time passes while it waits. */
export function runKubectl(cluster: Cluster, line: string, options: RunOptions = {}): Ran {
	const machine: Machine = cluster.hosts()[0]!;
	const cwd = options.cwd ?? machine.home;
	let stdout = '';
	let stderr = '';
	const io: Io<Machine> = {
		argv: wordsOf(line),
		env: {HOME: machine.home, PATH: '/usr/bin', ...options.env},
		cwd,
		machine,
		stdin: options.stdin ?? '',
		stdinIsTerminal: false,
		stdoutIsTerminal: false,
		columns: 80,
		rows: 24,
		out(text) {
			stdout += text;
		},
		err(text) {
			stderr += text;
		},
		path: name => (name.startsWith('/') ? name : `${cwd}/${name}`).replace(/\/\.(?=\/|$)/g, '') || '/',
	};
	const run = kubectl.run(io);
	let answer: EffectResult;
	for (;;) {
		const step = run.next(answer);
		if (step.done) return {stdout, stderr, exitCode: step.value};
		answer = undefined;
		const effect = step.value;
		if ('sleepMs' in effect) cluster.advance(effect.sleepMs);
		else if ('edit' in effect)
			machine.files.write(effect.edit, options.edit?.(machine.files.readText(effect.edit)) ?? machine.files.readText(effect.edit));
		else throw new Error(`nobody answers ${JSON.stringify(effect)} here`);
	}
}
