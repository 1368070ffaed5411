import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {loadBalancerText} from '../cells.js';
import {endpointsText, slicesOf} from '../describe/endpoints.js';
import {putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeIngress(ingress: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = ingress;
	const spec = ingress['spec'] ?? {};
	lines.row(0, 'Name', metadata.name);
	putLabels(lines, 'Labels', metadata.labels);
	lines.row(0, 'Namespace', metadata.namespace ?? '').row(0, 'Address', loadBalancerText(ingress['status']?.loadBalancer, true));
	lines.row(0, 'Ingress Class', spec.ingressClassName ?? '<none>');
	lines.row(0, 'Default backend', spec.defaultBackend ? backendWithPods(spec.defaultBackend, metadata.namespace, context) : '<default>');
	if (spec.tls?.length > 0) putTls(lines, spec.tls);
	lines.put(0, 'Rules:\n  Host\tPath\tBackends\n').put(1, '----\t----\t--------\n');
	let count = 0;
	for (const {host, http} of spec.rules ?? []) {
		if (!http) continue;
		count++;
		lines.put(1, `${host || '*'}\t\n`);
		for (const path of http.paths ?? [])
			lines.put(2, `\t${path.path ?? ''} \t${backendWithPods(path.backend ?? {}, metadata.namespace, context)}\n`);
	}

	if (count === 0)
		lines.put(1, `*\t*\t${spec.defaultBackend ? backendWithPods(spec.defaultBackend, metadata.namespace, context) : '<default>'}\n`);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	putEvents(lines, ingress, context);
	return lines.aligned();
}

/** `web:80 (10.244.1.2:80)` */
function backendWithPods(backend: any, namespace: string | undefined, context: DescribeContext): string {
	if (backend.service) return `${backendText(backend)} (${podsOf(backend.service, namespace, context)})`;
	if (backend.resource)
		return `APIGroup: ${backend.resource.apiGroup ?? ''}, Kind: ${backend.resource.kind}, Name: ${backend.resource.name}`.replace(
			'APIGroup: ,',
			'APIGroup: <none>,',
		);
	return '';
}

const backendText = ({service}: any) => `${service.name}:${service.port?.number || (service.port?.name ?? '')}`;

function podsOf({name, port}: any, namespace: string | undefined, context: DescribeContext): string {
	const service = context.reader.find<KubeObject>('services', namespace, name);
	if (!service) return `<error: services "${name}" not found>`;
	const ports: any[] = service['spec']?.ports ?? [];
	const found = ports.find(one => (port?.name ? one.name === port.name : one.port === port?.number));
	return endpointsText(slicesOf(namespace, name, context), found?.name ?? '');
}

function putTls(lines: Lines, tls: readonly any[]): void {
	lines.put(0, 'TLS:\n');
	for (const {secretName, hosts = []} of tls) {
		lines.put(1, secretName ? `${secretName} terminates ${hosts.join(',')}\n` : `SNI routes ${hosts.join(',')}\n`);
	}
}
