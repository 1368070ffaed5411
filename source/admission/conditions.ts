import type {AdmissionRequest} from '../api/admission.js';
import {expression, type Outcome} from '../api/cel/expression.js';
import {celValue} from '../api/cel/value.js';
import {namespaceOf} from './match.js';

/** What an expression about a request can speak of. */
export type Variables = Readonly<Record<string, unknown>>;

export const variableNames = ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables'];

/** Models apiserver/pkg/admission/plugin/cel. */
export function variablesOf(request: AdmissionRequest): Variables {
	const {kind, operation, subresource, namespace, name, draft, old, user, dryRun} = request;
	const groupVersion = {group: kind.group, version: kind.version};
	return {
		object: celValue(operation === 'delete' ? null : (draft ?? null)),
		oldObject: celValue(operation === 'create' ? null : (old ?? null)),
		request: celValue({
			kind: {...groupVersion, kind: kind.kind},
			resource: {...groupVersion, resource: kind.plural},
			subResource: subresource ?? '',
			requestKind: {...groupVersion, kind: kind.kind},
			requestResource: {...groupVersion, resource: kind.plural},
			name,
			namespace: namespace ?? '',
			operation: operation.toUpperCase(),
			userInfo: {username: user.name, uid: user.uid ?? '', groups: user.groups, extra: user.extra ?? {}},
			dryRun,
		}),
		params: null,
		namespaceObject: celValue(namespaceOf(request) ?? null),
		variables: {},
	};
}

export function evaluate(text: string, variables: Variables, {sim}: AdmissionRequest): Outcome {
	if (/\bauthorizer\b/.test(text)) sim.notes.notSimulated('authorizer in an admission expression');
	const outcome = expression(text, variableNames).evaluate(variables);
	return 'error' in outcome ? {error: `expression '${text}' resulted in error: ${outcome.error}`} : outcome;
}

/** Whether all `matchConditions` hold. One that does not hold outweighs one that cannot be judged. */
export function judgeConditions(
	conditions: readonly any[] | undefined,
	request: AdmissionRequest,
	variables?: Variables,
): {readonly met: boolean} | {readonly error: string} {
	if (!conditions?.length) return {met: true};
	const known = variables ?? variablesOf(request);
	const outcomes = conditions.map(({expression: text}) => evaluate(text, known, request));
	if (outcomes.some(outcome => 'value' in outcome && outcome.value === false)) return {met: false};
	const errors = outcomes.flatMap(outcome => ('error' in outcome ? [outcome.error] : []));
	return errors.length > 0 ? {error: errors.join(', ')} : {met: true};
}
