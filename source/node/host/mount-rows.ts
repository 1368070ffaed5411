import type {Mount} from '../../os/files.js';
import {containerLogFolder, podLogFolder} from '../container/log-folders.js';
import type {Machine} from './machine.js';

/** One line of /proc/mounts; sizes are those of `df`. */
export interface MountRow {
	readonly source: string;
	readonly path: string;
	readonly type: string;
	readonly options: string;
	readonly sizeKib: number;
	readonly usedKib: number;
	/** File systems of the same device are one. */
	readonly device: string;
}

const disk = {source: '/dev/mapper/rhel-root', type: 'xfs', sizeKib: 52_403_200, usedKib: 9_812_436, device: 'root'};
const diskOptions = 'relatime,attr2,inode64,logbufs=8,logbsize=32k,noquota';
const nothing = {sizeKib: 0, usedKib: 0};
const memoryKib = 3_997_184;

/** What is mounted here, in the order in which it was. */
export function mountRows(machine: Machine): MountRow[] {
	const mounted = machine.files.mounts();
	if (machine.kind === 'host') return [...hostRows, ...mounted.filter(each => !isBuiltIn(each)).map(each => rowOf(machine, each))];
	const own = mounted.filter(each => !isBuiltIn(each));
	return [...containerRows(machine), ...own.map(each => rowOf(machine, each)), shm, ...masked];
}

/** Said above, or no mount of a real machine. */
const builtIn = new Set(['/proc', '/sys', '/sys/fs/cgroup', podLogFolder, containerLogFolder]);
const isBuiltIn = ({path}: {readonly path: string}): boolean => builtIn.has(path);

const tmpfs = (path: string, sizeKib: number, options: string, device = path): MountRow => ({
	source: 'tmpfs',
	path,
	type: 'tmpfs',
	options,
	sizeKib,
	usedKib: 0,
	device,
});
const kernel = (type: string, path: string, options: string, source = type): MountRow => ({
	source,
	path,
	type,
	options,
	...nothing,
	device: path,
});

const hostRows: readonly MountRow[] = [
	{...disk, path: '/', options: `rw,${diskOptions}`},
	{...tmpfs('/dev', 4096, 'rw,nosuid,size=4096k,nr_inodes=499648,mode=755,inode64'), source: 'devtmpfs', type: 'devtmpfs'},
	kernel('proc', '/proc', 'rw,nosuid,nodev,noexec,relatime'),
	kernel('sysfs', '/sys', 'rw,nosuid,nodev,noexec,relatime'),
	kernel('cgroup2', '/sys/fs/cgroup', 'rw,nosuid,nodev,noexec,relatime,nsdelegate,memory_recursiveprot', 'cgroup2'),
	tmpfs('/dev/shm', memoryKib / 2, 'rw,nosuid,nodev,inode64'),
	kernel('devpts', '/dev/pts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000'),
	{...tmpfs('/run', 799_440, 'rw,nosuid,nodev,size=799440k,nr_inodes=819200,mode=755,inode64'), usedKib: 10_240},
	{
		...disk,
		source: '/dev/sda1',
		path: '/boot',
		options: `rw,${diskOptions}`,
		sizeKib: 1_038_336,
		usedKib: 296_940,
		device: 'boot',
	},
	tmpfs('/run/user/0', 399_716, 'rw,nosuid,nodev,relatime,size=399716k,nr_inodes=99929,mode=700,inode64'),
];

const containerRows = ({container}: Machine): MountRow[] => [
	{...disk, source: 'overlay', type: 'overlay', path: '/', options: `rw,relatime`, device: container},
	kernel('proc', '/proc', 'rw,nosuid,nodev,noexec,relatime'),
	tmpfs('/dev', 65_536, 'rw,nosuid,size=65536k,mode=755,inode64'),
	kernel('devpts', '/dev/pts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666'),
	kernel('mqueue', '/dev/mqueue', 'rw,nosuid,nodev,noexec,relatime'),
	kernel('sysfs', '/sys', 'ro,nosuid,nodev,noexec,relatime'),
	kernel('cgroup2', '/sys/fs/cgroup', 'ro,nosuid,nodev,noexec,relatime,nsdelegate,memory_recursiveprot', 'cgroup'),
];

const shm: MountRow = {...tmpfs('/dev/shm', 65_536, 'rw,nosuid,nodev,noexec,relatime,size=65536k,inode64'), source: 'shm'};

/** What runc hides from a container that is not privileged. */
const masked: readonly MountRow[] = [
	...['bus', 'fs', 'irq', 'sys', 'sysrq-trigger'].map(name => kernel('proc', `/proc/${name}`, 'ro,nosuid,nodev,noexec,relatime')),
	tmpfs('/proc/acpi', memoryKib / 2, 'ro,relatime,inode64'),
	...['kcore', 'keys', 'latency_stats', 'timer_list'].map(name =>
		tmpfs(`/proc/${name}`, 65_536, 'rw,nosuid,size=65536k,mode=755,inode64', '/dev'),
	),
	tmpfs('/proc/scsi', memoryKib / 2, 'ro,relatime,inode64'),
	tmpfs('/sys/firmware', memoryKib / 2, 'ro,relatime,inode64'),
];

const inMemory = new Set(['secret', 'projected', 'downwardapi', 'tmpfs']);

/** Volumes lie in memory or on the node's disk. */
function rowOf(machine: Machine, {path, mount}: {path: string; mount: Mount}): MountRow {
	const mode = mount.readOnly ? 'ro' : 'rw';
	if (!inMemory.has(mount.type)) return {...disk, path, options: `${mode},${diskOptions}`};
	const sizeKib = mount.sizeKib ?? memoryKib / 2;
	return {
		source: 'tmpfs',
		path,
		type: 'tmpfs',
		options: `${mode},relatime,size=${sizeKib}k,inode64`,
		sizeKib,
		usedKib: pagesKib(machine, path),
		device: `${mount.type} ${mount.source}`,
	};
}

/** A file in memory takes whole pages. */
function pagesKib({files}: Machine, path: string): number {
	const {type, size} = files.lstat(path);
	if (type === 'file') return Math.ceil(size / 4096) * 4;
	return type === 'folder' ? files.list(path).reduce((sum, name) => sum + pagesKib({files} as Machine, `${path}/${name}`), 0) : 0;
}
