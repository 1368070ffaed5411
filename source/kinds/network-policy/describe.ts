import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {formatSelector} from '../cells.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {goTime} from '../describe/times.js';

export function describeNetworkPolicy(policy: KubeObject, _context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = policy;
	const spec = policy['spec'] ?? {};
	const types: string[] = spec.policyTypes ?? [];
	lines
		.row(0, 'Name', metadata.name)
		.row(0, 'Namespace', metadata.namespace ?? '')
		.row(0, 'Created on', goTime(metadata.creationTimestamp));
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	const selector = formatSelector(spec.podSelector ?? {});
	lines
		.put(0, 'Spec:\n')
		.put(
			1,
			`PodSelector: ${selector === '<none>' ? '<none> (Allowing the specific traffic to all pods in this namespace)' : selector}\n`.replace(
				'PodSelector: ',
				'PodSelector:     ',
			),
		);
	if (types.includes('Ingress')) lines.put(1, 'Allowing ingress traffic:\n');
	if (types.includes('Ingress')) putRules(lines, spec.ingress, 'From', 'from', 'ingress', 'source');
	else lines.put(1, 'Not affecting ingress traffic\n');
	if (types.includes('Egress')) lines.put(1, 'Allowing egress traffic:\n');
	if (types.includes('Egress')) putRules(lines, spec.egress, 'To', 'to', 'egress', 'destination');
	else lines.put(1, 'Not affecting egress traffic\n');
	lines.put(1, `Policy Types: ${types.join(', ') || '<none>'}\n`);
	return lines.aligned();
}

function putRules(lines: Lines, rules: readonly any[] | undefined, title: string, field: string, direction: string, end: string): void {
	if (!rules || rules.length === 0) {
		lines.put(2, `<none> (Selected pods are isolated for ${direction} connectivity)\n`);
		return;
	}

	rules.forEach((rule, at) => {
		const ports = rule.ports ?? [];
		if (ports.length === 0) lines.put(2, 'To Port: <any> (traffic allowed to all ports)\n');
		for (const {port, endPort, protocol} of ports) {
			const range = endPort !== undefined;
			lines.put(2, `To Port${range ? ' Range' : ''}: ${port ?? '<nil>'}${range ? `-${endPort}` : ''}/${protocol ?? 'TCP'}\n`);
		}

		const peers = rule[field] ?? [];
		if (peers.length === 0) lines.put(2, `${title}: <any> (traffic not restricted by ${end})\n`);
		for (const peer of peers) putPeer(lines, peer, title);
		if (at < rules.length - 1) lines.put(2, '----------\n');
	});
}

function putPeer(lines: Lines, {podSelector, namespaceSelector, ipBlock}: any, title: string): void {
	lines.put(2, `${title}:\n`);
	if (ipBlock) {
		lines
			.put(3, 'IPBlock:\n')
			.put(4, `CIDR: ${ipBlock.cidr}\n`)
			.put(4, `Except: ${(ipBlock.except ?? []).join(', ')}\n`);
		return;
	}

	if (namespaceSelector) lines.put(3, `NamespaceSelector: ${formatSelector(namespaceSelector)}\n`);
	if (podSelector) lines.put(3, `PodSelector: ${formatSelector(podSelector)}\n`);
}
