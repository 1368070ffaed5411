import {goText} from '../../api/field-error.js';
import {isQualifiedName} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, forbidden, invalid, items, required} from '../errors.js';
import {parseQuantity} from '../../api/values/quantity.js';
import {containerResourceName, overcommits, resourceName} from '../pod/validate-resources.js';
import {compareTexts, goQuantity} from '../rules.js';

type Lists = Readonly<Record<'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio', Record<string, string>>>;

/** Models ValidateLimitRange. */
export function validateLimitRange({spec}: any): Errors {
	const types = new Set<string>();
	return items('spec.limits', spec?.limits, (item: any, path) => {
		const errors: Errors = typeErrors(`${path}.type`, item.type ?? '');
		if (types.has(item.type)) errors.push(duplicate(`${path}.type`, item.type));
		types.add(item.type);
		const lists: Lists = {max: {}, min: {}, default: {}, defaultRequest: {}, maxLimitRequestRatio: {}, ...item};
		const named = (list: keyof Lists) => resourceNames(item.type, `${path}.${list}`, lists[list]);
		errors.push(...named('max'), ...named('min'));
		if (item.type === 'Pod') {
			for (const list of ['default', 'defaultRequest'])
				if (Object.keys(item[list] ?? {}).length > 0)
					errors.push(forbidden(`${path}.${list}`, "may not be specified when `type` is 'Pod'"));
		} else errors.push(...named('default'), ...named('defaultRequest'));
		if (item.type === 'PersistentVolumeClaim' && lists.min['storage'] === undefined && lists.max['storage'] === undefined)
			errors.push(required(`${path}.limits`, 'either minimum or maximum storage value is required, but neither was provided'));
		errors.push(...named('maxLimitRequestRatio'));
		for (const name of names(lists)) errors.push(...bounds(path, name, lists));
		return errors;
	});
}

const typeErrors = (field: string, type: string): Errors => {
	if (['Pod', 'Container', 'PersistentVolumeClaim'].includes(type)) return [];
	const problems = each(field, goText(JSON.stringify(type)), isQualifiedName(type));
	if (problems.length > 0 || type.includes('/')) return problems;
	return [invalid(field, type, 'must be a standard limit type or fully qualified')];
};

const names = (lists: Lists): string[] =>
	[...new Set(Object.values(lists).flatMap(list => (list && typeof list === 'object' ? Object.keys(list) : [])))].sort();

/** Pods and containers have what containers have; other types may also limit storage. */
function resourceNames(type: string, field: string, list: Record<string, string>): Errors {
	const rule = type === 'Pod' || type === 'Container' ? containerResourceName : resourceName;
	return Object.keys(list)
		.sort()
		.flatMap(name => rule(`${field}[${name}]`, name));
}

const amount = (text: string): number => {
	const {digits, exponent} = parseQuantity(text);
	return Number(digits) * 10 ** exponent;
};
const isZeroText = (text: string): boolean => parseQuantity(text).digits === 0n;

/** min <= defaultRequest <= default <= max. */
function bounds(
	path: string,
	name: string,
	{max: maxima, min: minima, default: limits, defaultRequest: requests, maxLimitRequestRatio: ratios}: Lists,
): Errors {
	const [max, min, limit, request, ratio] = [maxima[name], minima[name], limits[name], requests[name], ratios[name]];
	const errors: Errors = [];
	const above = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && compareTexts(a, b) > 0;
	const complain = (list: string, value: string, text: string) => errors.push(invalid(`${path}.${list}[${name}]`, goQuantity(value), text));
	if (above(min, max)) complain('min', min!, `min value ${min} is greater than max value ${max}`);
	if (above(min, request)) complain('defaultRequest', request!, `min value ${min} is greater than default request value ${request}`);
	if (above(request, max)) complain('defaultRequest', request!, `default request value ${request} is greater than max value ${max}`);
	if (above(request, limit))
		complain('defaultRequest', request!, `default request value ${request} is greater than default limit value ${limit}`);
	if (above(min, limit)) complain('default', min!, `min value ${min} is greater than default value ${limit}`);
	if (above(limit, max)) complain('default', max!, `default value ${limit} is greater than max value ${max}`);
	if (ratio !== undefined && compareTexts(ratio, '1') < 0) complain('maxLimitRequestRatio', ratio, `ratio ${ratio} is less than 1`);
	const widest = max !== undefined && min !== undefined && !isZeroText(min) ? amount(max) / amount(min) : undefined;
	if (ratio !== undefined && widest !== undefined && amount(ratio) > widest)
		complain('maxLimitRequestRatio', ratio, `ratio ${ratio} is greater than max/min = ${widest.toFixed(6)}`);
	if (!overcommits(name) && limit !== undefined && request !== undefined && compareTexts(limit, request) !== 0)
		complain('defaultRequest', request, `default value ${limit} must equal to defaultRequest value ${request} in ${name}`);
	return errors;
}
