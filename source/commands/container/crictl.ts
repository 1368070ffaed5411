import type {Machine} from '../../node/host/machine.js';
import type {Container, Runtime} from '../../node/runtime.js';
import type {Command, ExecResult, Io, Run} from '../../shell/command.js';
import {type Arguments, notSimulated, parseArguments} from '../host/arguments.js';
import {inspecti, pull, rmi, stop} from './crictl-images.js';
import {humanDuration, leftTable} from './crictl-text.js';

type Verb = (io: Io<Machine>, runtime: Runtime, args: Arguments) => Run;

/** By the beginning of its id, as crictl finds one. */
function find(io: Io<Machine>, runtime: Runtime, id: string): Container | undefined {
	const found = ofCri(runtime).filter(container => container.id.startsWith(id));
	if (found.length === 1) return found[0];
	io.err(
		`FATA[0000] ${found.length > 1 ? `ID prefix "${id}" is ambiguous` : `rpc error: code = NotFound desc = an error occurred when try to find container "${id}": not found`} \n`,
	);
	return undefined;
}

/** The CRI sees what is its own, not Docker's containers. */
const ofCri = (runtime: Runtime) => runtime.containers().filter(container => container.namespace === 'k8s.io');

const state = (container: Container) => ({created: 'Created', running: 'Running', exited: 'Exited'})[container.state];

