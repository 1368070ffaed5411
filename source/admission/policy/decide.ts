import type {AdmissionRequest} from '../../api/admission.js';
import {evaluate, type Variables} from '../conditions.js';

/** Why a request should not pass, and what is to happen then: `Deny`, `Warn`, `Audit`. */
export interface Decision {
	readonly actions: readonly string[];
	readonly message: string;
	readonly reason?: string;
}

/** The validations of a policy, in order; those that hold say nothing. */
export function decide(
	{validations = [], variables: composed = [], failurePolicy = 'Fail'}: any,
	given: Variables,
	request: AdmissionRequest,
): Decision[] {
	const variables: Variables = {...given, variables: compose(composed, given, request)};
	return validations.flatMap(({expression, message, messageExpression, reason}: any): Decision[] => {
		const outcome = evaluate(expression, variables, request);
		if ('error' in outcome) return failurePolicy === 'Fail' ? [{actions: [], message: outcome.error}] : [];
		if (outcome.value === true) return [];
		const said = messageFrom(messageExpression, variables, request) ?? (message?.trim() || `failed expression: ${expression.trim()}`);
		return [{actions: [], message: said, ...(reason && {reason})}];
	});
}

/** Named expressions, each over those before it. One that fails is told where it is used. */
function compose(list: readonly any[], given: Variables, request: AdmissionRequest): object {
	const composed: Record<string, unknown> = {};
	for (const {name, expression} of list) {
		const outcome = evaluate(expression, {...given, variables: composed}, request);
		if ('value' in outcome) composed[name] = outcome.value;
		else
			Object.defineProperty(composed, name, {
				enumerable: false,
				get() {
					throw new Error(`composited variable "${name}" fails to evaluate: ${outcome.error}`);
				},
			});
	}

	return composed;
}

function messageFrom(text: string | undefined, variables: Variables, request: AdmissionRequest): string | undefined {
	if (!text) return undefined;
	const outcome = evaluate(text, variables, request);
	const said = 'value' in outcome && typeof outcome.value === 'string' ? outcome.value.trim() : '';
	return said && !said.includes('\n') ? said : undefined;
}
