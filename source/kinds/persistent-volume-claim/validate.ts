import {copy, equal} from '../../api/values/plain.js';
import {goDifference} from '../go-types/difference.js';
import {type Errors, forbidden, invalid} from '../errors.js';
import {compareTexts} from '../rules.js';
import {validateClaimSpec} from './validate-spec.js';

/** Models ValidatePersistentVolumeClaim and its Update. */
export function validateClaim({spec}: any, old?: any): Errors {
	const errors = validateClaimSpec('spec', spec);
	return old ? [...errors, ...changes(spec, old)] : errors;
}

/** Once bound only the size may grow. Models ValidatePersistentVolumeClaimUpdate. */
function changes(spec: any, old: any): Errors {
	const before = old.spec;
	const munged = copy(spec);
	const bound = old.status?.phase === 'Bound';
	if (!before.volumeName) munged.volumeName = before.volumeName;
	if (bound && munged.resources?.requests && before.resources?.requests)
		munged.resources.requests.storage = before.resources.requests.storage;
	if (before.storageClassName === undefined) munged.storageClassName = before.storageClassName;
	if (bound && munged.volumeAttributesClassName !== undefined) munged.volumeAttributesClassName = before.volumeAttributesClassName;
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
		if (compareTexts(now, old.status?.capacity?.storage ?? '0') <= 0)
			errors.push(forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'));
	}

	if (spec.volumeMode !== before.volumeMode) errors.push(invalid('volumeMode', spec.volumeMode, 'field is immutable'));
	return errors;
}
