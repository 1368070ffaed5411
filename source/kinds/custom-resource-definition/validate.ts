import {isLabel1035, isSubdomain1123} from '../../api/selector/label-syntax.js';
import {equal} from '../../api/values/plain.js';
import type {FieldError} from '../../api/field-error.js';
import {type Errors, invalid, items, oneOf, required} from '../errors.js';
import {goStrings} from '../rules.js';
import {validateConversion} from './conversion-rules.js';
import {validateColumn, validateSubresources} from './version-rules.js';
import {validateDefinitionSchema} from './schema-rules.js';

/** Models ValidateCustomResourceDefinition in apiextensions-apiserver/pkg/apis/apiextensions/validation. */
export function validateDefinition({metadata, spec}: any, old?: any): Errors {
	const errors: Errors = [];
	const list: readonly any[] = spec.versions ?? [];
	const wanted = `${spec.names?.plural ?? ''}.${spec.group ?? ''}`;
	if (!old && metadata.name && metadata.name !== wanted)
		errors.push(invalid('metadata.name', metadata.name, `must be spec.names.plural+"."+spec.group`));
	const groupProblems = isSubdomain1123(spec.group ?? '');
	if (!spec.group) errors.push(required('spec.group'));
	else if (groupProblems.length > 0) errors.push(joined('spec.group', spec.group, groupProblems));
	else if (!spec.group.includes('.')) errors.push(invalid('spec.group', spec.group, 'should be a domain with at least one dot'));
	errors.push(...oneOf('spec.scope', spec.scope, ['Cluster', 'Namespaced']), ...versions(list));
	for (const field of ['plural', 'singular', 'kind', 'listKind']) if (!spec.names?.[field]) errors.push(required(`spec.names.${field}`));
	errors.push(...names(spec.names ?? {}), ...validateConversion('spec.conversion', spec.conversion));
	if (!old && !list.some(({storage}) => storage))
		errors.push(invalid('status.storedVersions', goStrings([]), 'must have at least one stored version'));
	// Only the first is kept as stored; the last counts as the one to store.
	const last = list.findLast(({storage}) => storage);
	if (!old && last && last.name !== list.find(({storage}) => storage).name)
		errors.push(invalid('status.storedVersions', {goText: goVersion(list)(last)}, `must have the storage version ${last.name}`));
	if (metadata.annotations === undefined || !('api-approved.kubernetes.io' in metadata.annotations)) {
		if (/(^|\.)(k8s|kubernetes)\.io$/.test(spec.group ?? ''))
			errors.push(
				required(
					'metadata.annotations[api-approved.kubernetes.io]',
					'protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
				),
			);
	}

	if (!old) return errors;
	for (const field of ['group', 'scope'])
		if (spec[field] !== old.spec[field]) errors.push(invalid(`spec.${field}`, spec[field], 'field is immutable'));
	for (const field of ['plural', 'kind'])
		if (spec.names[field] !== old.spec.names[field]) errors.push(invalid(`spec.names.${field}`, spec.names[field], 'field is immutable'));
	return errors;
}

/** What all versions share the server keeps once, above them. */
const sharedBy = (list: readonly any[], field: string): boolean => list.every(version => equal(version[field], list[0]?.[field]));

/** A version as Go prints it. */
const goVersion =
	(list: readonly any[]) =>
	({name = '', served = false, storage = false, deprecated = false, ...rest}: any): string => {
		const pointer = (field: string, type: string) =>
			`(*${type})(${rest[field] === undefined || sharedBy(list, field) ? 'nil' : '0xc000a1b2c0'})`;
		const warning = rest.deprecationWarning === undefined ? '(*string)(nil)' : '(*string)(0xc000a1b2d0)';
		return `apiextensions.CustomResourceDefinitionVersion{Name:${JSON.stringify(name)}, Served:${served}, Storage:${storage}, Deprecated:${deprecated}, DeprecationWarning:${warning}, Schema:${pointer('schema', 'apiextensions.CustomResourceValidation')}, Subresources:${pointer('subresources', 'apiextensions.CustomResourceSubresources')}, AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil), SelectableFields:[]apiextensions.SelectableField(nil)}`;
	};

function versions(list: readonly any[]): Errors {
	const errors = items('spec.versions', list, ({name = '', ...version}, path, index) => {
		const problems = isLabel1035(name);
		const found: Errors = problems.length > 0 ? [joined(`${path}.name`, name, problems)] : [];
		if (!version.schema?.openAPIV3Schema) return [...found, required(`${path}.schema.openAPIV3Schema`, 'schemas are required')];
		const at = (field: string, above: string) => (!sharedBy(list, field) ? `${path}.${field}` : index === 0 ? `spec.${above}` : undefined);
		const schema = at('schema', 'validation');
		const subresources = at('subresources', 'subresources');
		const columns = at('additionalPrinterColumns', 'additionalPrinterColumns');
		if (schema) found.push(...validateDefinitionSchema(version.schema.openAPIV3Schema, `${schema}.openAPIV3Schema`, hasStatus(version)));
		if (subresources) found.push(...validateSubresources(subresources, version.subresources));
		return columns ? [...found, ...items(columns, version.additionalPrinterColumns, validateColumn)] : found;
	});
	const whole = {goText: `[]apiextensions.CustomResourceDefinitionVersion{${list.map(goVersion(list)).join(', ')}}`};
	if (new Set(list.map(({name}) => name)).size < list.length)
		errors.push(invalid('spec.versions', whole, 'must contain unique version names'));
	if (list.filter(({storage}) => storage).length !== 1)
		errors.push(invalid('spec.versions', whole, 'must have exactly one version marked as storage version'));
	// The server keeps the first version's name above the list as well.
	const first = list[0]?.name ?? '';
	const problems = first ? isLabel1035(first) : [];
	return problems.length > 0 ? [...errors, joined('spec.version', first, problems)] : errors;
}

const hasStatus = ({subresources}: any): boolean => subresources?.status !== undefined;

function names({plural, singular, kind, listKind, shortNames, categories}: any): Errors {
	const label = (field: string, value: string | undefined, text = ''): Errors => {
		const problems = value ? isLabel1035(text ? value.toLowerCase() : value) : [];
		return problems.length > 0 ? [invalid(field, value, text + problems.join(','))] : [];
	};
	const mixed = 'may have mixed case, but should otherwise match: ';
	const each = (field: string, list: readonly string[] | undefined): Errors =>
		items(field, list, (name, at) => (isLabel1035(name).length > 0 ? [joined(at, name, isLabel1035(name))] : []));
	return [
		...label('spec.names.plural', plural),
		...label('spec.names.singular', singular),
		...label('spec.names.kind', kind, mixed),
		...label('spec.names.listKind', listKind, mixed),
		...each('spec.names.shortNames', shortNames),
		...(kind && kind === listKind ? [invalid('spec.names.listKind', listKind, 'kind and listKind may not be the same')] : []),
		...each('spec.names.categories', categories),
	];
}

const joined = (field: string, value: string, problems: readonly string[]): FieldError => invalid(field, value, problems.join(','));
