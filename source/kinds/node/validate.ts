import {isLabelValue} from '../../api/selector/label-syntax.js';
import {equal} from '../../api/values/plain.js';
import {duplicate, each, type Errors, forbidden, items} from '../errors.js';
import {qualifiedName, taintEffect} from '../rules.js';

/** Models ValidateNode. The path of taints is `metadata.taints`, as there. */
export function validateNode({spec}: any, old?: any): Errors {
	const seen = new Set<string>();
	const errors = items('metadata.taints', spec?.taints, ({key = '', value = '', effect}: any, path) => {
		const found = [
			...qualifiedName(`${path}.key`, key),
			...each(`${path}.value`, value, isLabelValue(value)),
			...taintEffect(`${path}.effect`, effect),
		];
		const id = `${key}:${effect}`;
		if (seen.has(id)) found.push(duplicate(path, `taints must be unique by key and effect pair`));
		seen.add(id);
		return found;
	});
	const fixed = ['podCIDR', 'providerID'];
	for (const field of old ? fixed : [])
		if (old.spec?.[field] && !equal(spec?.[field], old.spec[field]))
			errors.push(forbidden(`spec.${field}`, 'node updates may not change ' + field + ' except from "" to valid'));
	return errors;
}
