import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {endpointsText, slicesOf} from '../describe/endpoints.js';
import {putEvents} from '../describe/events.js';
import {labelText, putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeService(service: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const spec = service['spec'] ?? {};
	const slices = slicesOf(service.metadata.namespace, service.metadata.name, context);
	putHeader(lines, service);
	lines
		.row(0, 'Selector', labelText(spec.selector))
		.row(0, 'Type', spec.type ?? '')
		.rowIf(0, 'IP Family Policy', spec.ipFamilyPolicy);
	lines
		.row(0, 'IP Families', spec.ipFamilies?.join(',') || '<none>')
		.row(0, 'IP', spec.clusterIP ?? '')
		.row(0, 'IPs', spec.clusterIPs?.join(',') || '<none>');
	lines.rowIf(0, 'External IPs', spec.externalIPs?.join(',')).rowIf(0, 'Desired LoadBalancer IP', spec.loadBalancerIP);
	lines.rowIf(0, 'External Name', spec.externalName);
	const ingress = service['status']?.loadBalancer?.ingress ?? [];
	if (ingress.length > 0) lines.row(0, 'LoadBalancer Ingress', ingressText(ingress));
	for (const port of spec.ports ?? []) putPort(lines, port, slices);
	lines.row(0, 'Session Affinity', spec.sessionAffinity ?? '').rowIf(0, 'External Traffic Policy', spec.externalTrafficPolicy);
	lines.rowIf(0, 'Internal Traffic Policy', spec.internalTrafficPolicy);
	lines
		.rowIf(0, 'HealthCheck NodePort', spec.healthCheckNodePort || undefined)
		.rowIf(0, 'LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(','));
	putEvents(lines, service, context);
	return lines.aligned();
}

function putPort(lines: Lines, {name, port, protocol = '', targetPort, nodePort}: any, slices: readonly any[]): void {
	const shown = name || '<unset>';
	lines.put(0, `Port:\t${shown}\t${port}/${protocol}\n`);
	lines.row(0, 'TargetPort', `${targetPort ?? 0}/${protocol}`);
	if (nodePort) lines.put(0, `NodePort:\t${shown}\t${nodePort}/${protocol}\n`);
	lines.row(0, 'Endpoints', endpointsText(slices, name ?? ''));
}

/** `172.25.254.50 (VIP)` */
export function ingressText(ingress: readonly any[] | undefined): string {
	return (ingress ?? []).map(({ip, hostname, ipMode}) => (ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : (hostname ?? ''))).join(', ');
}
