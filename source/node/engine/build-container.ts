import {grantedCapabilities} from '../../os/capabilities.js';
import type {Sim} from '../../sim/sim.js';
import type {Namespaces} from '../container/namespaces.js';
import type {Manifest} from '../registry/manifest.js';
import {containerNamespace} from './endpoints.js';
import type {LayerRow} from '../registry/image-config.js';
import type {Containerd} from '../container/cri.js';
import type {Networks, Endpoints, BuildContainer, BuildContainerOptions} from './docker.js';

interface Parts {
	readonly sim: Sim;
	readonly host: string;
	readonly containerd: Containerd;
	readonly namespaces: Namespaces;
	readonly networks: Networks;
	readonly endpoints: Endpoints;
}

const nothing: Manifest = {repository: '', tag: ''};

export function createBuildContainer(
	{sim, host, containerd, namespaces, networks, endpoints}: Parts,
	options: BuildContainerOptions,
): BuildContainer {
	const id = containerd.freshId();
	const isHost = options.network === 'host';
	const namespace = isHost ? host : containerNamespace(id);
	if (!namespaces.get(namespace)) namespaces.create(namespace);
	const bridge = networks.get('bridge');
	const endpoint =
		options.network === 'default' || options.network === 'bridge'
			? endpoints.plug(id, bridge, {endpointId: id, aliases: []}, [])
			: undefined;
	const resolv = {path: '/etc/resolv.conf', mount: {type: 'hostpath', source: '', path: '/etc/resolv.conf', readOnly: true}};
	const sandbox = containerd.bareSandbox({
		podUid: id,
		podNamespace: '',
		podName: 'buildkit',
		hostname: 'buildkitsandbox',
		namespace,
		address: '',
		attempt: 0,
	});
	containerd.create(
		{
			sandbox,
			podUid: id,
			podNamespace: '',
			podName: 'buildkit',
			name: 'docker',
			attempt: 0,
			image: '',
			manifest: options.manifest ?? nothing,
			argv: [],
			env: options.env,
			workingDir: options.workingDir || '/',
			user: options.user,
			mounts: [
				{path: '/proc', mount: {type: 'proc', source: `${id}/docker`}},
				{path: '/sys', mount: {type: 'sysfs', source: `${id}/docker`, readOnly: true}},
				resolv,
			],
			readOnly: false,
			tty: false,
			stdin: false,
			stopSignal: 'SIGTERM',
			terminationMessagePath: '',
			capabilities: grantedCapabilities({}),
			seccomp: true,
		},
		{namespace: 'buildkit', id},
	);
	return {
		machine: containerd.machine(id)!,
		rows: () => [...sim.state.table<LayerRow>(`os/files/${id}`).entries()],
		problem(name) {
			const found = containerd.findExecutable(id, name);
			return 'error' in found ? found.error : undefined;
		},
		discard() {
			if (endpoint) endpoints.unplug(id, bridge, endpoint, []);
			containerd.remove(id);
			containerd.removeSandbox(sandbox);
			if (!isHost) namespaces.remove(namespace);
		},
	};
}
