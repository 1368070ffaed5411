import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {labelText} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describePriorityClass(priority: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	lines
		.row(0, 'Name', priority.metadata.name)
		.row(0, 'Value', priority['value'] ?? 0)
		.row(0, 'GlobalDefault', priority['globalDefault'] ?? false);
	lines
		.row(0, 'PreemptionPolicy', priority['preemptionPolicy'] ?? 'PreemptLowerPriority')
		.row(0, 'Description', priority['description'] ?? '');
	lines.row(0, 'Annotations', labelText(priority.metadata.annotations));
	putEvents(lines, priority, context);
	return lines.aligned();
}
