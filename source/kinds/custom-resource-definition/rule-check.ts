import {checked} from '../../api/cel/check.js';
import {type Errors, forbidden, invalid, notSupported, required} from '../errors.js';
import {typedEnvironment} from './rule-types.js';
import {isAboutChange, type Rule, rulesOf} from './rules.js';

const reasons = ['FieldValueInvalid', 'FieldValueForbidden', 'FieldValueRequired', 'FieldValueDuplicate'];

/** The rules of one schema of a definition. `comparable`: whether a value of now can be told from a value of before, for `oldSelf`. */
export function validateSchemaRules(schema: any, path: string, root: boolean, comparable: boolean): Errors {
	return rulesOf(schema).flatMap((rule, index) => {
		const at = `${path}.x-kubernetes-validations[${index}]`;
		const errors = textErrors(rule, at);
		if (rule.rule?.trim()) errors.push(...expressionErrors(rule, schema, at, root));
		if (!comparable && isAboutChange(rule) && !rule.optionalOldSelf)
			errors.push(invalid(`${at}.rule`, rule.rule, 'oldSelf cannot be used on the uncorrelatable portion of the schema'));
		return errors;
	});
}

function textErrors({rule, message, messageExpression, reason, fieldPath}: Rule, at: string): Errors {
	const errors: Errors = [];
	if (!rule?.trim()) errors.push(required(`${at}.rule`, 'rule is not specified'));
	if (message !== undefined && message.trim() === '')
		errors.push(invalid(`${at}.message`, message, 'message must be non-empty if specified'));
	else if (message?.includes('\n')) errors.push(invalid(`${at}.message`, message, 'message must not contain line breaks'));
	else if (rule?.includes('\n') && !message)
		errors.push(required(`${at}.message`, 'message must be specified if rule contains line breaks'));
	if (messageExpression !== undefined && messageExpression.trim() === '')
		errors.push(required(`${at}.messageExpression`, 'must be non-empty if specified'));
	if (reason !== undefined && !reasons.includes(reason)) errors.push(notSupported(`${at}.reason`, reason, reasons));
	if (fieldPath?.includes('\n')) errors.push(forbidden(`${at}.fieldPath`, 'fieldPath must not contain line breaks'));
	return errors;
}

function expressionErrors(rule: Rule, schema: any, at: string, root: boolean): Errors {
	const environment = typedEnvironment(schema, root, rule);
	const found = checked(rule.rule, environment);
	if ('error' in found) return [invalid(`${at}.rule`, goRule(rule), `compilation failed: ${found.error}`)];
	if (found.type !== 'bool' && found.type !== 'dyn') return [invalid(`${at}.rule`, goRule(rule), 'cel expression must evaluate to a bool')];
	if (!rule.messageExpression?.trim()) return [];
	const message = checked(rule.messageExpression, environment);
	if ('error' in message)
		return [invalid(`${at}.messageExpression`, goRule(rule), `messageExpression compilation failed: ${message.error}`)];
	return message.type === 'string' || message.type === 'dyn'
		? []
		: [invalid(`${at}.messageExpression`, goRule(rule), 'messageExpression must evaluate to a string')];
}

/** A rule as Go prints it. */
const goRule = ({rule, message = '', messageExpression = '', reason, fieldPath = '', optionalOldSelf}: Rule) => ({
	goText:
		`apiextensions.ValidationRule{Rule:${JSON.stringify(rule)}, Message:${JSON.stringify(message)}, ` +
		`MessageExpression:${JSON.stringify(messageExpression)}, ` +
		`Reason:(*apiextensions.FieldValueErrorReason)(${reason === undefined ? 'nil' : '0xc000a1b2c0'}), ` +
		`FieldPath:${JSON.stringify(fieldPath)}, OptionalOldSelf:(*bool)(${optionalOldSelf === undefined ? 'nil' : '0xc000a1b2c8'})}`,
});
