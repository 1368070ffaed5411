import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeEndpointSlice(slice: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, slice);
	lines.row(0, 'AddressType', slice['addressType'] ?? '');
	putPorts(lines, slice['ports'] ?? []);
	const endpoints: any[] = slice['endpoints'] ?? [];
	lines.put(0, endpoints.length === 0 ? 'Endpoints: <none>\n' : 'Endpoints:\n');
	for (const endpoint of endpoints) putEndpoint(lines, endpoint);
	putEvents(lines, slice, context);
	return lines.aligned();
}

function putPorts(lines: Lines, ports: readonly any[]): void {
	if (ports.length === 0) {
		lines.put(0, 'Ports: <unset>\n');
		return;
	}

	lines.put(0, 'Ports:\n').put(1, 'Name\tPort\tProtocol\n').put(1, '----\t----\t--------\n');
	for (const {name, port, protocol} of ports) lines.put(1, `${name || '<unset>'}\t${port ?? '<unset>'}\t${protocol ?? ''}\n`);
}

function putEndpoint(lines: Lines, endpoint: any): void {
	lines.put(1, `- Addresses:\t${endpoint.addresses?.join(', ') || '<none>'}\n`);
	lines.put(2, 'Conditions:\n').row(3, 'Ready', endpoint.conditions?.ready ?? '<unset>');
	lines.row(2, 'Hostname', endpoint.hostname ?? '<unset>');
	const reference = endpoint.targetRef;
	if (reference) lines.row(2, 'TargetRef', `${reference.kind ?? ''}/${reference.name ?? ''}`);
	lines.row(2, 'NodeName', endpoint.nodeName ?? '<unset>').row(2, 'Zone', endpoint.zone ?? '<unset>');
}
