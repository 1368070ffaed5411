import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import {digest} from '../image/digest.js';
import type {Machine} from './machine.js';

/** Processor time that the answers of a host's containers have cost, in microseconds, by container. */
export const answeringTable = (sim: Sim, host: string): Table<number> => sim.state.table<number>(`program/${host}/answering`);

/** What an answer costs where the program does not say. */
export const answerMicrosDefault = 300;

export interface ContainerUsage {
	readonly namespace: string;
	readonly pod: string;
	readonly container: string;
	readonly startMs: number;
	/** Since it started. */
	readonly cpuMicros: number;
	readonly memoryBytes: number;
}

export interface NodeUsage {
	readonly containers: readonly ContainerUsage[];
	readonly cpuMicros: number;
	readonly memoryBytes: number;
}

const mebi = 2 ** 20;

/** What programs take while nobody asks them for anything: thousandths of a core, and MiB. Figures of a small kubeadm cluster. */
const idle: ReadonlyArray<readonly [image: RegExp, milliCores: number, mebibytes: number]> = [
	[/\/kube-apiserver:/, 42, 258],
	[/\/etcd:/, 19, 49],
	[/\/kube-controller-manager:/, 14, 52],
	[/\/kube-scheduler:/, 4, 22],
	[/\/kube-proxy:/, 1, 19],
	[/\/coredns/, 2, 14],
	[/\/calico\/node|\/node:v3/, 22, 128],
	[/kube-controllers:/, 3, 25],
	[/metrics-server/, 4, 19],
	[/ingress-nginx\/controller/, 3, 92],
	[/metallb\//, 3, 26],
	[/hpa-example/, 1, 12],
	[/mysql|mariadb/, 6, 356],
	[/redis/, 2, 9],
	[/httpd/, 1, 9],
	[/nginx|myapp/, 0, 4],
];

/** The kubelet, containerd and the kernel's own. */
const system = {milliCores: 48, mebibytes: 590};

/** What runs on a host, as the kernel's control groups count it. */
export function nodeUsage({world, host, sim}: Machine, bootedMs: number): NodeUsage {
	const nowMs = sim.clock.now();
	const answering = answeringTable(sim, host);
	const containers = world
		.runtime(host)
		.containers()
		.filter(({state, namespace}) => state === 'running' && namespace === 'k8s.io')
		.map(({id, podNamespace, podName, name, image, startedMs = nowMs}): ContainerUsage => {
			const [, milliCores, mebibytes] = idle.find(([pattern]) => pattern.test(image)) ?? [undefined, 0, 1];
			const share = Number.parseInt(digest(id).slice(0, 4), 16) % 100;
			return {
				namespace: podNamespace,
				pod: podName,
				container: name,
				startMs: startedMs,
				cpuMicros: Math.floor((nowMs - startedMs) * (milliCores + share / 100)) + (answering.get(id) ?? 0),
				memoryBytes: mebibytes * mebi + Math.floor((mebibytes * mebi * share) / 1000 / 4096) * 4096,
			};
		});
	return {
		containers,
		cpuMicros: containers.reduce((total, each) => total + each.cpuMicros, (nowMs - bootedMs) * system.milliCores),
		memoryBytes: containers.reduce((total, each) => total + each.memoryBytes, system.mebibytes * mebi),
	};
}
