import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {goText} from '../../api/field-error.js';
import {validateAnnotations, validateLabels} from '../../api/object-meta.js';
import {parseQuantity, signOf} from '../../api/values/quantity.js';
import {each, type Errors, forbidden, invalid, notSupported, required} from '../errors.js';
import {goPointer, label1123, labelSelector, subdomain1123} from '../rules.js';

export const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const volumeModes = ['Block', 'Filesystem'];

/** Models ValidatePersistentVolumeClaimSpec. */
export function validateClaimSpec(path: string, spec: any): Errors {
	const errors: Errors = spec.accessModes?.length ? [] : [required(`${path}.accessModes`, 'at least 1 access mode is required')];
	errors.push(...labelSelector(`${path}.selector`, spec.selector), ...validateAccessModes(`${path}.accessModes`, spec.accessModes));
	const storage = spec.resources?.requests?.storage;
	const size = `${path}.resources[storage]`;
	if (storage === undefined) errors.push(required(size));
	else if (signOf(parseQuantity(storage)) <= 0) errors.push(invalid(size, storage, 'must be greater than zero'));
	if (spec.storageClassName) errors.push(...subdomain1123(`${path}.storageClassName`, spec.storageClassName));
	if (spec.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode))
		errors.push(notSupported(`${path}.volumeMode`, spec.volumeMode, volumeModes));
	return [...errors, ...dataSources(path, spec)];
}

export function validateAccessModes(field: string, modes: readonly string[] = []): Errors {
	const errors: Errors = modes.filter(mode => !accessModes.includes(mode)).map(mode => notSupported(field, mode, accessModes));
	const others = modes.some(mode => mode !== 'ReadWriteOncePod' && accessModes.includes(mode));
	if (modes.includes('ReadWriteOncePod') && others) errors.push(forbidden(field, 'may not use ReadWriteOncePod with other access modes'));
	return errors;
}

function dataSources(path: string, {dataSource, dataSourceRef}: any): Errors {
	const errors: Errors = [];
	if (dataSource) errors.push(...reference(`${path}.dataSource`, dataSource));
	if (dataSourceRef) {
		errors.push(...reference(`${path}.dataSourceRef`, dataSourceRef));
		if (dataSourceRef.namespace) errors.push(...label1123(`${path}.dataSourceRef.namespace`, dataSourceRef.namespace));
	}

	if (!dataSource || !dataSourceRef) return errors;
	// The server prints the path where the value should be, and as a struct.
	const value = goText(`field.Path{name:"dataSource", index:"", parent:(*field.Path)(${goPointer})}`);
	if (dataSourceRef.namespace) errors.push(invalid(path, value, 'may not be specified when dataSourceRef.namespace is specified'));
	else if (['apiGroup', 'kind', 'name'].some(field => dataSource[field] !== dataSourceRef[field]))
		errors.push(invalid(path, value, 'must match dataSourceRef'));
	return errors;
}

function reference(field: string, {name, kind = '', apiGroup}: any): Errors {
	const errors: Errors = name ? [] : [required(`${field}.name`)];
	if (!kind) errors.push(required(`${field}.kind`));
	if (apiGroup) errors.push(...each(`${field}.apiGroup`, apiGroup, isSubdomain1123(apiGroup)));
	else if (kind !== 'PersistentVolumeClaim')
		errors.push(invalid(field, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
	return errors;
}

/** The claim a pod's ephemeral volume brings. Of its metadata only labels and annotations count. */
export function validateClaimTemplate(path: string, {metadata = {}, spec = {}}: any): Errors {
	const {labels, annotations, creationTimestamp: _, ...others} = metadata;
	return [
		...validateAnnotations(annotations, `${path}.metadata.annotations`),
		...validateLabels(labels, `${path}.metadata.labels`),
		...Object.keys(others).map(key => forbidden(`${path}.metadata.${key}`, 'cannot be set')),
		...validateClaimSpec(`${path}.spec`, spec),
	];
}
