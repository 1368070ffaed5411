import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {formatSelector} from '../cells.js';
import {putEvents} from '../describe/events.js';
import {Lines} from '../describe/lines.js';

export function describePodDisruptionBudget(budget: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {minAvailable, maxUnavailable, selector} = budget['spec'] ?? {};
	const {disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0, expectedPods = 0} = budget['status'] ?? {};
	lines.row(0, 'Name', budget.metadata.name).row(0, 'Namespace', budget.metadata.namespace ?? '');
	if (minAvailable !== undefined) lines.row(0, 'Min available', minAvailable);
	else lines.rowIf(0, 'Max unavailable', maxUnavailable);
	lines.row(0, 'Selector', selector ? formatSelector(selector) : '<unset>');
	lines
		.put(0, 'Status:\n')
		.row(2, 'Allowed disruptions', disruptionsAllowed)
		.row(2, 'Current', currentHealthy)
		.row(2, 'Desired', desiredHealthy)
		.row(2, 'Total', expectedPods);
	putEvents(lines, budget, context);
	return lines.aligned();
}
