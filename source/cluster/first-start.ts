import type {KubeObject} from '../api/object.js';
import {rfc3339} from '../api/values/time.js';
import type {ApiServer} from '../api/server.js';
import {withLastApplied} from '../commands/kubectl/apply/last-applied.js';
import {kubeletChains} from '../images/kube-proxy/kubelet-chains.js';
import {ingressNginxObjects} from '../images/ingress-nginx/manifest/manifest.js';
import {metallbObjects} from '../images/metallb/manifest/manifest.js';
import type {Network} from '../net/network.js';
import {coreObjects} from './bootstrap/core.js';
import {kubernetesService} from './bootstrap/kubernetes-service.js';
import {flowControlObjects} from './bootstrap/flow-control.js';
import {localApiServices} from './bootstrap/api-services.js';
import {authenticationObjects} from './bootstrap/authentication.js';
import {rbacObjects} from './bootstrap/rbac.js';
import type {Joined} from './join.js';
import {calicoObjects} from './kubeadm/calico.js';
import {controllerAccounts, kubeadmAccess, kubeadmAdmins} from './kubeadm/access.js';
import {configurationObjects} from './kubeadm/configuration.js';
import {corednsObjects} from './kubeadm/coredns.js';
import {kubeProxyObjects} from './kubeadm/kube-proxy.js';
import type {Profile} from './profiles.js';
import {standInNode} from './stand-in-node.js';
import type {Topology} from './topology.js';

/** What runs once in the life of a cluster; afterwards it only has to come to rest. */
export function firstStart(joined: Joined, profile: Profile): void {
	const {sim, world, network, topology} = joined;
	// What pods trust (ConfigMap kube-root-ca.crt) is what kubeadm put on the control plane's disk.
	const {files} = world.host(topology.nodes[0]!.name)!;
	const authority = files.readText('/etc/kubernetes/pki/ca.crt');
	sim.state.cell('cluster/ca-certificate', '').set(authority);
	for (const host of joined.hosts.values()) host.boot();
	bootstrap(joined, authority, files.readText('/etc/kubernetes/pki/front-proxy-ca.crt'));
	if (profile.kubelets === 'real') startNodes(joined, profile);
	else standIn(world.api, network, topology);
}

/** How long kube-apiserver may take to listen, and the nodes to register. */
const patienceMs = 60_000;

/** `kubeadm init` and `join`: kubelets start, then the control plane's pods, then the add-ons are applied. */
function startNodes({sim, world: {api}, network, kubelets, apiUp, topology}: Joined, profile: Profile): void {
	for (const [name, kubelet] of kubelets) {
		kubeletChains(network.namespace(name));
		kubelet.boot();
	}

	sim.clock.advance(patienceMs, apiUp);
	const admin = api.client(
		{name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated']},
		{fieldManager: 'kubeadm'},
	);
	for (const object of [kubeadmAdmins(), ...kubeadmAccess(), ...configurationObjects(topology)])
		api.client(apiServerUser, {fieldManager: 'kubeadm'}).create(object);
	for (const account of controllerAccounts()) api.client(apiServerUser, {fieldManager: 'kube-controller-manager'}).create(account);
	for (const addon of profile.addons) for (const object of addons[addon](topology)) admin.create(object);
}

/** As `kubectl apply -f` leaves them. */
const applied = (objects: readonly KubeObject[]): readonly KubeObject[] => objects.map(withLastApplied);

const addons = {
	'kube-proxy': kubeProxyObjects,
	coredns: corednsObjects,
	calico: calicoObjects,
	metallb: () => applied(metallbObjects as readonly KubeObject[]),
	'ingress-nginx': () => applied(ingressNginxObjects('baremetal')),
};
const apiServerUser = {name: 'system:apiserver', groups: ['system:masters']};

/** What kube-apiserver writes at its first start. */
function bootstrap({sim, world: {api}, topology}: Joined, authority: string, frontProxyAuthority: string): void {
	const client = api.client(apiServerUser, {fieldManager: 'kube-apiserver'});
	const now = rfc3339(sim.clock.now());
	const objects = [
		...coreObjects,
		...rbacObjects(),
		...authenticationObjects(authority, frontProxyAuthority, now),
		...flowControlObjects(now),
		...localApiServices(api.kinds(), now),
		...kubernetesService(topology),
	];
	for (const object of objects) {
		const made = client.create(object);
		if (object['status']) client.updateStatus({...made, status: object['status']});
	}
}

/** Nodes without a kubelet, and an API server without a pod: all that the API can tell is there, nothing that needs a container. */
function standIn(api: ApiServer, network: Network, topology: Topology): void {
	const client = api.client({name: 'system:admin', groups: ['system:masters']}, {fieldManager: 'kubelet'});
	// admin.conf names a group that only this binding gives its rights.
	client.create(kubeadmAdmins());
	for (const node of topology.nodes) client.create(standInNode(topology, node));
	const port = topology.apiServerPort;
	const process = {name: 'kube-apiserver', pid: 2000};
	network
		.namespace(topology.nodes[0]!.name)
		.sockets.listen({protocol: 'tcp', address: '*', port, handler: 'stand-in', owner: 'stand-in', process});
}
