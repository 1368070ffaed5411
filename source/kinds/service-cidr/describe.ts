import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeServiceCidr(range: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, range, false);
	lines.row(0, 'CIDRs', (range['spec']?.cidrs ?? []).join(', '));
	const conditions: any[] = range['status']?.conditions ?? [];
	if (conditions.length > 0)
		lines
			.put(0, 'Status:\n')
			.put(0, 'Conditions:\n')
			.put(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n')
			.put(1, '----\t------\t------------------\t------\t-------\n');
	for (const one of conditions)
		lines.put(1, `${one.type} \t${one.status} \t${one.lastTransitionTime ?? ''} \t${one.reason ?? ''} \t${one.message ?? ''}\n`);
	putEvents(lines, range, context);
	return lines.aligned();
}
