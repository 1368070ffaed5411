import type {AdmissionRequest, WebhookAnswer} from '../../api/admission.js';
import {forbidden, internalError} from '../../api/errors.js';
import {ApiError, type Reason} from '../../api/status.js';
import {judgeConditions} from '../conditions.js';
import {matches} from '../match.js';

/** Asks every webhook that wants to know, in order of configuration names. */
export function callAll(request: AdmissionRequest, configurations: string, patch: (operations: readonly any[]) => void): void {
	if (request.kind.group === 'admissionregistration.k8s.io') return;
	for (const configuration of request.reader.list(configurations)) {
		for (const webhook of configuration['webhooks'] ?? []) {
			if (!matches({...webhook, resourceRules: webhook.rules ?? []}, request)) continue;
			const conditions = judgeConditions(webhook.matchConditions, request);
			if ('error' in conditions && webhook.failurePolicy !== 'Ignore') throw forbidden(request.kind, request.name, conditions.error);
			if (!('met' in conditions && conditions.met)) continue;
			const answer = ask(webhook, request);
			if (answer) judge(webhook, request, answer, patch);
		}
	}
}

/** The call itself, after the look-ups that kube-apiserver does for a service reference. */
function ask(webhook: any, request: AdmissionRequest): WebhookAnswer | undefined {
	const {name, clientConfig = {}, timeoutSeconds = 10} = webhook;
	if (!request.callWebhook) {
		request.sim.notes.notSimulated(`admission webhook ${name}`);
		return undefined;
	}

	const {service} = clientConfig;
	if (service && !request.reader.find('services', service.namespace, service.name)) return {error: `service "${service.name}" not found`};
	const {kind, operation, namespace, draft, old, user, dryRun, sim} = request;
	const groupVersion = {group: kind.group, version: kind.version};
	return request.callWebhook({
		name,
		clientConfig,
		timeoutSeconds,
		request: {
			uid: sim.random.fork('api/webhook').uuid(),
			kind: {...groupVersion, kind: kind.kind},
			resource: {...groupVersion, resource: kind.plural},
			name: request.name,
			...(namespace && {namespace}),
			operation: operation.toUpperCase(),
			userInfo: {username: user.name, groups: user.groups},
			object: draft ?? null,
			oldObject: old ?? null,
			dryRun,
		},
	});
}

function judge(webhook: any, request: AdmissionRequest, answer: WebhookAnswer, patch: (operations: readonly any[]) => void): void {
	if ('error' in answer) {
		if (webhook.failurePolicy === 'Ignore') return;
		throw internalError(
			`failed calling webhook "${webhook.name}": failed to call webhook: Post "${urlOf(webhook)}": ${answer.error}`.replace(
				`Post "${urlOf(webhook)}": service`,
				'service',
			),
		);
	}

	for (const text of answer.warnings ?? []) request.warn(text);
	if (!answer.allowed) throw denial(webhook.name, answer.status ?? {});
	if (answer.patch?.length) patch(answer.patch);
}

function urlOf({clientConfig, timeoutSeconds = 10}: any): string {
	const {service, url} = clientConfig ?? {};
	const base = service ? `https://${service.name}.${service.namespace}.svc:${service.port ?? 443}${service.path ?? ''}` : url;
	return `${base}?timeout=${timeoutSeconds}s`;
}

/** Models errors.ToStatusErr: a refusal without a code is a bad request. */
function denial(name: string, {code, reason, message}: {code?: number; reason?: string; message?: string}): ApiError {
	const because = message ? `: ${message}` : reason ? `: ${reason}` : ' without explanation';
	const reasons: Record<number, Reason> = {
		400: 'BadRequest',
		403: 'Forbidden',
		404: 'NotFound',
		409: 'Conflict',
		422: 'Invalid',
		500: 'InternalError',
	};
	const status = code && code >= 400 ? code : 400;
	return new ApiError(
		status,
		(reason as Reason) || reasons[status] || 'BadRequest',
		`admission webhook "${name}" denied the request${because}`,
	);
}
