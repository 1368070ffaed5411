const hints = 'service.kubernetes.io/topology-aware-hints';

/** Models pkg/api/service/warnings.go. */
export function serviceWarnings({metadata, spec}: any): string[] {
	const warnings: string[] = [];
	if (metadata.annotations?.[hints] !== undefined)
		warnings.push(`annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`);
	const headless = spec.clusterIPs?.[0] === 'None';
	if (headless && spec.loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored when spec.clusterIP is set to "None"');
	if (headless && spec.externalIPs?.length) warnings.push('spec.externalIPs is ignored when spec.clusterIP is "None"');
	if (headless && spec.sessionAffinity && spec.sessionAffinity !== 'None')
		warnings.push('spec.SessionAffinity is ignored for headless services');
	if (spec.type === 'ExternalName' && spec.externalIPs?.length)
		warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
	if (spec.type === 'ExternalName' && spec.sessionAffinity && spec.sessionAffinity !== 'None')
		warnings.push('spec.SessionAffinity is ignored for ExternalName services');
	return warnings;
}
