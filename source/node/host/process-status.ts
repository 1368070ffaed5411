import {capabilityMask, capabilityNames} from '../../os/capabilities.js';
import type {Process} from '../../os/process.js';
import type {Machine} from './machine.js';

/** /proc/PID/status. Models fs/proc/array.c; what nobody looks at stands still. */
export function processStatus(machine: Machine, process: Process, command: string, pidOf: (process: Process) => number): string {
	const pid = pidOf(process);
	const parent = machine.processes.get(process.ppid);
	const inside = machine.container === '' || (parent && parent.container === process.container);
	const [uid, gid] = accountOf(machine, process);
	const groups = [...new Set([...(machine.groups ? [gid] : []), ...(machine.groups?.more ?? [])])].sort((a, b) => a - b);
	const {effective = [], bounding = [], noNewPrivileges = false, seccomp = false} = machine.capabilities ?? everything(uid);
	const rows: ReadonlyArray<readonly [string, string | number]> = [
		['Name', command],
		['Umask', '0022'],
		['State', 'S (sleeping)'],
		['Tgid', pid],
		['Ngid', 0],
		['Pid', pid],
		['PPid', inside && parent ? pidOf(parent) : 0],
		['TracerPid', 0],
		['Uid', Array(4).fill(uid).join('\t')],
		['Gid', Array(4).fill(gid).join('\t')],
		['FDSize', 64],
		['Groups', groups.map(each => `${each} `).join('') || ' '],
		['NStgid', pid],
		['NSpid', pid],
		['NSpgid', pid],
		['NSsid', pid],
		...sizes.map(([name, kib]) => [name, `${String(kib).padStart(8)} kB`] as const),
		['Threads', 1],
		['SigQ', '0/15467'],
		...['SigPnd', 'ShdPnd', 'SigBlk', 'SigIgn', 'SigCgt'].map(name => [name, '0'.repeat(16)] as const),
		['CapInh', '0'.repeat(16)],
		['CapPrm', capabilityMask(effective)],
		['CapEff', capabilityMask(effective)],
		['CapBnd', capabilityMask(bounding)],
		['CapAmb', '0'.repeat(16)],
		['NoNewPrivs', noNewPrivileges ? 1 : 0],
		['Seccomp', seccomp ? 2 : 0],
		['Seccomp_filters', seccomp ? 1 : 0],
		['Speculation_Store_Bypass', 'thread vulnerable'],
		['Cpus_allowed', 3],
		['Cpus_allowed_list', '0-1'],
		['Mems_allowed', '00000000,00000001'],
		['Mems_allowed_list', 0],
		['voluntary_ctxt_switches', 42],
		['nonvoluntary_ctxt_switches', 3],
	];
	return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

const sizes: ReadonlyArray<readonly [string, number]> = [
	...([
		['VmPeak', 4404],
		['VmSize', 4404],
		['VmLck', 0],
		['VmPin', 0],
		['VmHWM', 1280],
		['VmRSS', 1280],
		['RssAnon', 64],
	] as const),
	...([
		['RssFile', 1216],
		['RssShmem', 0],
		['VmData', 184],
		['VmStk', 132],
		['VmExe', 716],
		['VmLib', 1492],
		['VmPTE', 52],
	] as const),
	['VmSwap', 0],
];

const everything = (uid: number): Partial<Required<Machine>['capabilities']> => ({
	effective: uid === 0 ? capabilityNames : [],
	bounding: capabilityNames,
});

function accountOf({files, groups}: Machine, {user}: Process): readonly [uid: number, gid: number] {
	const rows = files.exists('/etc/passwd') ? files.readText('/etc/passwd').split('\n') : [];
	const row = rows.map(line => line.split(':')).find(([name, , uid]) => name === user || uid === user);
	const uid = row ? Number(row[2]) : /^\d+$/.test(user) ? Number(user) : 0;
	return [uid, groups?.primary ?? (row ? Number(row[3]) : 0)];
}
