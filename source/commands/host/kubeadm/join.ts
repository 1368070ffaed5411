import type {KubeObject} from '../../../api/object.js';
import type {Machine} from '../../../node/host/machine.js';
import type {BaseEntries} from '../../../os/base-tree.js';
import {FileError} from '../../../os/files.js';
import type {Effect, Io, Run} from '../../../shell/command.js';
import {type Arguments, notSimulated, parseArguments} from '../arguments.js';
import {failed, fileAbsent, portFree, preflight} from './preflight.js';
import {caHash} from './token.js';

const kubeletPort = 10_250;
/** How long it asks for a cluster-info that it can trust. */
const discoveryMs = 300_000;

/** Brings this host into the cluster as a worker. Models cmd/kubeadm/app/cmd/join.go. */
export function* join(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(2), {
		long: {
			...{token: 'value', 'discovery-token': 'value', 'tls-bootstrap-token': 'value', 'discovery-token-ca-cert-hash': 'value'},
			...{'discovery-token-unsafe-skip-ca-verification': 'flag', 'ignore-preflight-errors': 'value', 'cri-socket': 'value', v: 'value'},
		},
	});
	const [endpoint] = args.operands;
	if (args.problem || args.operands.length > 1 || (args.has('cri-socket') && !args.value('cri-socket')!.includes('containerd')))
		return notSimulated(io, io.argv.join(' '));
	const token = args.value('token') ?? args.value('discovery-token');
	if (endpoint === undefined || token === undefined)
		return failed(io, 'discovery: Invalid value: "": bootstrapToken or file must be set', '');
	if (!/^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(token))
		return failed(io, `discovery.bootstrapToken.token: Invalid value: "${token}": the bootstrap token is invalid`, '');
	io.out('[preflight] Running pre-flight checks\n');
	const {machine} = io;
	const blocked = preflight(
		io,
		[
			fileAbsent(machine, '/etc/kubernetes/kubelet.conf'),
			fileAbsent(machine, '/etc/kubernetes/bootstrap-kubelet.conf'),
			portFree(machine, kubeletPort),
			fileAbsent(machine, '/etc/kubernetes/pki/ca.crt'),
		],
		args.value('ignore-preflight-errors'),
	);
	if (blocked) return failed(io, blocked);
	const untrusted = yield* discover(io, endpoint, token, args);
	if (untrusted) return failed(io, `couldn't validate the identity of the API Server: ${untrusted}`);
	return yield* startKubelet(io);
}

/** The API server must answer, know the token, and have the authority whose key was told beforehand. */
function* discover(io: Io<Machine>, endpoint: string, token: string, args: Arguments): Generator<Effect, string | undefined, unknown> {
	const {machine} = io;
	const [address = '', port = '6443'] = endpoint.split(':');
	const {kind} = machine.world.apiReachable(machine, address, Number(port));
	if (kind !== 'connected') {
		yield {sleepMs: discoveryMs};
		const path = '/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s';
		const why = kind === 'refused' ? 'connect: connection refused' : kind === 'unreachable' ? 'connect: no route to host' : 'i/o timeout';
		return `failed to request the cluster-info ConfigMap: Get "https://${endpoint}${path}": dial tcp ${address}:${port}: ${why}`;
	}

	const [id, secret] = token.split('.');
	const {data} = machine.world.api.reader.find<KubeObject>('secrets', 'kube-system', `bootstrap-token-${id}`) ?? ({} as any);
	const text = (name: string) => Buffer.from(data?.[name] ?? '', 'base64').toString();
	const expired = text('expiration') !== '' && Date.parse(text('expiration')) <= machine.sim.clock.now();
	if (!data || expired) {
		yield {sleepMs: discoveryMs};
		return `could not find a JWS signature in the cluster-info ConfigMap for token ID "${id}"`;
	}

	if (text('token-secret') !== secret) return "failed to verify JWS signature of received cluster info object, can't trust this API Server";
	const hash = args.value('discovery-token-ca-cert-hash');
	const own = `sha256:${caHash(machine.world.hosts()[0]!)}`;
	if (hash === undefined && !args.has('discovery-token-unsafe-skip-ca-verification'))
		return 'discovery.bootstrapToken: Invalid value: "": using token-based discovery without caCertHashes can be unsafe. Set unsafeSkipCAVerification as true in your kubeadm config file or pass --discovery-token-unsafe-skip-ca-verification flag to continue';
	if (hash !== undefined && hash !== own)
		return `cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "${own}" are pinned`;
	return undefined;
}

const healthyMs = 501;
const bootstrapMs = 1500;

function* startKubelet(io: Io<Machine>): Run {
	const {machine} = io;
	const entries = machine.world.kubeadmFiles?.(machine.name);
	if (!entries) return notSimulated(io, `kubeadm join on ${machine.hostname}, which has no kubelet`);
	io.out(`[preflight] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...
[preflight] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.
[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml"
[kubelet-start] Writing kubelet environment file with flags to file "/var/lib/kubelet/kubeadm-flags.env"
[kubelet-start] Starting the kubelet
[kubelet-check] Waiting for a healthy kubelet at http://127.0.0.1:10248/healthz. This can take up to 4m0s
`);
	writeFiles(machine, entries);
	machine.units?.restart('kubelet');
	yield {sleepMs: healthyMs};
	const microseconds = String(machine.sim.random.fork('kubeadm/healthy').int(1_000_000)).padStart(6, '0');
	io.out(`[kubelet-check] The kubelet is healthy after ${healthyMs}.${microseconds}ms\n`);
	io.out('[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap\n');
	yield {sleepMs: bootstrapMs};
	io.out(`
This node has joined the cluster:
* Certificate signing request was sent to apiserver and a response was received.
* The Kubelet was informed of the new secure connection details.

Run 'kubectl get nodes' on the control-plane to see this node join the cluster.

`);
	return 0;
}

/** Only what `kubeadm reset` takes away: the rest came with packages, or with the network add-on. */
function writeFiles({files}: Machine, entries: BaseEntries): void {
	const own = ['/etc/kubernetes/kubelet.conf', '/etc/kubernetes/pki/ca.crt'];
	for (const [path, entry] of Object.entries(entries)) {
		if (!own.includes(path) && !path.startsWith('/var/lib/kubelet/')) continue;
		const folder = path.slice(0, path.lastIndexOf('/'));
		if (!files.exists(folder)) files.makeFolder(folder, {recursive: true});
		try {
			if (typeof entry === 'string') files.write(path, entry);
			else if ('symlink' in entry) files.symlink(entry.symlink, path);
			else if ('make' in entry) files.write(path, entry.make(), {mode: entry.mode});
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
		}
	}
}
