import type {DescribeContext} from '../../api/kind.js';
import {controllerOf, type KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {plainSelector} from '../cells.js';
import {putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putPodTemplate} from '../describe/pod-template.js';
import {longTime} from '../describe/times.js';

export function describeDeployment(deployment: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = deployment;
	const spec = deployment['spec'] ?? {};
	const {updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0, conditions = []} = deployment['status'] ?? {};
	lines
		.row(0, 'Name', metadata.name)
		.row(0, 'Namespace', metadata.namespace ?? '')
		.row(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	lines.row(0, 'Selector', plainSelector(spec.selector));
	lines.row(
		0,
		'Replicas',
		`${spec.replicas ?? 0} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
	);
	lines.row(0, 'StrategyType', spec.strategy?.type ?? '').row(0, 'MinReadySeconds', spec.minReadySeconds ?? 0);
	const rolling = spec.strategy?.rollingUpdate;
	if (rolling)
		lines.row(0, 'RollingUpdateStrategy', `${rolling.maxUnavailable ?? '<nil>'} max unavailable, ${rolling.maxSurge ?? '<nil>'} max surge`);
	putPodTemplate(lines, spec.template ?? {});
	if (conditions.length > 0) lines.put(0, 'Conditions:\n  Type\tStatus\tReason\n').put(1, '----\t------\t------\n');
	for (const one of conditions) lines.put(1, `${one.type} \t${one.status ?? ''}\t${one.reason ?? ''}\n`);
	putReplicaSets(lines, deployment, context);
	putEvents(lines, deployment, context);
	return lines.aligned();
}

/** The ReplicaSet of the present template, and the older ones, oldest first (deployment/util.FindNewReplicaSet). */
function putReplicaSets(lines: Lines, deployment: KubeObject, {reader}: DescribeContext): void {
	const owned = reader
		.list('replicasets.apps', {...(deployment.metadata.namespace && {namespace: deployment.metadata.namespace})})
		.filter(one => controllerOf(one)?.uid === deployment.metadata.uid && controllerOf(one) !== undefined)
		.sort((a, b) =>
			(a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '')
				? -1
				: (a.metadata.creationTimestamp ?? '') > (b.metadata.creationTimestamp ?? '')
					? 1
					: a.metadata.name < b.metadata.name
						? -1
						: 1,
		);
	const current = owned.find(one => equal(withoutHash(one['spec']?.template), withoutHash(deployment['spec']?.template)));
	if (owned.length === 0) return;
	const text = (list: readonly KubeObject[]) =>
		list.map(one => `${one.metadata.name} (${one['status']?.replicas ?? 0}/${one['spec']?.replicas ?? 0} replicas created)`).join(', ') ||
		'<none>';
	lines.row(0, 'OldReplicaSets', text(owned.filter(one => one !== current)));
	lines.row(0, 'NewReplicaSet', text(current ? [current] : []));
}

function withoutHash(template: any): any {
	const {'pod-template-hash': _, ...labels} = template?.metadata?.labels ?? {};
	const {creationTimestamp: __, labels: ___, ...metadata} = template?.metadata ?? {};
	return {...template, metadata: {...metadata, ...(Object.keys(labels).length > 0 && {labels})}};
}
