import {klogTime} from '../../../node/kubelet/journal.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Io, Run} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';

const folders = ['/etc/kubernetes/manifests', '/var/lib/kubelet', '/etc/kubernetes/pki'];
const kubeconfigs = ['admin', 'super-admin', 'kubelet', 'bootstrap-kubelet', 'controller-manager', 'scheduler'].map(
	name => `/etc/kubernetes/${name}.conf`,
);
const etcdData = '/var/lib/etcd';
const manualCleanup = `
The reset process does not perform cleanup of CNI plugin configuration,
network filtering rules and kubeconfig files.

For information on how to perform this cleanup manually, please see:
    https://k8s.io/docs/reference/setup-tools/kubeadm/kubeadm-reset/

`;
/** Stopping the pods one by one takes a while. */
const cleanupMs = 3000;

/** What `init` and `join` did to this host is undone; the Node object and the network's leftovers stay. Models cmd/kubeadm/app/cmd/reset.go. */
export function* reset(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(2), {
		flags: 'f',
		long: {force: '=f', 'cri-socket': 'value', v: 'value', kubeconfig: 'value'},
	});
	if (args.problem || args.operands.length > 0) return notSimulated(io, io.argv.join(' '));
	const {machine} = io;
	const {files} = machine;
	const warn = (where: string, text: string) =>
		io.err(
			`W${klogTime(machine.sim.clock.now())} ${String(2000 + machine.sim.random.fork('kubeadm').int(900)).padStart(7)} ${where}] ${text}\n`,
		);
	if (!args.has('f')) {
		warn('preflight.go:56', "[reset] WARNING: Changes made to this host by 'kubeadm init' or 'kubeadm join' will be reverted.");
		io.out('[reset] Are you sure you want to proceed? [y/N]: ');
		const answer: string | undefined = yield {read: 'line'};
		if (!/^y$/i.test(answer?.trim() ?? '')) {
			io.err("error execution phase preflight: won't proceed; the user didn't answer (Y|y) in order to continue\n");
			io.err('To see the stack trace of this error execute with --v=5 or higher\n');
			return 1;
		}
	}

	io.out('[preflight] Running pre-flight checks\n');
	warn('removeetcdmember.go:106', '[reset] No kubeadm config, using etcd pod spec to get data directory');
	if (files.exists('/etc/kubernetes/manifests/etcd.yaml')) {
		empty(machine, etcdData);
		io.out(`[reset] Deleted contents of the etcd data directory: ${etcdData}\n`);
	}

	io.out('[reset] Stopping the kubelet service\n');
	machine.units?.stop('kubelet');
	io.out('[reset] Unmounting mounted directories in "/var/lib/kubelet"\n');
	machine.world.removePods?.(machine.name);
	yield {sleepMs: cleanupMs};
	io.out(`[reset] Deleting contents of directories: [${folders.join(' ')}]\n`);
	for (const folder of folders) empty(machine, folder);
	io.out(`[reset] Deleting files: [${kubeconfigs.join(' ')}]\n`);
	for (const path of kubeconfigs) files.remove(path, {force: true});
	io.out(manualCleanup);
	return 0;
}

function empty({files}: Machine, folder: string): void {
	if (!files.exists(folder)) return;
	for (const name of files.list(folder)) files.remove(`${folder}/${name}`, {recursive: true, force: true});
}
