import type {KubeObject} from '../../../api/object.js';
import type {Machine} from '../../../node/host/machine.js';
import type {ExecResult, Run} from '../../../shell/command.js';
import {failure, throwAll, usageFailure} from '../failure.js';
import type {Steps} from '../resource/files.js';
import {select} from '../resource/select.js';
import type {Call, Verb} from '../verb.js';
import {attachablePod, containersOf, defaultContainer, findNamed, serverRefusal} from './find-pod.js';
import {programProblem} from './program-path.js';

const exec: Verb = {
	name: 'exec',
	summary: 'Execute a command in a container',
	group: 'Troubleshooting and Debugging Commands:',
	usage: 'exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
	flags: [
		['container', 'string', '', 'c'],
		['filename', 'strings', '', 'f'],
		['pod-running-timeout', 'duration', '1m0s'],
		['quiet', 'bool', 'false', 'q'],
		['stdin', 'bool', 'false', 'i'],
		['tty', 'bool', 'false', 't'],
	],
	*run(call) {
		const {session, flags, args, dash, path} = call;
		const hasFile = flags.list('filename').length > 0;
		if (args.length === 0 && !hasFile) throw failure('pod, type/name or --filename must be specified');
		if (dash === -1 && args.length > 1)
			throw usageFailure(path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
		const named = dash === 0 ? undefined : args[0];
		const command = args.slice(dash === -1 ? 1 : dash);
		if (named === undefined && !hasFile) throw failure('pod, type/name or --filename must be specified');
		if (command.length === 0) throw failure('you must specify at least one command for the container');
		const pod = attachablePod(session, named === undefined ? yield* fromFile(call) : findNamed(session, named));
		const {phase} = pod['status'] ?? {};
		if (phase === 'Succeeded' || phase === 'Failed')
			throw failure(`cannot exec into a container in a completed pod; current phase is ${phase}`);
		const container = flags.string('container') || defaultContainer(session, pod, flags.bool('quiet'));
		let tty = flags.bool('tty');
		if (tty && (!flags.bool('stdin') || !session.io.stdinIsTerminal)) {
			session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
			tty = false;
		}

		return yield* execIn(call, pod, container, command, tty);
	},
};

export default exec;

/** The object of the file: there may be one only. */
function* fromFile(call: Call): Steps<KubeObject> {
	const {targets, errors} = yield* select(call, {args: [], fetch: true, latest: true});
	throwAll(errors);
	if (targets.length !== 1) throw failure(`you must specify exactly one resource, ${targets.length} were given`);
	return targets[0]!.object!;
}

/** The running container as a machine, or the kubelet's refusal. */
export function machineOf(call: Call, pod: KubeObject, container: string): Machine {
	if (!containersOf(pod).some(one => one.name === container))
		throw serverRefusal(`container ${container} is not valid for pod ${pod.metadata.name}`);
	if (!pod['spec'].nodeName) throw serverRefusal(`pod ${pod.metadata.name} does not have a host assigned`);
	const machine = call.session.machine.world.container(pod.metadata.uid!, container);
	if (!machine) throw failure(`Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(container)})`);
	return machine;
}

const shells = new Set(['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash', '/usr/bin/bash', '/usr/bin/sh']);

function* execIn(call: Call, pod: KubeObject, container: string, argv: readonly string[], tty: boolean): Run {
	const {session, flags} = call;
	const machine = machineOf(call, pod, container);
	const problem = programProblem(machine, argv[0]!);
	if (problem) {
		const id = session.machine.sim.random.fork('kubectl').hex(64);
		throw failure(
			`Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${problem}: unknown`,
		);
	}

	const result: ExecResult =
		tty && argv.length === 1 && shells.has(argv[0]!)
			? yield {enter: {machine, tty: true, shell: argv[0]!.slice(argv[0]!.lastIndexOf('/') + 1)}}
			: yield {exec: {argv, machine, stream: true, tty, stdin: flags.bool('stdin') ? session.io.stdin : ''}};
	const code = result?.exitCode ?? 0;
	session.out(result?.stdout ?? '');
	session.err(result?.stderr ?? '');
	if (code !== 0) session.err(`command terminated with exit code ${code}\n`);
	return code;
}
