import type {Reader} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import type {User} from '../../api/user.js';

export interface GrantedRule {
	readonly rule: any;
	/** How the server explains an allowance. */
	readonly because: string;
}

const suffix = 'rbac.authorization.k8s.io';

/** Everything that bindings give a user, cluster-wide first. Models plugin/pkg/auth/authorizer/rbac. */
export function* rulesFor(user: User, namespace: string | undefined, reader: Reader): Generator<GrantedRule> {
	for (const binding of reader.list(`clusterrolebindings.${suffix}`)) {
		const subject = subjectOf(binding, user);
		if (!subject) continue;
		const because = `RBAC: allowed by ClusterRoleBinding "${binding.metadata.name}" of ClusterRole "${binding['roleRef'].name}" to ${describe(subject)}`;
		for (const rule of rulesOf(binding, reader)) yield {rule, because};
	}

	if (!namespace) return;
	for (const binding of reader.list(`rolebindings.${suffix}`, {namespace})) {
		const subject = subjectOf(binding, user);
		if (!subject) continue;
		const {kind, name} = binding['roleRef'];
		const because = `RBAC: allowed by RoleBinding "${binding.metadata.name}/${namespace}" of ${kind} "${name}" to ${describe(subject)}`;
		for (const rule of rulesOf(binding, reader)) yield {rule, because};
	}
}

function rulesOf({roleRef, metadata}: KubeObject, reader: Reader): readonly any[] {
	const role =
		roleRef.kind === 'Role'
			? reader.find(`roles.${suffix}`, metadata.namespace, roleRef.name)
			: reader.find(`clusterroles.${suffix}`, undefined, roleRef.name);
	return role?.['rules'] ?? [];
}

const subjectOf = (binding: KubeObject, user: User): any =>
	binding['subjects']?.find((subject: any) => {
		if (subject.kind === 'User') return subject.name === user.name;
		if (subject.kind === 'Group') return user.groups.includes(subject.name);
		return user.name === `system:serviceaccount:${subject.namespace ?? binding.metadata.namespace}:${subject.name}`;
	});

const describe = ({kind, name, namespace}: any): string =>
	kind === 'ServiceAccount' ? `ServiceAccount "${name}/${namespace}"` : `${kind} "${name}"`;
