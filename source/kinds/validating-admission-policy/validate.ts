import {expression} from '../../api/cel/expression.js';
import {type Errors, invalid, items, notSupported, required} from '../errors.js';

const variables = ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables', 'authorizer'];
const policies = ['Fail', 'Ignore'];

/** Models validateValidatingAdmissionPolicySpec in pkg/apis/admissionregistration/validation. */
export function validateAdmissionPolicy({spec}: any): Errors {
	const errors: Errors = [];
	if (!policies.includes(spec.failurePolicy)) errors.push(notSupported('spec.failurePolicy', spec.failurePolicy, policies));
	if (spec.paramKind) {
		if (!spec.paramKind.apiVersion) errors.push(required('spec.paramKind.apiVersion'));
		if (!spec.paramKind.kind) errors.push(required('spec.paramKind.kind'));
	}

	if (!spec.matchConstraints) errors.push(required('spec.matchConstraints'));
	else if (!spec.matchConstraints.resourceRules?.length) errors.push(required('spec.matchConstraints.resourceRules'));
	errors.push(
		...items('spec.matchConditions', spec.matchConditions, ({name, expression: text}: any, at) => [
			...(name ? [] : [required(`${at}.name`)]),
			...unreadable(text, `${at}.expression`),
		]),
		...items('spec.variables', spec.variables, ({name, expression: text}: any, at) => [
			...(name ? [] : [required(`${at}.name`, 'name is not specified')]),
			...unreadable(text, `${at}.expression`),
		]),
	);
	const what = 'validations or auditAnnotations must contain at least one item';
	if (!spec.validations?.length && !spec.auditAnnotations?.length)
		errors.push(required('spec.validations', what), required('spec.auditAnnotations', what));
	return [...errors, ...items('spec.validations', spec.validations, validation)];
}

function validation({expression: text, message, messageExpression}: any, at: string): Errors {
	const errors = unreadable(text, `${at}.expression`);
	if (message !== undefined && message.trim() === '')
		errors.push(invalid(`${at}.message`, message, 'message must be non-empty if specified'));
	else if (message?.includes('\n')) errors.push(invalid(`${at}.message`, message, 'message must not contain line breaks'));
	else if (text?.trim().includes('\n') && !message)
		errors.push(required(`${at}.message`, 'message must be specified if expression contains line breaks'));
	return messageExpression === undefined ? errors : [...errors, ...unreadable(messageExpression, `${at}.messageExpression`)];
}

function unreadable(text: string | undefined, at: string): Errors {
	if (!text?.trim()) return [required(at, 'expression is not specified')];
	const {error} = expression(text, variables);
	return error ? [invalid(at, text, `compilation failed: ${error}`)] : [];
}
