import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putContainers, putResources, putSeccomp} from '../describe/containers.js';
import {controllerText} from '../describe/controller.js';
import {putEventList, putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putSpreadConstraints, putTolerations} from '../describe/scheduling.js';
import {longTime, since} from '../describe/times.js';
import {putVolumes} from '../describe/volumes.js';
import {qosClass} from './qos.js';

export function describePod(pod: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const spec = pod['spec'] ?? {};
	const status = pod['status'] ?? {};
	putIdentity(lines, pod, context);
	lines.rowIf(0, 'Reason', status.reason).rowIf(0, 'Message', status.message);
	putSeccomp(lines, 0, spec.securityContext);
	lines.row(0, 'IP', status.podIP ?? '');
	if (status.podIPs?.length > 0) lines.put(0, 'IPs:\n');
	else lines.row(0, 'IPs', '<none>');
	for (const {ip} of status.podIPs ?? []) lines.row(1, 'IP', ip);
	lines.rowIf(0, 'Controlled By', controllerText(pod)).rowIf(0, 'NominatedNodeName', status.nominatedNodeName);
	if (spec.resources) {
		lines.put(0, 'Resources:\n');
		putResources(lines, spec.resources, 1);
	}

	if (spec.initContainers?.length > 0) putContainers(lines, 'Init Containers', spec.initContainers, status.initContainerStatuses, pod, '');
	putContainers(lines, 'Containers', spec.containers, status.containerStatuses, pod, '');
	if (spec.ephemeralContainers?.length > 0)
		putContainers(lines, 'Ephemeral Containers', spec.ephemeralContainers, status.ephemeralContainerStatuses, pod, '');
	putConditions(lines, spec, status);
	putVolumes(lines, spec.volumes, '');
	lines.row(0, 'QoS Class', status.qosClass || qosClass(pod));
	putLabels(lines, 'Node-Selectors', spec.nodeSelector);
	putTolerations(lines, 'Tolerations', spec.tolerations);
	putSpreadConstraints(lines, spec.topologySpreadConstraints, '');
	putEvents(lines, pod, context);
	return lines.aligned();
}

/** A pod that went away between two questions may have left events. */
export function describeGonePod(name: string, notFound: string, events: readonly any[], nowMs: number): string {
	const lines = new Lines().put(0, `Pod '${name}': error '${notFound}', but found events.\n`);
	putEventList(lines, events, nowMs);
	return lines.aligned();
}

function putIdentity(lines: Lines, {metadata, spec = {}, status = {}}: any, {nowMs}: DescribeContext): void {
	lines.row(0, 'Name', metadata.name ?? '').row(0, 'Namespace', metadata.namespace ?? '');
	lines.rowIf(0, 'Priority', spec.priority).rowIf(0, 'Priority Class Name', spec.priorityClassName);
	lines.rowIf(0, 'Runtime Class Name', spec.runtimeClassName).rowIf(0, 'Service Account', spec.serviceAccountName);
	lines.row(0, 'Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
	if (status.startTime) lines.row(0, 'Start Time', longTime(status.startTime));
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
		lines.row(0, 'Status', `Terminating (lasts ${since(metadata.deletionTimestamp, nowMs)})`);
		lines.row(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
	} else lines.row(0, 'Status', status.phase ?? '');
}

function putConditions(lines: Lines, spec: any, status: any): void {
	const conditions: any[] = status.conditions ?? [];
	if (spec.readinessGates?.length > 0) {
		lines.put(0, 'Readiness Gates:\n  Type\tStatus\n');
		for (const {conditionType} of spec.readinessGates)
			lines.put(1, `${conditionType} \t${conditions.find(one => one.type === conditionType)?.status ?? '<none>'} \n`);
	}

	if (conditions.length > 0) lines.put(0, 'Conditions:\n  Type\tStatus\n');
	for (const {type, status: value} of conditions) lines.put(1, `${type} \t${value ?? ''} \n`);
}
