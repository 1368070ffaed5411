import type {KubeObject} from '../../api/object.js';
import type {Topology} from '../topology.js';

/** The Service `kubernetes`, with the endpoints a kube-apiserver writes for itself (pkg/controlplane/controller/kubernetesservice). */
export function kubernetesService(topology: Topology): KubeObject[] {
	const address = topology.nodes[0]!.address;
	const [network] = topology.serviceCidr.split('/');
	const first = network!.replace(/\d+$/, last => String(Number(last) + 1));
	const metadata = {name: 'kubernetes', namespace: 'default'};
	return [
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {...metadata, labels: {component: 'apiserver', provider: 'kubernetes'}},
			spec: {
				clusterIP: first,
				ports: [{name: 'https', port: 443, protocol: 'TCP', targetPort: topology.apiServerPort}],
				sessionAffinity: 'None',
				type: 'ClusterIP',
			},
		},
		{
			apiVersion: 'v1',
			kind: 'Endpoints',
			metadata: {...metadata, labels: {'endpointslice.kubernetes.io/skip-mirror': 'true'}},
			subsets: [{addresses: [{ip: address}], ports: [{name: 'https', port: topology.apiServerPort, protocol: 'TCP'}]}],
		},
		{
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata: {...metadata, labels: {'kubernetes.io/service-name': 'kubernetes'}},
			addressType: 'IPv4',
			endpoints: [{addresses: [address], conditions: {ready: true}}],
			ports: [{name: 'https', port: topology.apiServerPort, protocol: 'TCP'}],
		},
	];
}
