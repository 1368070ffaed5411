import type {KubeObject} from '../../source/api/object.js';
import {createCluster, type Cluster} from '../../source/cluster/cluster.js';
import {parseHttpRequest} from '../../source/images/http/answer.js';
import {ingressNginxObjects} from '../../source/images/ingress-nginx/manifest/manifest.js';
import type {ServiceAnswer, ServiceRequest} from '../../source/net/socket.js';
import type {Snapshot} from '../../source/sim/state.js';
import {issue} from '../../source/tls/issue.js';
import {namedEcKey} from '../../source/tls/named-key.js';
import {publicHalf} from '../../source/tls/private-key.js';
import {certificatePem} from '../../source/tls/self-signed.js';

export const admin = {name: 'kubernetes-admin', groups: ['system:masters']};
const echoPort = 8080;
const authPort = 8081;
/** So many pods answer; a Service takes those of its labels. */
const echoPods = 16;

export interface IngressWorld {
	readonly cluster: Cluster;
	readonly snapshot: Snapshot;
	/** Where the controller's Service is. */
	readonly address: string;
}

/** ingress-nginx installed by its manifest, and pods that tell what they were asked. */
export function createIngressWorld(): IngressWorld {
	const cluster = createCluster({seed: 'ingress'});
	const client = cluster.api.client(admin);
	for (const object of ingressNginxObjects('cloud')) {
		if (object.kind !== 'ValidatingWebhookConfiguration') client.create(object);
		if (object.kind === 'Namespace') cluster.settle();
	}

	for (let i = 0; i < echoPods; i++)
		client.create({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: `echo-${i}`, namespace: 'default', labels: {[`echo-${i}`]: 'yes'}},
			spec: {containers: [{name: 'main', image: 'registry.k8s.io/pause:3.10'}]},
		} as KubeObject);
	cluster.settle();
	cluster.advance(30_000);
	cluster.network.onService('conformance-echo', answerEcho);
	cluster.network.onService('conformance-auth', answerAuth);
	for (let i = 0; i < echoPods; i++) listen(cluster, `echo-${i}`);
	const {spec} = client.get<KubeObject>('services', 'ingress-nginx', 'ingress-nginx-controller');
	return {cluster, snapshot: cluster.snapshot(), address: spec.clusterIP};
}

function listen(cluster: Cluster, pod: string): void {
	const {uid} = cluster.api.reader.get<KubeObject>('pods', 'default', pod).metadata;
	const {stack} = cluster.container(uid!, 'main')!;
	for (const [handler, port] of [
		['conformance-echo', echoPort],
		['conformance-auth', authPort],
	] as const)
		stack.sockets.listen({protocol: 'tcp', address: '0.0.0.0', port, handler, owner: pod, process: {name: 'echo', pid: 1}});
}

/** What an echo server was asked. */
export interface Echo {
	readonly pod: string;
	readonly method: string;
	readonly path: string;
	readonly query: string;
	readonly headers: Readonly<Record<string, string>>;
}

const json = (status: string, body: string): ServiceAnswer => ({
	bytes: `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
	end: 'open',
});

function answerEcho({bytes, owner}: ServiceRequest): ServiceAnswer {
	const request = parseHttpRequest(bytes);
	if (!request) return json('400 Bad Request', '');
	const {method, path, query, headers} = request;
	return json('200 OK', JSON.stringify({pod: owner, method, path, query, headers} satisfies Echo));
}

/** httpbun's /basic-auth/user/password. */
function answerAuth({bytes}: ServiceRequest): ServiceAnswer {
	const [, , user, password] = parseHttpRequest(bytes)?.path.split('/') ?? [];
	const given = parseHttpRequest(bytes)?.headers['authorization'];
	const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	return given === wanted ? json('200 OK', '{}') : json('401 Unauthorized', '');
}

/** Makes the Services of a case; which pod belongs to which is known afterwards. */
export function createBackends(cluster: Cluster, backends: readonly any[], namespace = 'default'): Map<string, string> {
	const client = cluster.api.client(admin);
	const owners = new Map<string, string>();
	let next = 0;
	for (const {name, port, portName, replicas = 1} of backends) {
		const isAuth = name.includes('auth') && name.includes('ext');
		for (let i = 0; i < replicas; i++, next++) {
			if (next >= echoPods) throw new Error(`more than ${echoPods} backends`);
			client.patch('pods', 'default', `echo-${next}`, 'merge', {metadata: {labels: {app: name}}});
			owners.set(`echo-${next}`, name);
		}

		client.create({
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name, namespace},
			spec: {selector: {app: name}, ports: [{port, targetPort: isAuth ? authPort : echoPort, ...(portName && {name: portName})}]},
		} as KubeObject);
	}

	return owners;
}

/** A self-signed certificate for a host as a Secret. */
export function tlsSecret(cluster: Cluster, {namespace, name, host}: {namespace: string; name: string; host: string}): KubeObject {
	const key = namedEcKey('conformance');
	const nowMs = cluster.sim.clock.now();
	const certificate = issue(
		{
			serial: 1n,
			commonName: host,
			usages: ['digitalSignature'],
			purposes: ['serverAuth'],
			dns: [host],
			publicKey: publicHalf(key),
			notBefore: nowMs,
			notAfter: nowMs + 365 * 86_400_000,
		},
		{key},
	);
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	return {
		apiVersion: 'v1',
		kind: 'Secret',
		type: 'kubernetes.io/tls',
		metadata: {namespace, name},
		data: {'tls.crt': base64(certificatePem(certificate)), 'tls.key': base64(key.export({type: 'pkcs8', format: 'pem'}).toString())},
	} as unknown as KubeObject;
}
