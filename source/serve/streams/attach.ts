import {badRequest} from '../../api/errors.js';
import type {KubeObject} from '../../api/object.js';
import {flag} from '../../api/http/request.js';
import type {Serving} from '../exchange.js';
import type {Channels} from './channels.js';
import {run} from './exec.js';
import {talk} from './talk.js';
import {containerNamed, machineOf, notFound, runOf} from './target.js';

const shellPrograms = /^(?:\/(?:usr\/)?bin\/)?(?:ba|a|da)?sh$/;
const lookEveryMs = 100;

/** `pods/attach`: a container's first process. A shell is talked to; of anything else the output is followed until it ends. */
export function attachTo(serving: Serving, pod: KubeObject, query: URLSearchParams): (channels: Channels) => void {
	const {phase} = pod['status'] ?? {};
	if (phase === 'Succeeded' || phase === 'Failed')
		throw badRequest(`cannot attach a container in a completed pod; current phase is ${phase}`);
	const container = containerNamed(pod, query.get('container'));
	const machine = machineOf(serving, pod, container);
	return channels => {
		if (!machine) return channels.fail(notFound(container));
		const [first] = machine.processes.list().filter(process => process.container === machine.container);
		const isShell = first?.argv.length === 1 && shellPrograms.test(first.argv[0]!);
		if (!isShell || !flag(query, 'stdin')) return follow(serving, pod, container, channels);
		// The shell is the container's first process: with it the container ends. Its status is the pod's to tell: attaching went well.
		const onExit = (code: number) => {
			machine.world.runtime(machine.host).exit(machine.container, code);
			channels.finish(0);
		};
		if (flag(query, 'tty')) talk(serving, machine, channels, onExit);
		else void run(serving, machine, {argv: first.argv, tty: false, stdin: true}, {...channels, finish: onExit});
	};
}

function follow(serving: Serving, pod: KubeObject, container: string, channels: Channels): void {
	const first = runOf(serving, pod, container);
	if (!first) return void channels.finish(0);
	const {logs} = serving.cluster.runtime(pod['spec'].nodeName);
	let seen = logs(first.id).length;
	let stop = () => {};
	const look = () => {
		const lines = logs(first.id);
		for (const {text, stream} of lines.slice(seen)) channels[stream === 'stdout' ? 'out' : 'err'](`${text}\n`);
		seen = lines.length;
		const now = runOf(serving, pod, container);
		if (now?.id !== first.id || now.state !== 'running') return void channels.finish(0);
		stop = serving.after(lookEveryMs, look);
	};
	channels.onGone(() => stop());
	look();
}
