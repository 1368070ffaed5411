import type {Column} from '../../api/kind.js';
import {ageColumn, integer, nameColumn} from '../cells.js';

/** Models pkg/apis/admissionregistration/v1/defaults.go. */
export function defaultWebhooks(configuration: any, mutating: boolean): void {
	for (const webhook of configuration.webhooks ?? []) {
		webhook.failurePolicy ??= 'Fail';
		webhook.matchPolicy ??= 'Equivalent';
		webhook.namespaceSelector ??= {};
		webhook.objectSelector ??= {};
		webhook.timeoutSeconds ??= 10;
		if (mutating) webhook.reinvocationPolicy ??= 'Never';
		if (webhook.clientConfig?.service) webhook.clientConfig.service.port ??= 443;
		for (const rule of webhook.rules ?? []) rule.scope ??= '*';
	}
}

export const webhookColumns: readonly Column[] = [nameColumn, integer('Webhooks', ({webhooks}) => webhooks?.length ?? 0), ageColumn];
