import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeIpAddress(address: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, address, false);
	const parent = address['spec']?.parentRef;
	if (parent)
		lines
			.put(0, 'Parent Reference:\n')
			.row(1, 'Group', parent.group ?? '')
			.row(1, 'Resource', parent.resource ?? '')
			.row(1, 'Namespace', parent.namespace ?? '')
			.row(1, 'Name', parent.name ?? '');
	putEvents(lines, address, context);
	return lines.aligned();
}
