import {cpusOf, memoryKibOf} from '../../../../node/host/host-spec.js';
import {kernelRelease} from '../../../../os/rhel/kernel.js';
import {noDaemon} from '../daemon.js';
import {failure} from '../failure.js';
import {fill} from '../format.js';
import {binarySize} from '../text.js';
import type {Call, Verb} from '../verb.js';

const machine = {cpus: cpusOf({} as never), memory: memoryKibOf({} as never) * 1024};

const clientText = `Client: Docker Engine - Community
 Version:    28.1.1
 Context:    default
 Debug Mode: false

`;

function facts({engine, io}: Call) {
	const all = engine.containers.list();
	const state = (id: string) => engine.containerd.row(id)?.state;
	const running = all.filter(each => state(each.id) === 'running');
	return {
		Containers: all.length,
		ContainersRunning: running.filter(each => !each.paused).length,
		ContainersPaused: running.filter(each => each.paused).length,
		ContainersStopped: all.length - running.length,
		Images: new Set(engine.images.list().map(each => each.id)).size,
		Name: io.machine.hostname,
		ServerVersion: '28.1.1',
		Driver: 'overlay2',
		LoggingDriver: 'json-file',
		CgroupDriver: 'systemd',
		CgroupVersion: '2',
		KernelVersion: kernelRelease,
		OperatingSystem: 'Red Hat Enterprise Linux 9.6 (Plow)',
		OSType: 'linux',
		Architecture: 'x86_64',
		NCPU: machine.cpus,
		MemTotal: machine.memory,
		DockerRootDir: '/var/lib/docker',
		RegistryConfig: {
			Mirrors: engine.config().mirrors.map(each => (each.endsWith('/') ? each : `${each}/`)),
			InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
		},
		Swarm: {LocalNodeState: 'inactive'},
		LiveRestoreEnabled: engine.config().liveRestore,
	};
}

function serverText(call: Call): string {
	const all = facts(call);
	const {insecure} = call.engine.config();
	const list = (title: string, items: readonly string[]) =>
		items.length > 0 ? ` ${title}:\n${items.map(item => `  ${item}\n`).join('')}` : '';
	return `Server:
 Containers: ${all.Containers}
  Running: ${all.ContainersRunning}
  Paused: ${all.ContainersPaused}
  Stopped: ${all.ContainersStopped}
 Images: ${all.Images}
 Server Version: ${all.ServerVersion}
 Storage Driver: overlay2
  Backing Filesystem: xfs
  Supports d_type: true
  Using metacopy: false
  Native Overlay Diff: true
  userxattr: false
 Logging Driver: json-file
 Cgroup Driver: systemd
 Cgroup Version: 2
 Plugins:
  Volume: local
  Network: bridge host ipvlan macvlan null overlay
  Log: awslogs fluentd gcplogs gelf journald json-file local splunk syslog
 Swarm: inactive
 Runtimes: io.containerd.runc.v2 runc
 Default Runtime: runc
 Init Binary: docker-init
 containerd version: 05044ec0a9a75232cad458027ca83437aae3f4da
 runc version: v1.2.5-0-g59923ef
 init version: de40ad0
 Security Options:
  seccomp
   Profile: builtin
  cgroupns
 Kernel Version: ${all.KernelVersion}
 Operating System: ${all.OperatingSystem}
 OSType: linux
 Architecture: x86_64
 CPUs: ${all.NCPU}
 Total Memory: ${binarySize(all.MemTotal)}
 Name: ${all.Name}
 ID: 4f5c0d1e-7b52-4f6e-9c1f-2a6d8f0b3e77
 Docker Root Dir: /var/lib/docker
 Debug Mode: false
 Experimental: false
${list('Insecure Registries', [...insecure, '::1/128', '127.0.0.0/8'])}${list('Registry Mirrors', all.RegistryConfig.Mirrors)} Live Restore Enabled: ${all.LiveRestoreEnabled}

`;
}

export const info: Verb = {
	name: 'info',
	aliases: ['system info'],
	summary: 'Display system-wide information',
	usage: '[OPTIONS]',
	options: [['format', 'string', 'f']],
	arguments: [0, 0],
	offline: true,
	*run(call) {
		const {values, engine, out} = call;
		const format = values.string('format');
		if (!engine) {
			out(`${clientText}Server:\n`);
			throw failure(noDaemon);
		}

		if (format === 'json') out(`${JSON.stringify(facts(call))}\n`);
		else out(format ? `${fill(format, facts(call))}\n` : clientText + serverText(call));
		return 0;
	},
};
