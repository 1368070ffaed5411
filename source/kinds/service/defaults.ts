/** Models SetDefaults_Service in pkg/apis/core/v1/defaults.go. Addresses and node ports are given by admission/service-address. */
export function defaultService(service: any): void {
	const spec = (service.spec ??= {});
	spec.sessionAffinity ??= 'None';
	if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
	if (spec.sessionAffinity === 'ClientIP' && spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined) {
		spec.sessionAffinityConfig = {clientIP: {timeoutSeconds: 10_800}};
	}

	spec.type ||= 'ClusterIP';
	for (const port of spec.ports ?? []) {
		port.protocol ||= 'TCP';
		if (port.targetPort === undefined || port.targetPort === '' || port.targetPort === 0) port.targetPort = port.port ?? 0;
	}

	const external = spec.type === 'NodePort' || spec.type === 'LoadBalancer' || (spec.type === 'ClusterIP' && spec.externalIPs?.length > 0);
	if (external) spec.externalTrafficPolicy ||= 'Cluster';
	if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ??= 'Cluster';
	if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
	service.status ??= {};
	service.status.loadBalancer ??= {};
	if (spec.type !== 'LoadBalancer') return;
	for (const ingress of service.status.loadBalancer.ingress ?? []) if (ingress.ip) ingress.ipMode ??= 'VIP';
}
