import {apiVersionOf} from '../../../api/kind.js';
import type {ListOptions, Reader} from '../../../api/client.js';
import type {KubeObject} from '../../../api/object.js';
import type {Query, Session} from '../session.js';

/** Reading with the rights of the session's user. What may not be read is not there, as describe treats it. */
export function sessionReader(session: Session): Reader {
	const find = <T extends KubeObject>(resource: string, namespace: string | undefined, name: string): T | undefined => {
		const kind = session.api.findKind(resource);
		return kind && session.find<T>(kind, namespace, name);
	};

	return {
		find,
		get: <T extends KubeObject>(resource: string, namespace: string | undefined, name: string): T =>
			session.get<T>(session.kindNamed(resource), namespace, name),
		list<T extends KubeObject>(resource: string, {namespace, labelSelector, fieldSelector}: ListOptions = {}): readonly T[] {
			const kind = session.api.findKind(resource);
			if (!kind) return [];
			// Who owns which field is told nowhere in a description.
			const query: Query = {...(labelSelector && {labelSelector}), ...(fieldSelector && {fieldSelector}), managedFields: 'false'};
			try {
				const type = {apiVersion: apiVersionOf(kind), kind: kind.kind};
				return session.list<T>(kind, namespace, query).map(item => (item.kind ? item : {...type, ...item}));
			} catch {
				return [];
			}
		},
		indexed: () => [],
	};
}
