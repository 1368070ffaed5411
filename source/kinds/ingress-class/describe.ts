import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeIngressClass(ingressClass: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {controller = '', parameters} = ingressClass['spec'] ?? {};
	putHeader(lines, ingressClass, false);
	lines.row(0, 'Controller', controller);
	if (parameters) {
		lines.put(0, 'Parameters:\n').rowIf(1, 'APIGroup', parameters.apiGroup);
		lines.row(1, 'Kind', parameters.kind).row(1, 'Name', parameters.name);
	}

	putEvents(lines, ingressClass, context);
	return lines.aligned();
}
