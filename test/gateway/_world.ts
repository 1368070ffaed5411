import type {Cluster} from '../../source/cluster/cluster.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {nginxGatewayDeploy} from '../../source/images/gateway/manifest/deploy.js';
import {nginxGatewayCrds} from '../../source/images/gateway/manifest/nginx-crds.js';
import {gatewayApiStandard} from '../../source/images/gateway/manifest/standard-install.js';
import {clientHello, openTls, sealTls} from '../../source/net/tls.js';
import {run} from '../helpers/ingress-cluster.js';
import {runKubectl} from '../helpers/run-kubectl.js';

/** What `kubectl apply -f -` prints. */
export function apply(cluster: Cluster, text: string): string {
	cluster.host('k8s-master')!.files.write('/root/applied.yaml', text);
	const {stdout, stderr} = runKubectl(cluster, 'kubectl apply -f /root/applied.yaml');
	cluster.settle();
	return stdout + stderr;
}

/** Gateway API and NGINX Gateway Fabric behind node ports, and two versions of an application. */
export function gatewayCluster(seed: string): Cluster {
	const cluster = createCluster({profile: 'base', seed});
	for (const text of [gatewayApiStandard(), nginxGatewayCrds(), nginxGatewayDeploy('NodePort')]) apply(cluster, text);
	for (const version of ['v1', 'v2']) {
		run(cluster, `create deployment ${version} --image myapp:${version}`);
		run(cluster, `expose deployment ${version} --port 80`);
	}

	run(cluster, 'create deployment echo --image traefik/whoami');
	cluster.settle();
	return cluster;
}

export interface Asked {
	readonly host: string;
	readonly path?: string;
	readonly method?: string;
	readonly headers?: readonly string[];
	readonly tls?: boolean;
}

const entrances = new WeakMap<Cluster, {readonly node: string; readonly ports: readonly number[]}>();

/** The node where nginx runs, and its ports there. */
function entranceOf(cluster: Cluster) {
	let entrance = entrances.get(cluster);
	if (!entrance) {
		const read = (what: string) => run(cluster, `-n nginx-gateway get ${what}`);
		const ports = read('svc nginx-gateway -o jsonpath={.spec.ports[*].nodePort}').split(' ').map(Number);
		entrances.set(cluster, (entrance = {node: read('pods -o jsonpath={.items[0].status.hostIP}'), ports}));
	}

	return entrance;
}

/** What a client outside gets of nginx; empty when the handshake is refused. */
export function ask(cluster: Cluster, {host, path = '/', method = 'GET', headers = [], tls = false}: Asked): string {
	const {node, ports} = entranceOf(cluster);
	const connection = cluster.host('reg')!.stack.connect(node, ports[tls ? 1 : 0]!);
	if (connection.outcome.kind !== 'connected') return connection.outcome.kind;
	const bytes = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers.map(each => `${each}\r\n`).join('')}Connection: close\r\n\r\n`;
	if (tls && connection.exchange(clientHello({serverName: host})).bytes === '') return '';
	const answer = connection.exchange(tls ? sealTls(bytes) : bytes).bytes;
	connection.close();
	return tls ? (openTls(answer) ?? '') : answer;
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
export const versionOf = (answer: string): string => /Version: (v\d)/.exec(answer)?.[1] ?? String(statusOf(answer));

/** `type=status/reason` of conditions, and their messages. */
export function conditions(cluster: Cluster, what: string, path: string): Record<string, string> {
	const text = run(cluster, `get ${what} -o json`);
	const list = path.split('.').reduce((value: any, key) => value?.[key], JSON.parse(text)) ?? [];
	return Object.fromEntries(list.map(({type, status, reason, message}: any) => [`${type}=${status}/${reason}`, message]));
}
