import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putClaim} from '../describe/claim.js';
import {putEvents} from '../describe/events.js';
import {Lines} from '../describe/lines.js';
import {longTime, since} from '../describe/times.js';

export function describePersistentVolumeClaim(claim: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = claim;
	lines.row(0, 'Name', metadata.name).row(0, 'Namespace', metadata.namespace ?? '');
	const {deletionTimestamp} = metadata;
	putClaim(lines, claim, {
		status: deletionTimestamp ? `Terminating (lasts ${since(deletionTimestamp, context.nowMs)})` : (claim['status']?.phase ?? ''),
	});
	putUsers(lines, claim, context);
	putConditions(lines, claim['status']?.conditions);
	putEvents(lines, claim, context);
	return lines.aligned();
}

function putUsers(lines: Lines, {metadata}: KubeObject, {reader}: DescribeContext): void {
	const users = reader
		.list('pods', {...(metadata.namespace && {namespace: metadata.namespace})})
		.filter(pod =>
			(pod['spec']?.volumes ?? []).some(
				(volume: any) =>
					volume.persistentVolumeClaim?.claimName === metadata.name ||
					(volume.ephemeral && `${pod.metadata.name}-${volume.name}` === metadata.name),
			),
		);
	lines.put(0, `Used By:\t${users.length === 0 ? '<none>\n' : ''}`);
	users.forEach((pod, at) => {
		lines.put(0, `${at > 0 ? '\t' : ''}${pod.metadata.name}\n`);
	});
}

function putConditions(lines: Lines, conditions: readonly any[] | undefined): void {
	if (!conditions || conditions.length === 0) return;
	lines
		.put(0, 'Conditions:\n  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n')
		.put(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
	for (const one of conditions)
		lines.put(
			1,
			`${one.type} \t${one.status ?? ''} \t${longTime(one.lastProbeTime)} \t${longTime(one.lastTransitionTime)} \t${one.reason ?? ''} \t${one.message ?? ''}\n`,
		);
}
