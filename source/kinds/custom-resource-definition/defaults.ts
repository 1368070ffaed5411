/** Models apiextensions/v1/defaults.go. */
export function defaultDefinition(definition: any): void {
	const spec = (definition.spec ??= {});
	spec.names ??= {};
	spec.names.singular ||= spec.names.kind?.toLowerCase() ?? '';
	spec.names.listKind ||= spec.names.kind ? `${spec.names.kind}List` : '';
	spec.conversion ??= {strategy: 'None'};
	if (spec.conversion.webhook?.clientConfig?.service) spec.conversion.webhook.clientConfig.service.port ??= 443;
}
