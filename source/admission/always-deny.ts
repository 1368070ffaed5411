import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';

/** Models plugin/pkg/admission/deny. */
export default {
	name: 'AlwaysDeny',
	optional: true,
	operations: ['create', 'update', 'delete', 'connect'],
	validate({kind, name}) {
		throw forbidden(kind, name, 'admission control is denying all modifications');
	},
} satisfies Admission;
