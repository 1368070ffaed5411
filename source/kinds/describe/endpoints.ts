import type {DescribeContext} from '../../api/kind.js';
import {joinHostPort} from '../cells.js';

const shownMax = 3;

export const slicesOf = (namespace: string | undefined, service: string, {reader}: DescribeContext): readonly any[] =>
	reader.list('endpointslices.discovery.k8s.io', {...(namespace && {namespace}), labelSelector: `kubernetes.io/service-name=${service}`});

/** `10.244.1.2:80,10.244.1.3:80 + 2 more...`: ready endpoints, of one port when its name is given. */
export function endpointsText(slices: readonly any[], portName?: string): string {
	if (slices.length === 0) return '<none>';
	const list: string[] = [];
	for (const slice of slices) {
		for (const port of slice.ports?.length > 0 ? slice.ports : [undefined]) {
			if (port && portName !== undefined && (port.name ?? '') !== portName) continue;
			for (const endpoint of slice.endpoints ?? []) {
				if (endpoint.conditions?.ready === false) continue;
				for (const address of endpoint.addresses ?? []) list.push(port ? joinHostPort(address, port.port ?? 0) : address);
			}
		}
	}

	return list.length > shownMax ? `${list.slice(0, shownMax).join(',')} + ${list.length - shownMax} more...` : list.join(',');
}
