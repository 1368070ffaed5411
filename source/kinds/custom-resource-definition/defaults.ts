/** Models apiextensions/v1/defaults.go. */
export function defaultDefinition(definition: any): void {
	const spec = (definition.spec ??= {});
	spec.names ??= {};
	spec.names.singular ||= spec.names.kind?.toLowerCase() ?? '';
	spec.names.listKind ||= spec.names.kind ? `${spec.names.kind}List` : '';
	for (const version of spec.versions ?? []) {
		version.served ??= false;
		version.storage ??= false;
	}

	spec.conversion ??= {strategy: 'None'};
	if (spec.conversion.webhook?.clientConfig?.service) spec.conversion.webhook.clientConfig.service.port ??= 443;
}
