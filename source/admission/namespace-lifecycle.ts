import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';
import {ApiError} from '../api/status.js';

const immortal = new Set(['default', 'kube-system', 'kube-public']);

/** Nothing is made in a namespace that does not exist or is going. Models plugin/pkg/admission/namespace/lifecycle. */
export default {
	name: 'NamespaceLifecycle',
	operations: ['create', 'delete'],
	admit({operation, kind, namespace, name, reader}) {
		if (operation === 'delete') {
			if (kind.plural === 'namespaces' && kind.group === '' && immortal.has(name))
				throw forbidden(kind, name, 'this namespace may not be deleted');
			return;
		}

		if (!kind.namespaced || !namespace) return;
		const home = reader.get('namespaces', undefined, namespace);
		if (!home.metadata.deletionTimestamp) return;
		const refusal = forbidden(kind, name, `unable to create new content in namespace ${namespace} because it is being terminated`);
		const causes = [{reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace'}];
		throw new ApiError(403, 'Forbidden', refusal.message, {...refusal.status.details, causes});
	},
} satisfies Admission;
