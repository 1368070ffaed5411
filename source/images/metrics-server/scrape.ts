import type {KubeObject} from '../../api/object.js';
import {clientHello, openTls, readServerHello, sealTls} from '../../net/tls.js';
import type {ProgramContext} from '../../node/program/program.js';
import {goDistrust} from '../../tls/go-verify.js';

/** What one container, or a node, had used by then. */
export interface Point {
	readonly atMs: number;
	readonly cpuMicros: number;
	readonly memoryBytes: number;
	readonly startMs?: number;
}

export type Points = Readonly<Record<string, Point>>;

const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';
const pathname = '/metrics/resource';

/** What a node's kubelet counts: `node NAME` and `pod NAMESPACE/POD/CONTAINER` to a point. Throws an Error in Go's words. */
export function scrape(context: ProgramContext, node: KubeObject): Points {
	const {machine, argv} = context;
	const flag = (name: string) => argv.find(word => word === `--${name}` || word.startsWith(`--${name}=`));
	const address = addressOf(
		node,
		flag('kubelet-preferred-address-types')?.split('=')[1] ?? 'Hostname,InternalDNS,InternalIP,ExternalDNS,ExternalIP',
	);
	const port = flag('kubelet-use-node-status-port')
		? (node['status']?.daemonEndpoints?.kubeletEndpoint?.Port ?? 10_250)
		: Number(flag('kubelet-port')?.split('=')[1] ?? 10_250);
	const url = `https://${address}:${port}${pathname}`;
	const wrong = (why: string) => new Error(`Get "${url}": ${why}`);
	if (!/^[\d.]+$/.test(address)) throw wrong(`dial tcp: lookup ${address} on 10.96.0.10:53: no such host`);
	const connection = machine.stack.connect(address, port);
	const {outcome} = connection;
	if (outcome.kind !== 'connected')
		throw wrong(
			outcome.kind === 'timeout'
				? 'context deadline exceeded'
				: `dial tcp ${address}:${port}: connect: ${outcome.kind === 'refused' ? 'connection refused' : 'no route to host'}`,
		);
	try {
		const hello = readServerHello(connection.exchange(clientHello({serverName: address, protocols: ['h2', 'http/1.1']})).bytes);
		if (!hello) throw wrong('EOF');
		const problem =
			flag('kubelet-insecure-tls') && !flag('kubelet-insecure-tls')!.endsWith('=false')
				? undefined
				: goDistrust(hello.pem ?? '', trusted(context), address, machine.sim.clock.now());
		if (problem) throw wrong(`tls: failed to verify certificate: ${problem}`);
		const token = machine.files.exists(`${accountFolder}/token`) ? machine.files.readText(`${accountFolder}/token`) : '';
		const request = `GET ${pathname} HTTP/1.1\r\nHost: ${address}:${port}\r\nAuthorization: Bearer ${token.trim()}\r\n\r\n`;
		const answer = openTls(connection.exchange(sealTls(request)).bytes) ?? '';
		const [, code, reason] = /^HTTP\/1\.1 (\d+) (.*)\r/.exec(answer) ?? [];
		if (code !== '200') throw new Error(`request failed, status: "${code} ${reason}"`);
		return read(answer.slice(answer.indexOf('\r\n\r\n') + 4), node.metadata.name);
	} finally {
		connection.close();
	}
}

/** `--kubelet-certificate-authority`, or what the pod trusts. */
function trusted({machine: {files}, argv}: ProgramContext): string {
	const given = argv.find(word => word.startsWith('--kubelet-certificate-authority='))?.split('=')[1];
	const path = given ?? `${accountFolder}/ca.crt`;
	return files.exists(path) ? files.readText(path) : '';
}

function addressOf(node: KubeObject, types: string): string {
	const addresses: ReadonlyArray<{type: string; address: string}> = node['status']?.addresses ?? [];
	for (const type of types.split(',')) {
		const found = addresses.find(each => each.type === type);
		if (found) return found.address;
	}

	return node.metadata.name;
}

function read(text: string, node: string): Points {
	const points: Record<string, Point> = {};
	const put = (key: string, change: Partial<Point>) => {
		points[key] = {atMs: 0, cpuMicros: 0, memoryBytes: 0, ...points[key], ...change};
	};
	for (const line of text.split('\n')) {
		const match = /^(container|node)_(\w+?)(?:\{container="(.*?)",namespace="(.*?)",pod="(.*?)"\})? (\S+)(?: (\d+))?$/.exec(line);
		if (!match) continue;
		const [, scope, what, container, namespace, pod, value, at] = match;
		const key = scope === 'node' ? `node ${node}` : `pod ${namespace}/${pod}/${container}`;
		const atMs = Number(at ?? 0);
		if (what === 'cpu_usage_seconds_total') put(key, {atMs, cpuMicros: Math.round(Number(value) * 1e6)});
		else if (what === 'memory_working_set_bytes') put(key, {atMs, memoryBytes: Number(value)});
		else if (what === 'start_time_seconds') put(key, {startMs: Math.round(Number(value) * 1000)});
	}

	return points;
}

/** The last two looks at every node. */
export interface ServerMemory {
	readonly last: Points;
	readonly previous: Points;
	readonly startedMs: number;
}
