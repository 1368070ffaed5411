import type {Kind} from '../../api/kind.js';
import {defaultWebhooks, webhookColumns} from '../validating-webhook-configuration/webhooks.js';
import {validateWebhooks} from '../validating-webhook-configuration/validate.js';

export default {
	kind: 'MutatingWebhookConfiguration',
	group: 'admissionregistration.k8s.io',
	version: 'v1',
	plural: 'mutatingwebhookconfigurations',
	singular: 'mutatingwebhookconfiguration',
	shortNames: [],
	namespaced: false,
	schema: 'admissionregistration.v1.MutatingWebhookConfiguration',
	conditionalUpdate: true,
	generation: 'spec',
	defaults: configuration => defaultWebhooks(configuration, true),
	validate: validateWebhooks,
	columns: webhookColumns,
} satisfies Kind;
