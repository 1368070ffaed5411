import type {KubeObject} from '../../source/api/object.js';
import {ApiError} from '../../source/api/status.js';
import type {Cluster} from '../../source/cluster/cluster.js';
import {clientHello, openTls, readServerHello, type ServerHello, sealTls} from '../../source/net/tls.js';
import {type Line, type Result, tally} from './case.js';
import {admin, createBackends, createIngressWorld, type Echo, type IngressWorld, tlsSecret} from './ingress-world.js';

let world: IngressWorld | undefined;

/** ingress-nginx as it is installed: objects are applied, then requests are sent to the controller's Service. */
export function run(lines: readonly Line[]): Result {
	world ??= createIngressWorld();
	const {cluster, snapshot} = world;
	return tally(lines, line => {
		cluster.restore(snapshot);
		return judge(world!, line) ?? true;
	});
}

const resources: Readonly<Record<string, string>> = {
	Ingress: 'ingresses.networking.k8s.io',
	IngressClass: 'ingressclasses.networking.k8s.io',
	Secret: 'secrets',
	Service: 'services',
	ConfigMap: 'configmaps',
};

function apply(cluster: Cluster, object: KubeObject): void {
	const client = cluster.api.client(admin);
	const resource = resources[object.kind]!;
	const old = client.find<KubeObject>(resource, object.metadata.namespace, object.metadata.name);
	if (old) client.update({...object, metadata: {...object.metadata, resourceVersion: old.metadata.resourceVersion!}});
	else client.create(object);
}

function judge({cluster, address}: IngressWorld, line: Line): string | undefined {
	const {given, steps} = line;
	const client = cluster.api.client(admin);
	const ofSuite = idOf(line).startsWith('conf-');
	if (ofSuite)
		client.patch(resources['IngressClass']!, undefined, 'nginx', 'merge', {
			metadata: {annotations: {'ingressclass.kubernetes.io/is-default-class': 'true'}},
		});
	// As the notes say, the conformance suite is run with ssl-redirect off: it asks hosts of an Ingress with TLS over plain HTTP.
	const data = {...(ofSuite && {'ssl-redirect': 'false'}), ...given.configMap};
	client.patch('configmaps', 'ingress-nginx', 'ingress-nginx-controller', 'merge', {data});
	for (const secret of given.tlsSecrets ?? []) apply(cluster, tlsSecret(cluster, secret));
	const owners = createBackends(cluster, given.backends ?? []);
	const known = (object: unknown): KubeObject =>
		JSON.parse(
			JSON.stringify(object).replaceAll(
				/\$\{service:([^}]+)\}/g,
				(_, name: string) => client.get<KubeObject>('services', 'default', name)['spec'].clusterIP,
			),
		);
	for (const object of given.objects ?? []) apply(cluster, known(object));
	const state: Visitor = {cluster, address, owners, saved: ''};
	for (const [i, step] of steps.entries()) {
		for (const object of step.apply ?? []) {
			try {
				apply(cluster, known(object));
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				return `step ${i}: ${error.message}`;
			}
		}

		cluster.settle();
		const wrong = judgeStatus(cluster, step) ?? judgeRequests(state, step.requests ?? []);
		if (wrong) return `step ${i}, ${wrong}`;
	}

	return undefined;
}

const idOf = (line: Line): string => String(line.id ?? '').replace(/^ingress\//, '');

function judgeStatus(cluster: Cluster, step: any): string | undefined {
	if (!step.expectStatus) return undefined;
	cluster.advance(70_000);
	for (const {metadata} of step.apply ?? []) {
		const found = cluster.api.reader.get<KubeObject>(resources['Ingress']!, metadata.namespace, metadata.name)['status']?.loadBalancer;
		if (!(found?.ingress?.length > 0)) return `status of ${metadata.name} is ${JSON.stringify(found)}`;
	}

	return undefined;
}

interface Visitor {
	readonly cluster: Cluster;
	readonly address: string;
	/** Which Service a pod belongs to. */
	readonly owners: ReadonlyMap<string, string>;
	saved: string;
	savedPod?: string;
}

function judgeRequests(visitor: Visitor, requests: readonly any[]): string | undefined {
	for (const [i, {request, expect, times = 1}] of requests.entries()) {
		const answers = Array.from({length: times}, () => ask(visitor, request));
		for (const answer of answers) {
			const wrong = judgeAnswer(visitor, answer, expect);
			if (wrong) return `request ${i}: ${wrong}`;
		}

		const wrong = judgeAll(visitor, answers, expect);
		if (wrong) return `request ${i}: ${wrong}`;
	}

	return undefined;
}

interface Answer {
	readonly status: number;
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	readonly body: string;
	readonly echo?: Echo;
	readonly hello?: ServerHello;
}

function ask({cluster, address, saved}: Visitor, request: any): Answer {
	const {scheme, method, host, path, query, headers = {}, cookies, basicAuth} = request;
	const secure = scheme === 'https';
	const pairs = Object.entries<string>(cookies ?? {}).map(([name, value]) => `${name}=${value.replace('${saved}', saved)}`);
	const lines = {
		Host: host ?? address,
		'User-Agent': 'conformance',
		...headers,
		...(pairs.length > 0 && {Cookie: pairs.join('; ')}),
		...(basicAuth && {Authorization: `Basic ${Buffer.from(basicAuth.join(':')).toString('base64')}`}),
	};
	const text = `${method} ${path}${query ? `?${query}` : ''} HTTP/1.1\r\n${Object.entries(lines)
		.map(([name, value]) => `${name}: ${value}\r\n`)
		.join('')}\r\n`;
	const connection = cluster.host('k8s-node1')!.stack.connect(address, secure ? 443 : 80);
	if (connection.outcome.kind !== 'connected') throw new Error(`${address}: ${connection.outcome.kind}`);
	const hello = secure ? readServerHello(connection.exchange(clientHello({serverName: host ?? ''})).bytes) : undefined;
	const {bytes} = connection.exchange(secure ? sealTls(text) : text);
	connection.close();
	return {...read(secure ? (openTls(bytes) ?? '') : bytes), ...(hello && {hello})};
}

function read(bytes: string): Answer {
	const end = bytes.indexOf('\r\n\r\n');
	const [line = '', ...fields] = bytes.slice(0, end).split('\r\n');
	const body = bytes.slice(end + 4);
	const headers = fields.map(field => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()] as const);
	const isEcho = headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value === 'application/json');
	return {status: Number(line.split(' ')[1]), headers, body, ...(isEcho && body.startsWith('{"pod"') && {echo: JSON.parse(body)})};
}

