import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {plainSelector} from '../cells.js';
import {putEvents} from '../describe/events.js';
import {labelText, putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putPodTemplate} from '../describe/pod-template.js';
import {podsStatus} from '../describe/pods-status.js';

export function describeDaemonSet(set: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = set;
	const spec = set['spec'] ?? {};
	const status = set['status'] ?? {};
	lines.row(0, 'Name', metadata.name).row(0, 'Namespace', metadata.namespace ?? '');
	lines.row(0, 'Selector', plainSelector(spec.selector)).row(0, 'Node-Selector', labelText(spec.template?.spec?.nodeSelector));
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	lines.put(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}\n`);
	lines.put(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}\n`);
	lines.put(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}\n`);
	lines.put(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}\n`);
	lines.put(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}\n`);
	lines.row(0, 'Pods Status', podsStatus(set, spec.selector, context));
	putPodTemplate(lines, spec.template ?? {});
	putEvents(lines, set, context);
	return lines.aligned();
}
