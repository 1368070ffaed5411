import type {WebhookAnswer, WebhookCall} from '../api/admission.js';
import {base64Text} from '../api/values/base64.js';
import type {ApiServer} from '../api/server.js';
import type {Netstack} from '../net/netstack.js';
import type {Outcome} from '../net/outcome.js';
import {clientHello, openTls, readAlert, readServerHello, sealTls} from '../net/tls.js';
import {goDistrust} from '../tls/go-verify.js';

/**
 * Carries kube-apiserver's calls to admission webhooks: real packets from the control plane's host to the Service's address, TLS checked
 * against the webhook's caBundle, an AdmissionReview there and back.
 */
export function webhookCaller(api: () => ApiServer, stack: () => Netstack): (call: WebhookCall) => WebhookAnswer {
	return call => {
		const target = targetOf(api(), call);
		if ('error' in target) return target;
		const connection = stack().connect(target.address, target.port);
		if (connection.outcome.kind !== 'connected') return {error: dialError(connection.outcome, `${target.address}:${target.port}`)};
		try {
			const hello = connection.exchange(clientHello({serverName: target.name, protocols: ['http/1.1']})).bytes;
			const trouble = distrust(hello, target.name, call.clientConfig.caBundle, api().sim.clock.now());
			if (trouble !== undefined) return {error: trouble};
			const answer = connection.exchange(sealTls(post(call, target)));
			if (answer.end === 'timeout' || answer.delayMs > call.timeoutSeconds * 1000) return {error: 'context deadline exceeded'};
			const plain = openTls(answer.bytes);
			return plain === undefined ? {error: 'EOF'} : verdict(plain);
		} finally {
			connection.close();
		}
	};
}

interface Target {
	/** Name in the certificate. */
	readonly name: string;
	readonly address: string;
	readonly port: number;
	readonly path: string;
}

/** Models the resolver of --enable-aggregator-routing=false: the cluster IP of the Service, at the Service's port. */
function targetOf(api: ApiServer, {clientConfig: {service, url}}: WebhookCall): Target | {error: string} {
	if (!service) {
		const [, name = '', port, path = '/'] = /^https:\/\/([^/:?]+)(?::(\d+))?([^?]*)/.exec(url ?? '') ?? [];
		return {name, address: name, port: Number(port ?? 443), path};
	}

	const {name, namespace, path = '/', port = 443} = service;
	const {spec} = api.reader.get<any>('services', namespace, name);
	if (!spec.ports?.some((each: any) => each.port === port)) return {error: `no service port ${port} found for service "${name}"`};
	if (!spec.clusterIP || spec.clusterIP === 'None') return {error: `cannot route to service with ClusterIP "${spec.clusterIP}"`};
	return {name: `${name}.${namespace}.svc`, address: spec.clusterIP, port, path};
}

const dialErrors: Readonly<Record<string, string>> = {
	refused: 'connect: connection refused',
	reset: 'connect: connection reset by peer',
	unreachable: 'connect: no route to host',
	'ttl-exceeded': 'connect: no route to host',
};

/** kube-proxy rejects with a port-unreachable error, which connect(2) reports as a refusal. */
export function dialError(outcome: Outcome, address: string): string {
	if (outcome.kind === 'timeout') return 'context deadline exceeded';
	const refused = outcome.kind === 'unreachable' && outcome.code === 'port';
	return `dial tcp ${address}: ${refused ? dialErrors['refused'] : dialErrors[outcome.kind]}`;
}

export function distrust(hello: string, name: string, caBundle: string | undefined, nowMs: number): string | undefined {
	const server = readServerHello(hello);
	if (!server) return readAlert(hello) ? 'remote error: tls: handshake failure' : 'http: server gave HTTP response to HTTPS client';
	const problem = goDistrust(server.pem ?? '', caBundle ? base64Text(caBundle) : '', name, nowMs);
	return problem && `tls: failed to verify certificate: ${problem}`;
}

function post({request}: WebhookCall, {name, path}: Target): string {
	const review = JSON.stringify({kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', request});
	const body = Buffer.from(review, 'utf8').toString('latin1');
	return `POST ${path} HTTP/1.1\r\nHost: ${name}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function verdict(bytes: string): WebhookAnswer {
	const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(bytes)?.[1] ?? 0);
	const body = Buffer.from(bytes.slice(bytes.indexOf('\r\n\r\n') + 4), 'latin1').toString('utf8');
	if (status !== 200) return {error: `an error on the server ("${body.trim()}") has prevented the request from succeeding`};
	try {
		const {allowed, status: said, warnings, patch} = JSON.parse(body).response;
		return {
			allowed: allowed === true,
			...(said && {status: said}),
			...(warnings && {warnings}),
			...(patch && {patch: JSON.parse(base64Text(patch))}),
		};
	} catch {
		const found = body === '' ? 'unexpected end of JSON input' : `invalid character '${body[0]}' looking for beginning of value`;
		return {error: `couldn't get version/kind; json parse error: ${found}`};
	}
}
