import {celValue} from '../api/cel/value.js';
import {expression} from '../api/cel/expression.js';
import {shown} from './validate.js';
import {asAsked} from './told.js';

const variables = ['object'];

/** Why the expression cannot be asked of any object; undefined when it can. */
export function unreadableCel(text: string): string | undefined {
	const {error, type = 'dyn'} = expression(text, variables);
	if (error !== undefined) return `cannot be read: ${error.split('\n')[0]!.replace(/^ERROR: <input>:/, '')}`;
	return type === 'dyn' || type === 'bool' ? undefined : `is neither true nor false (its type is ${type}); compare it with something`;
}

/** What the fields that an expression names hold, where it is not true; undefined where it is. */
export function celDifference(object: unknown, text: string): string | undefined {
	const outcome = expression(text, variables).evaluate({object: celValue(object)});
	if ('value' in outcome && outcome.value === true) return undefined;
	const found = fieldsOf(text).map(({path, keys}) => `${path} is ${valueText(keys.reduce<any>((value, key) => value?.[key], object))}`);
	return found.length > 0 ? found.join(', ') : `it is not ${asAsked}`;
}

/** The fields in question; what they shall be is the objective's to say. */
export const celWanted = (text: string): string[] => {
	const paths = fieldsOf(text).map(({path}) => `${path} ${asAsked}`);
	return paths.length > 0 ? paths : [`it ${asAsked}`];
};

const fieldsOf = (text: string) =>
	[...new Set(text.match(/\bobject(?:\.\w+(?!\w*\())+/g))].map(each => {
		const keys = each.split('.').slice(1);
		return {path: keys.join('.'), keys};
	});

/** A list or a map as it is, where it is short. */
function valueText(value: unknown): string {
	if (value === undefined) return 'not set';
	const json = JSON.stringify(value);
	return json.length <= shortJson ? json : shown(value);
}
const shortJson = 80;
