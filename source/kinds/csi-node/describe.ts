import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {longTime} from '../describe/times.js';

export function describeCsiNode(node: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, node, false);
	lines.row(0, 'CreationTimestamp', longTime(node.metadata.creationTimestamp)).put(0, 'Spec:\n');
	const drivers: any[] | undefined = node['spec']?.drivers;
	if (drivers) lines.put(1, 'Drivers:\n');
	for (const driver of drivers ?? []) {
		lines.put(2, `${driver.name}:\n`).row(3, 'Node ID', driver.nodeID);
		if (driver.allocatable?.count !== undefined) lines.put(3, 'Allocatables:\n').row(4, 'Count', driver.allocatable.count);
		if (driver.topologyKeys) lines.row(3, 'Topology Keys', `[${driver.topologyKeys.join(' ')}]`);
	}

	putEvents(lines, node, context);
	return lines.aligned();
}
