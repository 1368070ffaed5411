import type {KubeObject} from '../../source/api/object.js';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import {runKubectl} from './run-kubectl.js';

const admin = {name: 'kubernetes-admin', groups: ['system:masters']};
export const clientOf = (cluster: Cluster) => cluster.api.client(admin);

/** The profile `ingress`: ingress-nginx is installed, and a Service `web` with two pods is there. */
export function ingressCluster(seed = 'ingress'): Cluster {
	const cluster = createCluster({profile: 'ingress', seed});
	run(cluster, 'create deployment web --image myapp:v1 --replicas 2');
	run(cluster, 'expose deployment web --port 80');
	cluster.settle();
	return cluster;
}

/** What a kubectl command prints. */
export function run(cluster: Cluster, line: string): string {
	const {stdout, stderr} = runKubectl(cluster, `kubectl ${line}`);
	return stdout + stderr;
}

export const createIngress = (cluster: Cluster, name: string, ...options: readonly string[]): string =>
	run(cluster, `create ingress ${name} --class nginx ${options.join(' ')}`);

/** Lines of the controller's log, without their heads: `W text`. */
export const logOf = (cluster: Cluster): string[] =>
	run(cluster, '-n ingress-nginx logs deploy/ingress-nginx-controller')
		.split('\n')
		.map(line => line.replace(/^([IWEF])\d{4} \S+ +7 (\S+)\] /, '$1 '));

/** What a client outside gets at the first node's port. */
export function fetch(cluster: Cluster, host: string, path = '/'): string {
	const {spec} = clientOf(cluster).get<KubeObject>('services', 'ingress-nginx', 'ingress-nginx-controller');
	const connection = cluster.host('reg')!.stack.connect('172.25.254.10', spec.ports[0].nodePort);
	if (connection.outcome.kind !== 'connected') return connection.outcome.kind;
	const {bytes} = connection.exchange(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
	connection.close();
	return bytes;
}

export const reloads = (cluster: Cluster): number => logOf(cluster).filter(line => line.includes('Backend successfully reloaded')).length;

/** /etc/nginx/nginx.conf in the controller's pod. */
export function confOf(cluster: Cluster): string {
	const [pod] = clientOf(cluster).list<KubeObject>('pods', {
		namespace: 'ingress-nginx',
		labelSelector: 'app.kubernetes.io/component=controller',
	});
	return cluster.container(pod!.metadata.uid!, 'controller')!.files.readText('/etc/nginx/nginx.conf');
}
