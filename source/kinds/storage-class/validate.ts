import {equal} from '../../api/values/plain.js';
import {duplicate, type Errors, forbidden, invalid, items, notSupported, required, tooLong} from '../errors.js';
import {qualifiedName} from '../rules.js';

const reclaimPolicies = ['Delete', 'Retain'];
const bindingModes = ['Immediate', 'WaitForFirstConsumer'];

/** Models ValidateStorageClass in pkg/apis/storage/validation. */
export function validateStorageClass(storage: any, old?: any): Errors {
	const errors: Errors = storage.provisioner ? qualifiedName('provisioner', storage.provisioner.toLowerCase()) : [required('provisioner')];
	errors.push(...parameters(storage.parameters ?? {}));
	if (storage.reclaimPolicy && !reclaimPolicies.includes(storage.reclaimPolicy))
		errors.push(notSupported('reclaimPolicy', storage.reclaimPolicy, reclaimPolicies));
	if (!bindingModes.includes(storage.volumeBindingMode))
		errors.push(notSupported('volumeBindingMode', storage.volumeBindingMode, bindingModes));
	errors.push(...topologies(storage.allowedTopologies ?? []));
	for (const field of old ? ['parameters', 'provisioner', 'reclaimPolicy'] : [])
		if (!equal(storage[field], old[field])) errors.push(forbidden(field, `updates to ${field} are forbidden.`));
	if (old && storage.volumeBindingMode !== old.volumeBindingMode)
		errors.push(invalid('volumeBindingMode', storage.volumeBindingMode, 'field is immutable'));
	return errors;
}

const parametersMax = 512;
const parametersBytesMax = 256 * 1024;

function parameters(list: Record<string, string>): Errors {
	const names = Object.keys(list);
	if (names.length > parametersMax) return [tooLong('parameters', parametersMax)];
	const errors: Errors = names.includes('') ? [invalid('parameters', '', 'field can not be empty.')] : [];
	const size = names.reduce((sum, name) => sum + name.length + list[name]!.length, 0);
	return size > parametersBytesMax ? [...errors, tooLong('parameters', parametersBytesMax)] : errors;
}

/** Each term once, each key once in a term, each value once for a key. */
function topologies(terms: readonly any[]): Errors {
	// Go starts with as many empty terms as there are: an empty one has always been there before.
	const seen: unknown[] = terms.map(() => ({}));
	return items('allowedTopologies', terms, (term: any, path) => {
		const expressions: readonly any[] = term?.matchLabelExpressions ?? [];
		const keys = new Set<string>();
		const field = `${path}.matchLabelExpressions`;
		const errors = items(field, expressions, ({key = '', ...rest}: any, at) => {
			const values: readonly string[] = rest.values ?? [];
			const found: Errors = values.length > 0 ? [] : [required(`${at}.values`)];
			const again = (value: string, index: number) => values.indexOf(value) < index;
			found.push(...items(`${at}.values`, values, (value: string, where, index) => (again(value, index) ? [duplicate(where, value)] : [])));
			found.push(...qualifiedName(`${at}.key`, key));
			if (keys.has(key)) found.push(duplicate(`${at}.key`, key));
			keys.add(key);
			return found;
		});
		const sorted = Object.fromEntries(expressions.map(({key = '', values}: any) => [key, [...(values ?? [])].sort()]));
		errors.push(...seen.filter(other => equal(other, sorted)).map(() => duplicate(field, '')));
		seen.push(sorted);
		return errors;
	});
}
