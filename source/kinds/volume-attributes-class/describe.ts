import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {labelText} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeVolumeAttributesClass(attributes: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	lines
		.row(0, 'Name', attributes.metadata.name)
		.row(0, 'Annotations', labelText(attributes.metadata.annotations))
		.row(0, 'DriverName', attributes['driverName'] ?? '')
		.row(0, 'Parameters', labelText(attributes['parameters']));
	putEvents(lines, attributes, context);
	return lines.aligned();
}
