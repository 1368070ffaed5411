import {validateFinalizer} from '../../api/object-meta.js';
import type {Errors} from '../errors.js';
import {items} from '../errors.js';

/** Models ValidateNamespace. */
export const validateNamespace = ({spec}: any): Errors =>
	items('spec.finalizers', spec?.finalizers, (name: string) => validateFinalizer(name, 'spec.finalizers'));
