import type {KubeObject} from '../../../api/object.js';
import type {ServiceAnswer, ServiceRequest} from '../../../net/socket.js';
import {serveTls} from '../../../node/net/tls-server.js';
import {httpAnswer, parseHttpRequest} from '../../kube-proxy/http.js';
import {keyOf} from '../compile/view.js';
import {nginxConf} from '../conf/nginx-conf.js';
import {type Log, logOf} from '../log.js';
import type {ControllerContext} from '../memory.js';
import {parseOne, parseQuietly} from '../parsed.js';
import {surroundingsOf} from '../sync.js';
import {viewOf} from '../view-of.js';
import {checkIngress} from './check.js';
import {warningsOf} from './warnings.js';

const json = {'Content-Type': 'application/json'};

/** Port 8443: the API server asks whether an Ingress may be (internal/admission/controller). */
export function answerReview(context: ControllerContext, {bytes}: ServiceRequest): ServiceAnswer {
	const {machine, memory} = context;
	const nowMs = machine.sim.clock.now();
	const path = memory.given['validating-webhook-certificate'];
	const certificate = machine.files.exists(path) ? machine.files.readText(path) : '';
	return serveTls(bytes, {certificate, nowMs}, inner => ({bytes: review(context, inner, nowMs), delayMs: 30}));
}

function review(context: ControllerContext, bytes: string, nowMs: number): string {
	const log = logOf(context);
	const body = parseHttpRequest(bytes)?.body ?? '';
	const request = requestIn(body);
	if (!request?.uid || !request.object?.metadata) {
		log.error('server.go:95', 'request is not of type AdmissionReview v1 or v1beta1', 'failed to process webhook request');
		return httpAnswer(nowMs, 400, {'Content-Type': 'text/plain; charset=utf-8'}, '');
	}

	const {object} = request as {object: KubeObject};
	const ingress = `${request.namespace}/${request.name}`;
	let refusal: string | undefined;
	let warnings: readonly string[] = [];
	try {
		warnings = warningsOf(object, context.memory.given['annotations-prefix']);
		refusal = judge(context, log, object);
	} catch (error) {
		// Not from the API server, which holds objects to their schema first.
		if (!(error instanceof TypeError)) throw error;
		refusal = 'json: cannot unmarshal object into Go value of type v1.Ingress';
	}

	if (refusal === undefined) log.info('main.go:107', 'successfully validated configuration, accepting', {ingress});
	else log.error('main.go:96', refusal, 'invalid ingress configuration', {ingress});
	const status = refusal === undefined ? undefined : {metadata: {}, status: 'Failure', message: refusal, reason: 'BadRequest', code: 400};
	const response = {uid: request.uid, allowed: refusal === undefined, ...(status && {status}), ...(warnings.length > 0 && {warnings})};
	const answer = JSON.stringify({kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', response});
	return httpAnswer(nowMs, 200, json, Buffer.from(answer, 'utf8').toString('latin1'));
}

function judge(context: ControllerContext, log: Log, object: KubeObject): string | undefined {
	const view = viewOf(context, log);
	const {seen, classes} = context.memory;
	const others = parseQuietly(seen, view, keyOf(object));
	return checkIngress(object, {
		view,
		log,
		classes,
		others: () => others,
		parse: ingress => parseOne(ingress, view, log),
		text: configuration => nginxConf(configuration, surroundingsOf(context)),
	});
}

function requestIn(body: string): any {
	try {
		return JSON.parse(Buffer.from(body, 'latin1').toString('utf8')).request;
	} catch {
		return undefined;
	}
}
