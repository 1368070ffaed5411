import type {Kind} from '../../api/kind.js';
import {defaultWebhooks, webhookColumns} from './webhooks.js';
import {validateWebhooks} from './validate.js';

export default {
	kind: 'ValidatingWebhookConfiguration',
	group: 'admissionregistration.k8s.io',
	version: 'v1',
	plural: 'validatingwebhookconfigurations',
	singular: 'validatingwebhookconfiguration',
	shortNames: [],
	namespaced: false,
	schema: 'admissionregistration.v1.ValidatingWebhookConfiguration',
	conditionalUpdate: true,
	generation: 'spec',
	defaults: configuration => defaultWebhooks(configuration, false),
	validate: validateWebhooks,
	columns: webhookColumns,
} satisfies Kind;
