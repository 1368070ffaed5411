import type {Admission} from '../../api/admission.js';
import {jsonPatch} from '../../api/patch/json-patch.js';
import {callAll} from './call.js';

/** Models apiserver/pkg/admission/plugin/webhook/mutating. */
export default {
	name: 'MutatingAdmissionWebhook',
	operations: ['create', 'update', 'delete'],
	admit(request) {
		callAll(request, 'mutatingwebhookconfigurations.admissionregistration.k8s.io', patch => {
			const {draft} = request;
			if (!draft) return;
			const changed = jsonPatch(draft, patch);
			for (const key of Object.keys(draft)) delete draft[key];
			Object.assign(draft, changed);
			request.kind.defaults?.(draft);
		});
	},
} satisfies Admission;
