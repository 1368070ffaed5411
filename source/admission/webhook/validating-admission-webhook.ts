import type {Admission} from '../../api/admission.js';
import {callAll} from './call.js';

/** Models apiserver/pkg/admission/plugin/webhook/validating. */
export default {
	name: 'ValidatingAdmissionWebhook',
	operations: ['create', 'update', 'delete'],
	validate(request) {
		callAll(request, 'validatingwebhookconfigurations.admissionregistration.k8s.io', () => {});
	},
} satisfies Admission;
