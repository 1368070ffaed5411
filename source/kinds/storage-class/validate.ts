import {equal} from '../../api/values/plain.js';
import {type Errors, forbidden, notSupported, required} from '../errors.js';
import {qualifiedName} from '../rules.js';

const reclaimPolicies = ['Delete', 'Retain'];
const bindingModes = ['Immediate', 'WaitForFirstConsumer'];

/** Models ValidateStorageClass in pkg/apis/storage/validation. */
export function validateStorageClass(storage: any, old?: any): Errors {
	const errors: Errors = storage.provisioner ? qualifiedName('provisioner', storage.provisioner.toLowerCase()) : [required('provisioner')];
	if (!reclaimPolicies.includes(storage.reclaimPolicy)) errors.push(notSupported('reclaimPolicy', storage.reclaimPolicy, reclaimPolicies));
	if (!bindingModes.includes(storage.volumeBindingMode))
		errors.push(notSupported('volumeBindingMode', storage.volumeBindingMode, bindingModes));
	for (const field of old ? ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'] : [])
		if (!equal(storage[field], old[field])) errors.push(forbidden(field, `updates to ${field} are forbidden.`));
	return errors;
}