const ps: Verb = function* (io, runtime, args) {
	const now = io.machine.sim.clock.now();
	const rows = ofCri(runtime)
		.filter(container => args.has('a') || args.value('state') === container.state || (!args.has('state') && container.state === 'running'))
		.filter(container => container.name.includes(args.value('name') ?? '') && container.sandbox.startsWith(args.value('p') ?? ''))
		.toReversed();
	if (args.has('q')) {
		for (const row of rows) io.out(`${row.id}\n`);
		return 0;
	}

	io.out(
		leftTable(
			['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
			rows.map(row => [
				row.id.slice(0, 13),
				(runtime.imageNamed(row.image)?.id ?? row.imageId).replace('sha256:', '').slice(0, 13) || row.image,
				humanDuration(now - row.createdMs),
				state(row),
				row.name,
				String(row.attempt),
				row.sandbox.slice(0, 13),
				row.podName,
				row.podNamespace,
			]),
		),
	);
	return 0;
};

const pods: Verb = function* (io, runtime, args) {
	const now = io.machine.sim.clock.now();
	const first = new Map<string, Container>();
	for (const container of ofCri(runtime)) if (!first.has(container.sandbox)) first.set(container.sandbox, container);
	const rows = [...first.values()]
		.filter(row => row.podNamespace.includes(args.value('namespace') ?? '') && row.podName.includes(args.value('name') ?? ''))
		.reverse();
	if (args.has('q')) {
		for (const row of rows) io.out(`${row.sandbox}\n`);
		return 0;
	}

	const ready = (row: Container) =>
		ofCri(runtime).some(each => each.sandbox === row.sandbox && each.state === 'running') ? 'Ready' : 'NotReady';
	io.out(
		leftTable(
			['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
			rows.map(row => [
				row.sandbox.slice(0, 13),
				humanDuration(now - row.createdMs),
				ready(row),
				row.podName,
				row.podNamespace,
				'0',
				'(default)',
			]),
		),
	);
	return 0;
};

const images: Verb = function* (io, runtime, args) {
	const rows = runtime.images().filter(image => image.reference.includes(args.operands[1] ?? ''));
	if (args.has('q')) {
		for (const row of rows) io.out(`${row.id}\n`);
		return 0;
	}

	io.out(
		leftTable(
			['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'],
			rows.map(({reference, id, sizeBytes}) => {
				const colon = reference.lastIndexOf(':');
				return [reference.slice(0, colon), reference.slice(colon + 1), id.replace('sha256:', '').slice(0, 13), decimalSize(sizeBytes)];
			}),
		),
	);
	return 0;
};

/** `72.4MB`: powers of 1000, three digits. */
function decimalSize(bytes: number): string {
	const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [bytes / 1e3, 'kB'];
	return `${Number(value.toPrecision(3))}${unit}`;
}

const logs: Verb = function* (io, runtime, args) {
	const container = args.operands[1] === undefined ? undefined : find(io, runtime, args.operands[1]);
	if (!container) return 1;
	const lines = runtime.logs(container.id);
	const tail = args.value('tail');
	for (const line of tail === undefined ? lines : lines.slice(-Number(tail)))
		(line.stream === 'stderr' ? io.err : io.out)(`${line.text}\n`);
	return 0;
};

const exec: Verb = function* (io, runtime, args) {
	const [, id, ...argv] = args.operands;
	const container = id === undefined ? undefined : find(io, runtime, id);
	if (!container) return 1;
	const machine = runtime.machine(container.id);
	if (!machine || argv.length === 0) {
		io.err('FATA[0000] execing command in container: container is not running or no command was given \n');
		return 1;
	}

	const shell = argv.length === 1 && /(?:^|\/)(?:ba|a)?sh$/.test(argv[0]!) ? argv[0] : undefined;
	if (shell && args.has('i') && io.stdinIsTerminal) return (yield {enter: {machine, shell, tty: true}}) as number;
	const {exitCode}: ExecResult = yield {exec: {machine, argv, stream: true}};
	return exitCode;
};

const inspect: Verb = function* (io, runtime, args) {
	const container = args.operands[1] === undefined ? undefined : find(io, runtime, args.operands[1]);
	if (!container) return 1;
	const {id, name, attempt, image, imageId, createdMs, startedMs, finishedMs, exitCode, reason, message, pid} = container;
	const time = (ms: number | undefined) => (ms === undefined ? '0001-01-01T00:00:00Z' : new Date(ms).toISOString().replace('Z', '000000Z'));
	const status = {
		id,
		metadata: {attempt, name},
		state: `CONTAINER_${container.state.toUpperCase()}`,
		createdAt: time(createdMs),
		startedAt: time(startedMs),
		finishedAt: time(finishedMs),
		exitCode: exitCode ?? 0,
		image: {image},
		imageRef: imageId,
		reason: reason ?? '',
		message: message ?? '',
		labels: {
			'io.kubernetes.container.name': name,
			'io.kubernetes.pod.name': container.podName,
			'io.kubernetes.pod.namespace': container.podNamespace,
			'io.kubernetes.pod.uid': container.podUid,
		},
	};
	io.out(`${JSON.stringify({status, info: {sandboxID: container.sandbox, pid: pid ?? 0}}, undefined, 2)}\n`);
	return 0;
};

const version: Verb = function* (io) {
	io.out('Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  1.7.27\nRuntimeApiVersion:  v1\n');
	return 0;
};

const verbs: Readonly<Record<string, Verb>> = {
	ps,
	pods,
	images,
	image: images,
	img: images,
	logs,
	exec,
	inspect,
	version,
	pull,
	rmi,
	inspecti,
	stop,
};
const others = [
	'attach',
	'checkpoint',
	'completion',
	'config',
	'create',
	'events',
	'imagefsinfo',
	'info',
	'inspectp',
	'metricsp',
	'metricdescs',
	'port-forward',
	'rm',
	'rmp',
	'run',
	'runp',
	'runtime-config',
	'start',
	'stats',
	'statsp',
	'stopp',
	'update',
	'update-runtime-config',
];

export const crictl = {
	name: 'crictl',
	summary: "look at a node's containers",
	*run(io) {
		const words = io.argv.slice(1);
		const verb = words.find(word => !word.startsWith('-'));
		const args = parseArguments(words, {
			flags: 'aqitlv',
			values: 'oprn',
			stopAtOperand: false,
			long: {
				all: '=a',
				quiet: '=q',
				name: 'value',
				namespace: 'value',
				state: 'value',
				pod: '=p',
				'runtime-endpoint': '=r',
				output: '=o',
				tail: 'value',
				interactive: '=i',
				tty: '=t',
				latest: '=l',
				'no-trunc': 'flag',
				version: 'flag',
				digests: 'flag',
				creds: 'value',
				prune: 'flag',
				timeout: 'value',
			},
		});
		// What follows `exec ID` belongs to the command that runs there.
		const at = verb === 'exec' ? words.findIndex((word, index) => index > words.indexOf('exec') && !word.startsWith('-')) : -1;
		const own: Arguments =
			at < 0
				? args
				: {
						...parseArguments(words.slice(0, at), {flags: 'its', long: {interactive: '=i', tty: '=t', sync: '=s'}}),
						operands: ['exec', ...words.slice(at)],
					};
		if (own.has('version')) {
			io.out('crictl version v1.33.0\n');
			return 0;
		}

		if (verb === undefined) return notSimulated(io, 'crictl help');
		if (!Object.hasOwn(verbs, verb)) {
			if (others.includes(verb)) return notSimulated(io, `crictl ${verb}`);
			io.err(`No help topic for '${verb}'\n`);
			return 3;
		}

		if (own.problem || own.has('o')) return notSimulated(io, `crictl ${words.join(' ')}`);
		if (io.machine.units && io.machine.units.get('containerd')?.activeState !== 'active') {
			io.err(
				'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused" \n',
			);
			return 1;
		}

		return yield* verbs[verb]!(io, io.machine.world.runtime(io.machine.host), own);
	},
	complete: words => (words.length <= 2 ? Object.keys(verbs) : []),
} satisfies Command<Machine>;
