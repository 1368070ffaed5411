import {mountRows} from '../../../node/host/mount-rows.js';
import type {Verb} from './cri.js';
import {printed} from './print.js';

export const version: Verb = function* (io) {
	io.out('Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  1.7.27\nRuntimeApiVersion:  v1\n');
	return 0;
};

/** What containerd says of itself; of its configuration only what this course asks about. */
export const info: Verb = function* (io, _runtime, args) {
	const hasNetwork =
		io.machine.files.exists('/etc/cni/net.d') && io.machine.files.list('/etc/cni/net.d').some(name => /\.conf(list)?$/.test(name));
	const data = {
		status: {
			conditions: [
				{type: 'RuntimeReady', status: true, reason: '', message: ''},
				hasNetwork
					? {type: 'NetworkReady', status: true, reason: '', message: ''}
					: {
							type: 'NetworkReady',
							status: false,
							reason: 'NetworkPluginNotReady',
							message: 'Network plugin returns error: cni plugin not initialized',
						},
				{type: 'ContainerdHasNoDeprecationWarnings', status: true, reason: '', message: ''},
			],
		},
		cniconfig: {PluginDirs: ['/opt/cni/bin'], PluginConfDir: '/etc/cni/net.d', PluginMaxConfNum: 1, Prefix: 'eth'},
		config: {
			containerd: {
				snapshotter: 'overlayfs',
				defaultRuntimeName: 'runc',
				runtimes: {runc: {runtimeType: 'io.containerd.runc.v2', options: {SystemdCgroup: true}}},
			},
			cni: {binDir: '/opt/cni/bin', confDir: '/etc/cni/net.d'},
			registry: {configPath: '/etc/containerd/certs.d'},
			sandboxImage: 'registry.k8s.io/pause:3.10',
			containerdRootDir: '/var/lib/containerd',
			containerdEndpoint: '/run/containerd/containerd.sock',
		},
		golang: 'go1.23.7',
		lastCNILoadStatus: 'OK',
		'lastCNILoadStatus.default': 'OK',
	};
	return printed(io, args, data, 'json') ?? 0;
};

export const imagefsinfo: Verb = function* (io, runtime, args) {
	const used = runtime.images().reduce((sum, image) => sum + image.sizeBytes, 0);
	const filesystem = {
		timestamp: `${io.machine.sim.clock.now()}000000`,
		fsId: {mountpoint: '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs'},
		usedBytes: {value: String(used)},
		inodesUsed: {value: String(mountRows(io.machine).length * 100)},
	};
	return printed(io, args, {status: {imageFilesystems: [filesystem], containerFilesystems: [filesystem]}}, 'json') ?? 0;
};
