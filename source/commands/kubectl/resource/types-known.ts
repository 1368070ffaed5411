import type {Kind} from '../../../api/kind.js';
import {structSchema} from '../../../api/schema/schema.js';
import {failure} from '../failure.js';

/** Served by other libraries than the one whose types kubectl has compiled in. */
const foreignGroups = ['apiextensions.k8s.io', 'apiregistration.k8s.io', 'metrics.k8s.io'];

/** Throws for a kind that kubectl has no type for, as a decoder of its scheme does (runtime.NewNotRegisteredErrForKind). */
export function checkType({kind, group, version, schema}: Pick<Kind, 'kind' | 'group' | 'version' | 'schema'>, suffix = ''): void {
	if (structSchema(schema) && !foreignGroups.includes(group)) return;
	throw failure(
		`no kind "${kind}${suffix}" is registered for version "${group ? `${group}/` : ''}${version}" in scheme "pkg/scheme/scheme.go:28"`,
	);
}
