import {commands} from '../../commands/index.js';
import {programProblem} from '../../commands/kubectl/pods/program-path.js';
import {badRequest} from '../../api/errors.js';
import type {KubeObject} from '../../api/object.js';
import type {Machine} from '../../node/host/machine.js';
import {createSession} from '../../shell/session/session.js';
import {createPipe, type Stream, textSource} from '../../shell/run/stream.js';
import {flag} from '../../api/http/request.js';
import type {Serving} from '../exchange.js';
import type {Channels} from './channels.js';
import {talk} from './talk.js';
import {containerNamed, machineOf, notFound} from './target.js';

const shells = new Set(['sh', 'bash', 'ash']);

/** `pods/exec`: runs words in a container, with the client's streams. */
export function execIn(serving: Serving, pod: KubeObject, query: URLSearchParams): (channels: Channels) => void {
	const argv = query.getAll('command');
	if (argv.length === 0) throw badRequest('you must specify at least one command for the container');
	const {phase} = pod['status'] ?? {};
	if (phase === 'Succeeded' || phase === 'Failed')
		throw badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
	const container = containerNamed(pod, query.get('container'));
	const machine = machineOf(serving, pod, container);
	return channels => {
		if (!machine) return channels.fail(notFound(container));
		const problem = programProblem(machine, argv[0]!);
		if (problem) {
			const id = machine.sim.random.fork('serve/exec').hex(64);
			channels.fail(
				`Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${problem}: unknown`,
			);
			return;
		}

		const tty = flag(query, 'tty');
		const shell = argv[0]!.split('/').at(-1)!;
		if (tty && flag(query, 'stdin') && argv.length === 1 && shells.has(shell))
			talk(serving, machine, channels, code => channels.finish(code));
		else void run(serving, machine, {argv, tty, stdin: flag(query, 'stdin')}, channels);
	};
}

interface Words {
	readonly argv: readonly string[];
	readonly tty: boolean;
	readonly stdin: boolean;
}

/** To its end, or until the client goes. */
export async function run({time, cluster}: Serving, machine: Machine, {argv, tty, stdin}: Words, channels: Channels): Promise<void> {
	const abort = new AbortController();
	const input = stdin ? createPipe(time) : textSource('');
	channels.onInput(
		text => input.write?.(text),
		() => input.close?.('write'),
	);
	channels.onGone(() => {
		abort.abort();
		input.close?.('write');
	});
	// A terminal has one stream, and ends its lines with carriage return and line feed.
	const out: Stream = {terminal: tty, write: text => channels.out(tty ? text.replaceAll('\n', '\r\n') : text)};
	const err: Stream = {terminal: tty, write: text => (tty ? out.write!(text) : channels.err(text))};
	const {shell} = createSession({machine, commands, time, random: cluster.sim.random.fork('serve/exec')});
	time.enter('background');
	try {
		const streams = new Map([
			[0, input],
			[1, out],
			[2, err],
		]);
		channels.finish(await shell.services.execute(shell, {argv, machine, stream: true, tty}, streams, abort.signal));
	} catch (error) {
		channels.fail((error as Error).message);
	} finally {
		time.leave('background');
	}
}
