import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';

const addresses = (service: any): readonly string[] => service?.spec?.externalIPs ?? [];

/** New external addresses are refused, those that are there stay. Models plugin/pkg/admission/denyserviceexternalips. */
export default {
	name: 'DenyServiceExternalIPs',
	optional: true,
	resources: ['services'],
	operations: ['create', 'update'],
	validate({draft, old, kind, name}) {
		const before = addresses(old);
		if (addresses(draft).some(each => !before.includes(each)))
			throw forbidden(kind, name, 'Use of external IPs is denied by admission control');
	},
} satisfies Admission;
