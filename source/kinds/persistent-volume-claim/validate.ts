import {copy, equal} from '../../api/values/plain.js';
import {parseQuantity, signOf} from '../../api/values/quantity.js';
import {goDifference} from '../go-types/difference.js';
import {type Errors, forbidden, invalid, notSupported, required} from '../errors.js';
import {compareTexts, labelSelector, subdomain1123} from '../rules.js';

export const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const volumeModes = ['Block', 'Filesystem'];

/** Models ValidatePersistentVolumeClaimSpec. */
export function validateClaim({spec}: any, old?: any): Errors {
	const errors = [...validateAccessModes('spec.accessModes', spec.accessModes), ...labelSelector('spec.selector', spec.selector)];
	const storage = spec.resources?.requests?.storage;
	if (storage === undefined) errors.push(required('spec.resources[storage]'));
	else if (signOf(parseQuantity(storage)) <= 0) errors.push(invalid('spec.resources[storage]', storage, 'must be greater than zero'));
	if (spec.storageClassName) errors.push(...subdomain1123('spec.storageClassName', spec.storageClassName));
	if (spec.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode))
		errors.push(notSupported('spec.volumeMode', spec.volumeMode, volumeModes));
	return old ? [...errors, ...changes(spec, old)] : errors;
}

export function validateAccessModes(field: string, modes: readonly string[] | undefined): Errors {
	if (!modes?.length) return [required(field, 'at least 1 access mode is required')];
	const errors: Errors = modes.filter(mode => !accessModes.includes(mode)).map(mode => notSupported(field, mode, accessModes));
	if (modes.includes('ReadWriteOncePod') && modes.length > 1)
		errors.push(forbidden(field, 'may not use ReadWriteOncePod with other access modes'));
	return errors;
}

/** Once bound only the size may grow. Models ValidatePersistentVolumeClaimUpdate. */
function changes(spec: any, old: any): Errors {
	const before = old.spec;
	const munged = copy(spec);
	const bound = old.status?.phase === 'Bound' || Boolean(before.volumeName);
	if (!before.volumeName) munged.volumeName = before.volumeName;
	if (bound && munged.resources?.requests && before.resources?.requests)
		munged.resources.requests.storage = before.resources.requests.storage;
	if (before.storageClassName === undefined) munged.storageClassName = before.storageClassName;
	munged.volumeAttributesClassName = before.volumeAttributesClassName;
	const errors: Errors = [];
	if (!equal(munged, before))
		errors.push(
			forbidden(
				'spec',
				`spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${goDifference('core.PersistentVolumeClaimSpec', before, munged)}`,
			),
		);
	const [now, then] = [spec.resources?.requests?.storage, before.resources?.requests?.storage];
	if (now !== undefined && then !== undefined && compareTexts(now, then) < 0) {
		const capacity = old.status?.capacity?.storage;
		if (capacity === undefined || compareTexts(now, capacity) <= 0 || compareTexts(now, then) < 0)
			errors.push(forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'));
	}

	return errors;
}
