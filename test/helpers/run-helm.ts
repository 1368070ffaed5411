import helm from '../../source/commands/helm/helm.js';
import type {Cluster} from '../../source/cluster/cluster.js';
import type {Machine} from '../../source/node/host/machine.js';
import type {Io} from '../../source/shell/command.js';
import {type Ran, wordsOf} from './run-kubectl.js';

/** Runs one helm command line on the control-plane node; time passes while it waits. */
export function runHelm(cluster: Cluster, line: string): Ran {
	const machine: Machine = cluster.hosts()[0]!;
	let stdout = '';
	let stderr = '';
	const io: Io<Machine> = {
		argv: wordsOf(line),
		env: {HOME: machine.home},
		cwd: machine.home,
		machine,
		stdin: '',
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
		path: name => (name.startsWith('/') ? name : `${machine.home}/${name}`).replace(/\/\.(?=\/|$)/g, '') || '/',
	};
	const run = helm.run(io);
	for (;;) {
		const step = run.next();
		if (step.done) return {stdout, stderr, exitCode: step.value};
		if ('sleepMs' in step.value) cluster.advance(step.value.sleepMs);
	}
}
