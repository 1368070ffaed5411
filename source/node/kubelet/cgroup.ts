import {createGenerated} from '../../os/generated.js';
import type {KubeletContext} from './context.js';
import {specContainers} from './record.js';
import {allocated} from './resize.js';
import {cpuMilli, quantityValue} from './resources.js';

const periodMicros = 100_000;

/** /sys/fs/cgroup of a container: what its requests and limits have become. Models pkg/kubelet/cm/helpers_linux.go. */
export function defineCgroups({host, sim, records}: KubeletContext): void {
	host.volumes.define('cgroup', id => {
		const [uid = '', name] = id.split('/');
		const resourcesOf = () => {
			const record = records.get(uid);
			const found = record && specContainers(record.pod).find(each => each.spec.name === name);
			return found ? allocated(record, found.spec) : {};
		};
		return createGenerated({
			names: path => (path === '/' ? Object.keys(cgroupFiles) : undefined),
			file(path) {
				const read = cgroupFiles[path.slice(1)];
				return read && {read: () => `${read(resourcesOf())}\n`};
			},
			nowMs: () => sim.clock.now(),
		});
	});
}

const cgroupFiles: Readonly<Record<string, (resources: any) => string>> = {
	'cgroup.controllers': () => 'cpuset cpu io memory hugetlb pids rdma misc',
	'cgroup.type': () => 'domain',
	'cpu.max'({limits}) {
		const milli = limits?.cpu === undefined ? 0 : cpuMilli(limits.cpu);
		return `${milli === 0 ? 'max' : Math.max(1000, (milli * periodMicros) / 1000)} ${periodMicros}`;
	},
	'cpu.weight'({requests, limits}) {
		const milli = cpuMilli(requests?.cpu ?? limits?.cpu ?? 0);
		const shares = milli === 0 ? 2 : Math.min(262_144, Math.max(2, Math.floor((milli * 1024) / 1000)));
		return String(1 + Math.floor(((shares - 2) * 9999) / 262_142));
	},
	'memory.high': () => 'max',
	'memory.max': ({limits}) => (limits?.memory === undefined ? 'max' : String(quantityValue(limits.memory))),
	'memory.min': () => '0',
	'memory.oom.group': () => '1',
	'memory.swap.max': ({limits}) => (limits?.memory === undefined ? 'max' : '0'),
	'pids.max': () => 'max',
};
