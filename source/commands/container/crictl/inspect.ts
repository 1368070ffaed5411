import type {Machine} from '../../../node/host/machine.js';
import type {Container, Runtime} from '../../../node/runtime.js';
import {findContainer, labelsOf, notFound, ofCri, type Sandbox, sandboxesOf, type Verb} from './cri.js';
import {printed} from './print.js';

const time = (ms: number | undefined) => (ms === undefined ? '0001-01-01T00:00:00Z' : new Date(ms).toISOString().replace('Z', '000000Z'));

export const inspect: Verb = function* (io, runtime, args) {
	const ids = args.operands.slice(1);
	if (ids.length === 0) {
		io.err('FATA[0000] ID cannot be empty \n');
		return 1;
	}

	for (const id of ids) {
		const container = findContainer(io, runtime, id);
		if (!container) return 1;
		const failed = printed(io, args, containerStatus(container), 'json');
		if (failed) return failed;
	}

	return 0;
};

function containerStatus(container: Container) {
	const {id, name, attempt, image, imageId, createdMs, startedMs, finishedMs, exitCode, reason, message, pid} = container;
	const status = {
		id,
		metadata: {attempt, name},
		state: `CONTAINER_${container.state.toUpperCase()}`,
		createdAt: time(createdMs),
		startedAt: time(startedMs),
		finishedAt: time(finishedMs),
		exitCode: exitCode ?? 0,
		image: {annotations: {}, image, runtimeHandler: '', userSpecifiedImage: ''},
		imageId,
		imageRef: imageId,
		reason: reason ?? '',
		message: message ?? '',
		labels: labelsOf(container),
		annotations: {'io.kubernetes.container.restartCount': String(attempt)},
		logPath: `/var/log/pods/${container.podNamespace}_${container.podName}_${container.podUid}/${name}/${attempt}.log`,
	};
	return {
		status,
		info: {sandboxID: container.sandbox, pid: pid ?? 0, removing: false, snapshotter: 'overlayfs', runtimeType: 'io.containerd.runc.v2'},
	};
}

export const inspectp: Verb = function* (io, runtime, args) {
	const ids = args.operands.slice(1);
	if (ids.length === 0) {
		io.err('FATA[0000] ID cannot be empty \n');
		return 1;
	}

	for (const id of ids) {
		const sandbox = sandboxesOf(runtime).find(each => each.id.startsWith(id));
		if (!sandbox) {
			io.err(`FATA[0000] getting pod sandbox status for ${JSON.stringify(id)}: ${notFound('sandbox', id)} \n`);
			return 1;
		}

		const failed = printed(io, args, sandboxStatus(io.machine, runtime, sandbox), 'json');
		if (failed) return failed;
	}

	return 0;
};

/** The process that holds the pod's namespaces: the shim's child. */
function pauseOf({processes}: Machine, sandbox: string): number {
	const shim = processes.list().find(({argv}) => argv.includes(sandbox));
	return processes.list().find(({ppid, argv}) => shim !== undefined && ppid === shim.pid && argv[0] === '/pause')?.pid ?? 0;
}

const addressesIn = ({stack}: Machine): readonly string[] =>
	stack.links
		.list()
		.find(link => link.name === 'eth0')
		?.addresses.map(({address}) => address) ?? [];

function sandboxStatus(machine: Machine, runtime: Runtime, {id, first, ready, containers}: Sandbox) {
	const running = containers.find(each => each.state === 'running');
	const inner = running && runtime.machine(running.id);
	const own = addressesIn(machine)[0];
	const [ip = ''] = inner ? addressesIn(inner) : [];
	const onHost = ip === own;
	const status = {
		id,
		metadata: {attempt: 0, name: first.podName, namespace: first.podNamespace, uid: first.podUid},
		state: ready ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
		createdAt: time(first.createdMs),
		network: {additionalIps: [], ip: onHost ? '' : ip},
		linux: {namespaces: {options: {ipc: 'POD', network: onHost ? 'NODE' : 'POD', pid: 'CONTAINER', targetId: '', usernsOptions: null}}},
		labels: labelsOf(first, true),
		annotations: {},
		runtimeHandler: '',
	};
	const pid = pauseOf(machine, id);
	return {
		status,
		info: {
			pid,
			processStatus: ready ? 'running' : 'deleted',
			netNamespaceClosed: !ready,
			image: 'registry.k8s.io/pause:3.10',
			runtimeType: 'io.containerd.runc.v2',
		},
	};
}

/** Ids that begin so, for completion. */
export const idsOf = (runtime: Runtime): readonly string[] => ofCri(runtime).map(({id}) => id.slice(0, 13));