const valuesOf = ({headers}: Answer, name: string) =>
	headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

function judgeAnswer(visitor: Visitor, answer: Answer, expect: any): string | undefined {
	const {owners} = visitor;
	if (expect.status !== undefined && answer.status !== expect.status) return `status ${answer.status}, not ${expect.status}`;
	const service = answer.echo && owners.get(answer.echo.pod);
	if (expect.service !== undefined && service !== expect.service) return `answered by ${service}, not ${expect.service}`;
	for (const [name, value] of Object.entries(expect.headersEqual ?? {})) {
		const [found] = valuesOf(answer, name);
		if (found !== value) return `${name}: ${found}, not ${value}`;
	}

	for (const name of expect.headersAbsent ?? []) if (valuesOf(answer, name).length > 0) return `${name} is there`;
	for (const name of expect.headersPresent ?? []) if (valuesOf(answer, name).length === 0) return `${name} is missing`;
	for (const text of expect.bodyContains ?? []) if (!answer.body.includes(text)) return `body lacks ${text}: ${answer.body}`;
	if (expect.upstreamPath !== undefined && answer.echo?.path !== expect.upstreamPath)
		return `upstream path ${answer.echo?.path}, not ${expect.upstreamPath}`;
	if (expect.upstreamMethod !== undefined && answer.echo?.method !== expect.upstreamMethod) return `upstream method ${answer.echo?.method}`;
	for (const [name, value] of Object.entries(expect.upstreamHeaders ?? {})) {
		const found = answer.echo?.headers[name.toLowerCase()];
		if (found !== value) return `upstream ${name}: ${found}, not ${value}`;
	}

	for (const name of expect.upstreamHeadersAbsent ?? [])
		if (answer.echo?.headers[name.toLowerCase()] !== undefined) return `upstream got ${name}`;
	return judgeCookies(visitor, answer, expect) ?? judgeCertificate(answer, expect);
}

function judgeCookies(visitor: Visitor, answer: Answer, expect: any): string | undefined {
	const cookies = valuesOf(answer, 'Set-Cookie');
	for (const text of expect.setCookieContains ?? [])
		if (!cookies.some(cookie => cookie.includes(text))) return `Set-Cookie lacks ${text}: ${cookies.join(' | ')}`;
	for (const text of expect.setCookieNotContains ?? [])
		if (cookies.some(cookie => cookie.includes(text))) return `Set-Cookie has ${text}: ${cookies.join(' | ')}`;
	if (expect.noSetCookie === true && cookies.length > 0) return `Set-Cookie: ${cookies.join(' | ')}`;
	if (Array.isArray(expect.noSetCookie) && cookies.some(cookie => expect.noSetCookie.some((name: string) => cookie.startsWith(`${name}=`))))
		return `Set-Cookie: ${cookies.join(' | ')}`;
	if (expect.setCookieExpiresIn !== undefined) {
		const text = cookies.map(cookie => /Expires=([^;]+)/i.exec(cookie)?.[1]).find(Boolean);
		const seconds = Math.round((Date.parse(text?.replaceAll('-', ' ') ?? '') - visitor.cluster.sim.clock.now()) / 1000);
		if (!(Math.abs(seconds - expect.setCookieExpiresIn) <= 2)) return `cookie expires in ${seconds} s (${text})`;
	}

	if (expect.saveCookie !== undefined) {
		const cookie = cookies.find(each => each.startsWith(`${expect.saveCookie}=`));
		if (!cookie) return `no cookie ${expect.saveCookie}`;
		visitor.saved = cookie.slice(expect.saveCookie.length + 1).split(';')[0]!;
		if (answer.echo) visitor.savedPod = answer.echo.pod;
	}

	return undefined;
}

function judgeCertificate({hello}: Answer, expect: any): string | undefined {
	if (expect.certificateHost !== undefined && ![hello?.subject, ...(hello?.names ?? [])].includes(expect.certificateHost))
		return `certificate of ${hello?.names.join(', ')}`;
	if (expect.certificateIssuerCN !== undefined && hello?.issuer !== expect.certificateIssuerCN)
		return `certificate issued by ${hello?.issuer}`;
	return undefined;
}

function judgeAll({owners, savedPod}: Visitor, answers: readonly Answer[], expect: any): string | undefined {
	const pods = answers.flatMap(({echo}) => (echo ? [echo.pod] : []));
	if (expect.samePod && pods.some(pod => pod !== (savedPod ?? pods[0]))) return `pods ${[...new Set(pods)].join(', ')}`;
	if (expect.distinctPods !== undefined && new Set(pods).size !== expect.distinctPods) return `${new Set(pods).size} pods answered`;
	for (const [service, {min}] of Object.entries<any>(expect.distribution ?? {})) {
		const count = pods.filter(pod => owners.get(pod) === service).length;
		if (count < min) return `${service} answered ${count} times, not ${min}`;
	}

	return undefined;
}
