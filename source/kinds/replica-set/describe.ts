import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {formatSelector} from '../cells.js';
import {controllerText} from '../describe/controller.js';
import {putEvents} from '../describe/events.js';
import {labelText, putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putPodTemplate} from '../describe/pod-template.js';
import {podsStatus} from '../describe/pods-status.js';

/** ReplicaSets and ReplicationControllers read alike, but for their selectors. */
export function describeReplicaSet(object: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = object;
	const spec = object['spec'] ?? {};
	const status = object['status'] ?? {};
	const isController = object.kind === 'ReplicationController';
	lines.row(0, 'Name', metadata.name).row(0, 'Namespace', metadata.namespace ?? '');
	lines.row(0, 'Selector', isController ? labelText(spec.selector) : formatSelector(spec.selector));
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	if (!isController) lines.rowIf(0, 'Controlled By', controllerText(object));
	lines.row(0, 'Replicas', `${status.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
	lines.row(0, 'Pods Status', podsStatus(object, spec.selector, context));
	// Only a ReplicationController's template is a pointer.
	putPodTemplate(lines, isController ? spec.template : (spec.template ?? {}));
	if (status.conditions?.length > 0) lines.put(0, 'Conditions:\n  Type\tStatus\tReason\n').put(1, '----\t------\t------\n');
	for (const one of status.conditions ?? []) lines.put(1, `${one.type} \t${one.status ?? ''}\t${one.reason ?? ''}\n`);
	putEvents(lines, object, context);
	return lines.aligned();
}
