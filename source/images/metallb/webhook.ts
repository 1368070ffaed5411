import {base64Text} from '../../api/base64.js';
import type {KubeObject} from '../../api/object.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import {openTls, readClientHello, sealTls, serverHello} from '../../net/tls.js';
import {httpAnswer, parseHttpRequest} from '../kube-proxy/http.js';
import type {ControllerContext} from './controller.js';
import {logLine} from './log.js';
import {metricsAnswer} from './metrics.js';
import {judge} from './validation.js';

const text = {'Content-Type': 'text/plain; charset=utf-8'};
const notReview = 'request body is not an AdmissionReview\n';

/** Metrics on one port, admission reviews over TLS on the other. */
export function serveWebhook(context: ControllerContext, {bytes, local}: ServiceRequest): ServiceAnswer {
	const nowMs = context.machine.sim.clock.now();
	if (local.port !== 9443) return metricsAnswer(bytes, nowMs, Object.keys(context.memory.allocations).length);
	const pem = base64Text(context.memory.certificate ?? '');
	const hello = readClientHello(bytes);
	if (hello) {
		const name = `metallb-webhook-service.${context.memory.namespace}.svc`;
		const dates = {notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z'};
		return {bytes: serverHello({subject: 'cert', issuer: 'cert', names: [name], issuerPem: pem, ...dates})};
	}

	const plain = openTls(bytes);
	if (plain === undefined)
		return {bytes: 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n', end: 'closed'};
	return {bytes: sealTls(review(context, plain, nowMs)), delayMs: 2};
}

function review(context: ControllerContext, bytes: string, nowMs: number): string {
	const asked = parseHttpRequest(bytes);
	const json = {'Content-Type': 'application/json'};
	if (!asked?.path.startsWith('/validate-')) return httpAnswer(nowMs, 404, text, '404 page not found\n');
	const request = requestIn(asked.body);
	const object: KubeObject | undefined = request?.object ?? request?.oldObject;
	if (!request?.kind || !object?.metadata) return httpAnswer(nowMs, 400, text, notReview);
	logLine(context, `${String(request.kind.kind).toLowerCase()}_webhook.go:52`, 'info', {
		webhook: `Webhook${String(request.operation).slice(0, 1)}${String(request.operation).slice(1).toLowerCase()}`,
		action: String(request.operation).toLowerCase(),
		name: object.metadata.name,
		namespace: object.metadata.namespace,
	});
	let refusal: string | undefined;
	try {
		refusal = judge(request, context.client!, context.memory.namespace);
	} catch (error) {
		// Not from the API server, which holds objects to their schema first.
		if (!(error instanceof TypeError)) throw error;
		return httpAnswer(nowMs, 400, text, notReview);
	}

	const status = refusal === undefined ? {code: 200} : {status: 'Failure', message: refusal, reason: 'Forbidden', code: 403};
	const response = {uid: request.uid, allowed: refusal === undefined, status};
	const body = JSON.stringify({kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', response});
	return httpAnswer(nowMs, 200, json, Buffer.from(body, 'utf8').toString('latin1'));
}

function requestIn(body: string): any {
	try {
		return JSON.parse(Buffer.from(body, 'latin1').toString('utf8')).request;
	} catch {
		return undefined;
	}
}
