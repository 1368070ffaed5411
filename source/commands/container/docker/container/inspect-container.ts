import {stateOf} from '../../../../node/engine/engine.js';
import {volumePath} from '../../../../node/engine/volume-data.js';
import type {PortBinding, PublishedPort, ContainerRecord} from '../../../../node/engine/model.js';
import {goTime} from '../text.js';
import type {Engine} from '../../../../node/engine/docker.js';

/** A container as the API shows it: the fields of its Go structs, in their order. */
export function inspectContainer(engine: Engine, record: ContainerRecord): Record<string, unknown> {
	const {id, name, config, host} = record;
	const row = engine.containerd.row(id);
	const argv = [...config.entrypoint, ...config.command];
	const folder = `/var/lib/docker/containers/${id}`;
	return {
		Id: id,
		Created: goTime(record.createdMs),
		Path: argv[0] ?? '',
		Args: argv.slice(1),
		State: {
			Status: stateOf(record, row),
			Running: row?.state === 'running',
			Paused: record.paused,
			Restarting: false,
			OOMKilled: row?.reason === 'OOMKilled',
			Dead: false,
			Pid: row?.pid ?? 0,
			ExitCode: row?.state === 'running' ? 0 : (row?.exitCode ?? 0),
			Error: record.error,
			StartedAt: goTime(row?.startedMs),
			FinishedAt: goTime(row?.state === 'running' ? undefined : row?.finishedMs),
			...(record.health && {Health: {Status: record.health.status, FailingStreak: record.health.failing, Log: []}}),
		},
		Image: config.imageId,
		ResolvConfPath: `${folder}/resolv.conf`,
		HostnamePath: `${folder}/hostname`,
		HostsPath: `${folder}/hosts`,
		LogPath: `${folder}/${id}-json.log`,
		Name: `/${name}`,
		RestartCount: record.restarts,
		Driver: 'overlay2',
		Platform: 'linux',
		MountLabel: '',
		ProcessLabel: '',
		AppArmorProfile: '',
		ExecIDs: null,
		HostConfig: hostConfig(record),
		GraphDriver: {
			Data: {
				MergedDir: `/var/lib/docker/overlay2/${id}/merged`,
				UpperDir: `/var/lib/docker/overlay2/${id}/diff`,
				WorkDir: `/var/lib/docker/overlay2/${id}/work`,
			},
			Name: 'overlay2',
		},
		Mounts: host.binds.map(({type, source, target, readOnly}) => ({
			Type: type,
			...(type === 'volume' && {Name: source}),
			Source: type === 'volume' ? volumePath(source) : source,
			Destination: target,
			...(type === 'volume' && {Driver: 'local'}),
			Mode: readOnly ? 'ro' : '',
			RW: !readOnly,
			Propagation: type === 'bind' ? 'rprivate' : '',
		})),
		Config: ownConfig(record),
		NetworkSettings: networkSettings(engine, record),
	};
}

const listOf = (list: readonly string[]) => (list.length > 0 ? list : null);

function hostConfig({host}: ContainerRecord): Record<string, unknown> {
	return {
		Binds: listOf(
			host.binds.filter(bind => bind.type !== 'tmpfs').map(bind => `${bind.source}:${bind.target}${bind.readOnly ? ':ro' : ''}`),
		),
		ContainerIDFile: '',
		LogConfig: {Type: 'json-file', Config: {}},
		NetworkMode: host.network,
		PortBindings: bindings(host.ports),
		RestartPolicy: {Name: host.restart.name, MaximumRetryCount: host.restart.maximum},
		AutoRemove: host.autoRemove,
		VolumeDriver: '',
		VolumesFrom: null,
		CapAdd: listOf(host.capAdd),
		CapDrop: listOf(host.capDrop),
		CgroupnsMode: 'private',
		Dns: host.dns,
		DnsOptions: host.dnsOptions,
		DnsSearch: host.dnsSearch,
		ExtraHosts: listOf(host.extraHosts),
		IpcMode: 'private',
		Links: listOf(host.links),
		Privileged: host.privileged,
		PublishAllPorts: host.publishAll,
		ReadonlyRootfs: host.readOnly,
		ShmSize: 67_108_864,
		Runtime: 'runc',
		CpuShares: host.cpuShares,
		Memory: host.memory,
		NanoCpus: host.nanoCpus,
	};
}

