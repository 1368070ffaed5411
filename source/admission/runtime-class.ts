import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';
import {equal} from '../api/values/plain.js';

/** Overhead, node selector and tolerations of a runtime class reach the pod. Models plugin/pkg/admission/runtimeclass. */
export default {
	name: 'RuntimeClass',
	resources: ['pods'],
	operations: ['create'],
	admit({draft, kind, name, reader}) {
		const spec = draft!['spec'];
		if (!spec.runtimeClassName) {
			if (spec.overhead && Object.keys(spec.overhead).length > 0)
				throw forbidden(kind, name, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
			return;
		}

		const found = reader.find('runtimeclasses.node.k8s.io', undefined, spec.runtimeClassName);
		if (!found) throw forbidden(kind, name, `pod rejected: RuntimeClass "${spec.runtimeClassName}" not found`);
		const overhead = found['overhead']?.podFixed;
		if (overhead && spec.overhead && !equal(overhead, spec.overhead))
			throw forbidden(kind, name, 'pod rejected: Pod Overhead set does not match RuntimeClass overhead');
		if (overhead) spec.overhead = {...overhead};
		const {nodeSelector, tolerations} = found['scheduling'] ?? {};
		if (nodeSelector) spec.nodeSelector = {...spec.nodeSelector, ...nodeSelector};
		if (tolerations)
			spec.tolerations = [
				...(spec.tolerations ?? []),
				...tolerations.filter((wanted: any) => !spec.tolerations?.some((own: any) => equal(own, wanted))),
			];
	},
} satisfies Admission;
