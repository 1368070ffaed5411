import type {KubeObject} from '../../api/object.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import {serveTls} from '../../node/net/tls-server.js';
import {httpAnswer, parseHttpRequest} from '../kube-proxy/http.js';
import {logLine} from './log.js';
import {metricsAnswer} from './metrics.js';
import {judge} from './validation.js';
import type {ControllerContext} from './memory.js';

const text = {'Content-Type': 'text/plain; charset=utf-8'};
const notReview = 'request body is not an AdmissionReview\n';

/** Metrics on one port, admission reviews over TLS on the other. */
export function serveWebhook(context: ControllerContext, {bytes, local}: ServiceRequest): ServiceAnswer {
	const nowMs = context.machine.sim.clock.now();
	if (local.port !== 9443) return metricsAnswer(bytes, nowMs, Object.keys(context.memory.allocations).length);
	const tls = {certificate: context.memory.certificate ?? '', protocols: ['http/1.1'], nowMs};
	return serveTls(bytes, tls, inner => ({bytes: review(context, inner, nowMs), delayMs: 2}));
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
