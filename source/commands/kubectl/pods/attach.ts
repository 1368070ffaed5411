import type {KubeObject} from '../../../api/object.js';
import type {ExecResult} from '../../../shell/command.js';
import {failure} from '../failure.js';
import type {Steps} from '../resource/files.js';
import type {Call, Verb} from '../verb.js';
import {machineOf} from './exec.js';
import {attachablePod, containersOf, defaultContainer, findNamed} from './find-pod.js';
import {logLines, runOf} from './log-lines.js';

const attach: Verb = {
	name: 'attach',
	summary: 'Attach to a running container',
	group: 'Troubleshooting and Debugging Commands:',
	usage: 'attach (POD | TYPE/NAME) -c CONTAINER',
	flags: [
		['container', 'string', '', 'c'],
		['pod-running-timeout', 'duration', '1m0s'],
		['quiet', 'bool', 'false', 'q'],
		['stdin', 'bool', 'false', 'i'],
		['tty', 'bool', 'false', 't'],
	],
	*run(call) {
		const {session, args, flags} = call;
		if (args.length === 0) throw failure('at least 1 argument is required for attach');
		if (args.length > 2)
			throw failure('expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ' + args.length + ': [' + args.join(' ') + ']');
		const pod = attachablePod(session, findNamed(session, args.length === 2 ? args.join('/') : args[0]!));
		const {phase} = pod['status'] ?? {};
		if (phase === 'Succeeded' || phase === 'Failed')
			throw failure(`cannot attach a container in a completed pod; current phase is ${phase}`);
		const named = flags.string('container');
		if (named && !containersOf(pod).some(one => one.name === named))
			throw failure(`cannot attach to the container: container ${named} not found in pod ${pod.metadata.name}`);
		yield* attachTo(call, pod, named || defaultContainer(session, pod, flags.bool('quiet')), {
			quiet: flags.bool('quiet'),
			stdin: flags.bool('stdin'),
			tty: flags.bool('tty'),
		});
		return 0;
	},
};

export default attach;

const shellPrograms = /^(?:\/(?:usr\/)?bin\/)?(?:ba|a|da)?sh$/;
const lookEveryMs = 100;

export interface AttachOptions {
	readonly quiet: boolean;
	readonly stdin: boolean;
	readonly tty: boolean;
	/** What was written before is shown too. */
	readonly fromStart?: boolean;
}

/** The exit status is that of a shell that was entered. Shares the terminal of a container's first process: a shell is entered, of anything else the output is followed until it ends. */
export function* attachTo(call: Call, pod: KubeObject, container: string, options: AttachOptions): Steps<number | undefined> {
	const {session} = call;
	const machine = machineOf(call, pod, container);
	const tty = options.tty && session.io.stdinIsTerminal;
	if (options.tty && !tty) session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
	if (!options.quiet) session.err("If you don't see a command prompt, try pressing enter.\n");
	const spec =
		[...pod['spec'].containers, ...(pod['spec'].ephemeralContainers ?? [])].find((one: {name: string}) => one.name === container) ?? {};
	const argv: string[] = [...(spec.command ?? []), ...(spec.args ?? [])];
	const processes = machine.processes.list().filter(process => process.container === machine.container);
	const main = argv.length > 0 ? argv : (processes[0]?.argv ?? []);
	if (options.stdin && main.length === 1 && shellPrograms.test(main[0]!)) {
		const result: ExecResult = yield tty
			? {enter: {machine, tty: true}}
			: {exec: {machine, stream: true, stdin: session.io.stdin, argv: main}};
		session.out(result?.stdout ?? '');
		session.err(result?.stderr ?? '');
		// The shell was the container's first process: with it the container ends.
		machine.world.runtime(machine.host).exit(machine.container, result?.exitCode ?? 0);
		if (tty && pod['spec'].restartPolicy === 'Always')
			session.out(
				`Session ended, resume using 'kubectl attach ${pod.metadata.name} -c ${container} -i -t' command when the pod is running\n`,
			);
		return result?.exitCode ?? 0;
	}

	yield* followOutput(call, pod, container, options.fromStart ?? false);
	return undefined;
}

function* followOutput({session}: Call, pod: KubeObject, container: string, fromStart: boolean): Steps<void> {
	const first = runOf(session, pod, container);
	let seen = fromStart ? 0 : logLines(session, pod, container).length;
	for (;;) {
		const lines = logLines(session, pod, container);
		session.out(
			lines
				.slice(seen)
				.map(line => `${line.text}\n`)
				.join(''),
		);
		seen = lines.length;
		const run = runOf(session, pod, container);
		if (!run || run.id !== first?.id || run.state !== 'running') return;
		yield {sleepMs: lookEveryMs};
	}
}