function bindings(ports: readonly PortBinding[]): Record<string, unknown> {
	const result: Record<string, Array<{HostIp: string; HostPort: string}>> = {};
	for (const {containerPort, protocol, hostAddress, hostPort} of ports)
		(result[`${containerPort}/${protocol}`] ??= []).push({HostIp: hostAddress, HostPort: hostPort === undefined ? '' : String(hostPort)});
	return result;
}

function ownConfig({id, config}: ContainerRecord): Record<string, unknown> {
	return {
		Hostname: config.hostname || id.slice(0, 12),
		Domainname: '',
		User: config.user,
		AttachStdin: false,
		AttachStdout: false,
		AttachStderr: false,
		...(config.exposed.length > 0 && {ExposedPorts: Object.fromEntries(config.exposed.map(port => [port, {}]))}),
		Tty: config.tty,
		OpenStdin: config.stdin,
		StdinOnce: false,
		Env: Object.entries(config.env).map(([name, value]) => `${name}=${value}`),
		Cmd: listOf(config.command),
		...(config.healthcheck && {Healthcheck: {Test: config.healthcheck.test}}),
		Image: config.image,
		Volumes: null,
		WorkingDir: config.workingDir,
		Entrypoint: listOf(config.entrypoint),
		OnBuild: null,
		Labels: config.labels,
		...(config.stopSignal !== 'SIGTERM' && {StopSignal: config.stopSignal}),
	};
}

function networkSettings(engine: Engine, {id, config, endpoints, published, host, dnsPort}: ContainerRecord): Record<string, unknown> {
	const networks = Object.fromEntries(
		Object.entries(endpoints).map(([name, endpoint]) => {
			const network = engine.networks.find(name);
			return [
				name,
				{
					IPAMConfig: endpoint.wanted ? {IPv4Address: endpoint.wanted} : null,
					Links: null,
					Aliases: listOf(endpoint.aliases),
					MacAddress: endpoint.mac ?? '',
					DriverOpts: null,
					GwPriority: 0,
					NetworkID: network?.id ?? '',
					EndpointID: endpoint.address || network?.driver !== 'bridge' ? endpoint.endpointId : '',
					Gateway: endpoint.address ? (network?.gateway ?? '') : '',
					IPAddress: endpoint.address ?? '',
					IPPrefixLen: endpoint.address ? Number(network?.subnet.split('/')[1] ?? 0) : 0,
					IPv6Gateway: '',
					GlobalIPv6Address: '',
					GlobalIPv6PrefixLen: 0,
					DNSNames: name === 'bridge' || network?.driver !== 'bridge' ? null : [...endpoint.aliases, id.slice(0, 12)],
				},
			];
		}),
	);
	const bridge = endpoints['bridge'];
	const isOn = bridge?.address !== undefined;
	return {
		Bridge: '',
		SandboxID: isOn || dnsPort ? id : '',
		SandboxKey: isOn ? `/var/run/docker/netns/${id.slice(0, 12)}` : '',
		Ports: ports(
			published,
			config.exposed,
			Object.values(endpoints).some(each => each.address),
		),
		HairpinMode: false,
		LinkLocalIPv6Address: '',
		LinkLocalIPv6PrefixLen: 0,
		SecondaryIPAddresses: null,
		SecondaryIPv6Addresses: null,
		EndpointID: isOn ? bridge!.endpointId : '',
		Gateway: isOn ? '172.17.0.1' : '',
		GlobalIPv6Address: '',
		GlobalIPv6PrefixLen: 0,
		IPAddress: bridge?.address ?? '',
		IPPrefixLen: isOn ? 16 : 0,
		IPv6Gateway: '',
		MacAddress: bridge?.mac ?? '',
		Networks: host.network.startsWith('container:') ? {} : networks,
	};
}

function ports(published: readonly PublishedPort[], exposed: readonly string[], isOn: boolean): Record<string, unknown> {
	if (!isOn) return {};
	const result: Record<string, Array<{HostIp: string; HostPort: string}> | null> = Object.fromEntries(exposed.map(port => [port, null]));
	for (const {containerPort, protocol, hostAddress, hostPort} of published) {
		const places = hostAddress === '' ? ['0.0.0.0', '::'] : [hostAddress];
		const key = `${containerPort}/${protocol}`;
		result[key] = [...(result[key] ?? []), ...places.map(HostIp => ({HostIp, HostPort: String(hostPort)}))];
	}

	return result;
}
