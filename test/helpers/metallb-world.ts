import {parseAllDocuments} from 'yaml';
import type {KubeObject} from '../../source/api/object.js';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import {metallbNative} from '../../source/images/metallb/manifest/manifest.js';

const admin = {name: 'kubernetes-admin', groups: ['system:masters']};
export const clientOf = (cluster: Cluster) => cluster.api.client(admin);

/** A cluster on which `kubectl apply -f metallb-native.yaml` has been run and has come to rest. */
export function installed(change: (text: string) => string = text => text): Cluster {
	const cluster = createCluster({seed: 'metallb'});
	const client = clientOf(cluster);
	for (const document of parseAllDocuments(change(metallbNative()))) client.create(document.toJS() as KubeObject);
	cluster.settle();
	return cluster;
}

export const pool = (name: string, ...addresses: string[]): KubeObject => ({
	apiVersion: 'metallb.io/v1beta1',
	kind: 'IPAddressPool',
	metadata: {name, namespace: 'metallb-system'},
	spec: {addresses},
});

export const advertisement = (spec: object = {}): KubeObject => ({
	apiVersion: 'metallb.io/v1beta1',
	kind: 'L2Advertisement',
	metadata: {name: 'l2', namespace: 'metallb-system'},
	spec,
});

/** A deployment `web` of two pods, and a LoadBalancer in front of it. */
export function serveWeb(cluster: Cluster, more: object = {}): void {
	const client = clientOf(cluster);
	const labels = {app: 'web'};
	const template = {metadata: {labels}, spec: {containers: [{name: 'web', image: 'myapp:v1'}]}};
	client.create({
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web', namespace: 'default'},
		spec: {replicas: 2, selector: {matchLabels: labels}, template},
	});
	client.create({
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web', namespace: 'default'},
		spec: {type: 'LoadBalancer', selector: labels, ports: [{port: 80}], ...more},
	});
	cluster.settle();
}

/** What `curl` on the machine outside of the cluster gets. */
export function fetchFromOutside(cluster: Cluster, address: string): string {
	const connection = cluster.host('reg')!.stack.connect(address, 80);
	if (connection.outcome.kind !== 'connected') return connection.outcome.kind;
	const {bytes} = connection.exchange(`GET / HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`);
	connection.close();
	return bytes;
}

export const externalIp = (cluster: Cluster, name = 'web'): string | undefined =>
	cluster.api.reader.get<any>('services', 'default', name).status.loadBalancer?.ingress?.[0]?.ip;

export const speakers = (cluster: Cluster): string[] =>
	cluster.network.announcements().map(({address, namespace}) => `${address} ${namespace}`);
