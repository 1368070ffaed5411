import {type Expression, expression} from '../../api/cel/expression.js';
import type {FieldError} from '../../api/field-error.js';
import {equal, isObject} from '../../api/values/plain.js';
import {type Errors, invalid} from '../errors.js';
import {ruleValue} from './rule-values.js';

/** One of `x-kubernetes-validations`. */
export interface Rule {
	readonly rule: string;
	readonly message?: string;
	readonly messageExpression?: string;
	readonly reason?: string;
	readonly fieldPath?: string;
	readonly optionalOldSelf?: boolean;
}

export const rulesOf = (schema: any): readonly Rule[] => schema?.['x-kubernetes-validations'] ?? [];
/** A rule about a change is judged only where there was something before. */
export const isAboutChange = ({rule}: Rule): boolean => /\boldSelf\b/.test(rule);

const known = new WeakMap<object, boolean>();

/** Whether there is any rule in a schema or below it. */
export function hasRules(schema: any): boolean {
	if (!isObject(schema)) return false;
	let has = known.get(schema);
	if (has === undefined) {
		has =
			rulesOf(schema).length > 0 || [schema.items, schema.additionalProperties, ...Object.values(schema.properties ?? {})].some(hasRules);
		known.set(schema, has);
	}

	return has;
}

/** What keeps rules from being judged: the value is not of the shape they are written for. */
const blocking: ReadonlySet<FieldError['type']> = new Set(['NotSupported', 'Required', 'TooLong', 'TooMany', 'TypeInvalid']);

/** The rules of a custom resource, after its schema has been judged. Models apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go. */
export function validateRules(object: any, old: any, schema: any, schemaErrors: Errors): Errors {
	if (!hasRules(schema)) return [];
	if (schemaErrors.some(({type}) => blocking.has(type)))
		return [
			invalid(
				'',
				'null',
				'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
			),
		];
	return judge(object, old, schema, '', true);
}

function judge(value: any, old: any, schema: any, path: string, root = false): Errors {
	// What has not been touched is not judged again (CRDValidationRatcheting).
	if (value === undefined || value === null || !hasRules(schema) || (old !== undefined && equal(value, old))) return [];
	const errors = rulesOf(schema).flatMap(rule => judgeRule(rule, value, old, schema, path, root));
	if (Array.isArray(value)) {
		const before = earlierItems(old, schema);
		for (const [index, item] of value.entries()) errors.push(...judge(item, before(item), schema.items, `${path}[${index}]`));
	} else if (isObject(value)) {
		for (const [name, inner] of Object.entries(value)) {
			const property = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
			const at = property ? (path ? `${path}.${name}` : name) : `${path}[${name}]`;
			errors.push(...judge(inner, isObject(old) ? old[name] : undefined, property ?? schema.additionalProperties, at));
		}
	}

	return errors;
}

/** The item of before that an item of now was: lists with keys tell, others do not. */
function earlierItems(old: any, schema: any): (item: any) => any {
	if (!Array.isArray(old) || schema['x-kubernetes-list-type'] !== 'map') return () => undefined;
	const keys: string[] = schema['x-kubernetes-list-map-keys'] ?? [];
	return item => old.find(other => keys.every(key => equal(other?.[key], item?.[key])));
}

function judgeRule(rule: Rule, value: any, old: any, schema: any, path: string, root: boolean): Errors {
	const change = isAboutChange(rule);
	if (change && old === undefined && !rule.optionalOldSelf) return [];
	const variables = {self: ruleValue(value, schema, root), ...(change && {oldSelf: earlier(rule, old, schema, root)})};
	const outcome = read(rule.rule, variables).evaluate(variables);
	const said = rule.message?.trim() || rule.rule.trim();
	if ('error' in outcome) return [failed(outcome.error, path, schema.type, said)];
	if (outcome.value === true) return [];
	const message = messageFrom(rule, variables) ?? (rule.message?.trim() || `failed rule: ${said}`);
	const field = rule.fieldPath ? `${path}${rule.fieldPath}`.replace(/^\./, '') : path;
	return [{type: reasons[rule.reason ?? ''] ?? 'Invalid', field, value: schema.type, detail: message}];
}

const read = (text: string, variables: object): Expression => expression(text, Object.keys(variables));

function earlier({optionalOldSelf}: Rule, old: any, schema: any, root: boolean): unknown {
	const value = ruleValue(old, schema, root);
	if (!optionalOldSelf) return value;
	const outcome = expression(old === undefined ? 'optional.none()' : 'optional.of(value)', ['value']).evaluate({value});
	return 'value' in outcome ? outcome.value : undefined;
}

const reasons: Readonly<Record<string, FieldError['type']>> = {
	FieldValueForbidden: 'Forbidden',
	FieldValueRequired: 'Required',
	FieldValueDuplicate: 'Duplicate',
};

function failed(error: string, field: string, type: string, rule: string): FieldError {
	if (error.startsWith('operation cancelled'))
		return {
			type: 'Internal',
			field,
			detail: `'${error}': no further validation rules will be run due to call cost exceeds limit for rule: ${rule}`,
		};
	if (error.startsWith('no such overload'))
		return invalid(
			field,
			type,
			`'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${rule}`,
		);
	return invalid(field, type, `${error} evaluating rule: ${rule}`);
}

/** A message that is worked out takes the place of the fixed one, if it is one line of text. */
function messageFrom({messageExpression}: Rule, variables: Record<string, unknown>): string | undefined {
	if (!messageExpression) return undefined;
	const outcome = read(messageExpression, variables).evaluate(variables);
	const text = 'value' in outcome && typeof outcome.value === 'string' ? outcome.value.trim() : '';
	return text && !text.includes('\n') ? text : undefined;
}
