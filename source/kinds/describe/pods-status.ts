import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {fromLabelSelector, fromMap, printLabelSelector} from '../../api/selector/label-selector.js';

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed`, of the pods that a workload controls. */
export function podsStatus(owner: KubeObject, selector: any, {reader}: DescribeContext): string {
	const {namespace, uid} = owner.metadata;
	const text =
		selector === undefined || selector === null
			? ''
			: printLabelSelector(
					selector.matchLabels || selector.matchExpressions
						? (fromLabelSelector(selector) ?? [])
						: fromMap(isEmptySelector(selector) ? {} : selector),
				);
	const count: Record<string, number> = {Running: 0, Pending: 0, Succeeded: 0, Failed: 0};
	for (const pod of reader.list('pods', {...(namespace && {namespace}), ...(text && {labelSelector: text})})) {
		const controller = pod.metadata.ownerReferences?.find(one => one.controller);
		if (controller?.uid !== uid || !controller) continue;
		const phase = pod['status']?.phase;
		if (phase in count) count[phase]!++;
	}

	return `${count['Running']} Running / ${count['Pending']} Waiting / ${count['Succeeded']} Succeeded / ${count['Failed']} Failed`;
}

const isEmptySelector = (selector: object) => Object.keys(selector).length === 0;
