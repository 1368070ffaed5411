import {nodeUsage} from '../../../node/host/usage.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Container, Runtime} from '../../../node/runtime.js';
import {bootedMs} from '../../host/clock/uptime.js';
import {ofCri, sandboxesOf, type Verb} from './cri.js';
import {decimalSize} from './images.js';
import {leftTable} from './text.js';

interface Figures {
	readonly cpuMicros: number;
	readonly memoryBytes: number;
}

function usage(machine: Machine): (container: Container) => Figures {
	const {containers} = nodeUsage(machine, bootedMs(machine));
	return ({podNamespace, podName, name}) =>
		containers.find(each => each.namespace === podNamespace && each.pod === podName && each.container === name) ?? {
			cpuMicros: 0,
			memoryBytes: 0,
		};
}

/** The share of one processor over a second, as crictl measures it by asking twice. */
function* measured(machine: Machine): Generator<{sleepMs: number}, (container: Container) => {cpu: number; memory: number}> {
	const before = usage(machine);
	const startMs = machine.sim.clock.now();
	yield {sleepMs: 1000};
	const after = usage(machine);
	const micros = Math.max(1, (machine.sim.clock.now() - startMs) * 1000);
	return container => ({
		cpu: Math.max(0, ((after(container).cpuMicros - before(container).cpuMicros) / micros) * 100),
		memory: after(container).memoryBytes,
	});
}

/** What a container wrote over its image, about: its own files. */
const diskOf = (runtime: Runtime, {id}: Container): string => (runtime.machine(id) ? '45.06kB' : '0B');

export const stats: Verb = function* (io, runtime, args) {
	const [, id = ''] = args.operands;
	const figures = yield* measured(io.machine);
	const rows = ofCri(runtime)
		.filter(
			each => each.state === 'running' && each.id.startsWith(args.value('id') ?? id) && each.sandbox.startsWith(args.value('p') ?? ''),
		)
		.toReversed();
	const cells = rows.map(row => {
		const {cpu, memory} = figures(row);
		return [row.id.slice(0, 13), row.name, cpu.toFixed(2), decimalSize(memory), diskOf(runtime, row), '14'];
	});
	io.out(leftTable(['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES'], cells));
	return 0;
};

export const statsp: Verb = function* (io, runtime, args) {
	const [, id = ''] = args.operands;
	const figures = yield* measured(io.machine);
	const cells = sandboxesOf(runtime)
		.filter(sandbox => sandbox.ready && sandbox.id.startsWith(args.value('id') ?? id))
		.map(({id: sandbox, first, containers}) => {
			const all = containers.filter(each => each.state === 'running').map(figures);
			const sum = (pick: (each: {cpu: number; memory: number}) => number) => all.reduce((total, each) => total + pick(each), 0);
			return [first.podName, sandbox.slice(0, 13), sum(each => each.cpu).toFixed(2), decimalSize(sum(each => each.memory))];
		});
	io.out(leftTable(['POD', 'POD ID', 'CPU %', 'MEM'], cells));
	return 0;
};
