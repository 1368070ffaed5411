import {stringify} from 'yaml';
import {gatewayClasses, gateways, referenceGrants} from './gateways.js';
import {grpcRoutes, httpRoutes} from './routes.js';

/** In the order in which they are applied. */
export const gatewayApiObjects: readonly object[] = [gatewayClasses, gateways, grpcRoutes, httpRoutes, referenceGrants];

export const manifestText = (objects: readonly object[]): string =>
	objects
		.map(object => stringify(object, {indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true}))
		.join('---\n');

let text: string | undefined;

/** `standard-install.yaml` of Gateway API v1.2.1. */
export function gatewayApiStandard(): string {
	text ??= manifestText(gatewayApiObjects);
	return text;
}
