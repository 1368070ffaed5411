import type {FieldError} from '../field-error.js';
import type {Kind} from '../kind.js';
import type {KubeObject} from '../object.js';
import {validateMeta, validateMetaUpdate} from '../object-meta.js';

/** All that is wrong with an object, metadata first. */
export function validateObject(kind: Kind, object: KubeObject, old?: KubeObject): FieldError[] {
	const metaErrors = old ? validateMetaUpdate(object, old) : validateMeta(kind, object);
	return [...metaErrors, ...(kind.validate?.(object, old) ?? [])];
}
