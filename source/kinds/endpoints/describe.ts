import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeEndpoints(endpoints: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, endpoints);
	lines.put(0, 'Subsets:\n');
	for (const {addresses = [], notReadyAddresses = [], ports = []} of endpoints['subsets'] ?? []) {
		const ips = (list: any[]) => list.map(one => one.ip).join(',') || '<none>';
		lines.row(1, 'Addresses', ips(addresses)).row(1, 'NotReadyAddresses', ips(notReadyAddresses));
		if (ports.length > 0) lines.put(1, 'Ports:\n').put(2, 'Name\tPort\tProtocol\n').put(2, '----\t----\t--------\n');
		for (const {name, port, protocol} of ports) lines.put(2, `${name || '<unset>'}\t${port}\t${protocol ?? ''}\n`);
		lines.put(0, '\n');
	}

	putEvents(lines, endpoints, context);
	return lines.aligned();
}
