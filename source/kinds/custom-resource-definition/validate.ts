import {isLabel1035, isSubdomain1123} from '../../api/selector/label-syntax.js';
import {equal} from '../../api/values/plain.js';
import {each, type Errors, invalid, items, notSupported, required} from '../errors.js';
import {validateStructure} from './structural.js';

/** Models ValidateCustomResourceDefinition in apiextensions-apiserver/pkg/apis/apiextensions/validation. */
export function validateDefinition({metadata, spec}: any, old?: any): Errors {
	const errors: Errors = [];
	const wanted = `${spec.names?.plural ?? ''}.${spec.group ?? ''}`;
	if (!old && metadata.name !== wanted) errors.push(invalid('metadata.name', metadata.name, `must be spec.names.plural+"."+spec.group`));
	if (!spec.group) errors.push(required('spec.group'));
	else if (spec.group.split('.').length < 2) errors.push(invalid('spec.group', spec.group, 'should be a domain with at least one dot'));
	else errors.push(...each('spec.group', spec.group, isSubdomain1123(spec.group)));
	const scopes = ['Cluster', 'Namespaced'];
	if (!spec.scope) errors.push(required('spec.scope'));
	else if (!scopes.includes(spec.scope)) errors.push(notSupported('spec.scope', spec.scope, scopes));
	errors.push(...versions(spec.versions ?? []), ...names(spec.names ?? {}));
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
	const errors: Errors = [];
	const stored = list.filter(({storage}) => storage).length;
	if (stored !== 1)
		errors.push(
			invalid(
				'spec.versions',
				{goText: `[]apiextensions.CustomResourceDefinitionVersion{${list.map(goVersion(list)).join(', ')}}`},
				'must have exactly one version marked as storage version',
			),
		);
	return [
		...errors,
		...items('spec.versions', list, ({name = '', schema}, path) => {
			const found: Errors = each(`${path}.name`, name, isLabel1035(name));
			if (!schema?.openAPIV3Schema) return [...found, required(`${path}.schema.openAPIV3Schema`, 'schemas are required')];
			const shared = sharedBy(list, 'schema');
			if (shared && path !== 'spec.versions[0]') return found;
			return [
				...found,
				...validateStructure(schema.openAPIV3Schema, shared ? 'spec.validation.openAPIV3Schema' : `${path}.schema.openAPIV3Schema`),
			];
		}),
	];
}

function names({plural, singular, kind, listKind, shortNames}: any): Errors {
	const errors: Errors = [];
	for (const [field, value] of Object.entries({plural, singular, kind, listKind})) {
		if (!value)
			errors.push(
				...(field === 'plural' || field === 'kind' || field === 'listKind' || field === 'singular'
					? [required(`spec.names.${field}`)]
					: []),
			);
		else errors.push(...each(`spec.names.${field}`, value, isLabel1035(String(value).toLowerCase())));
	}

	if (kind && kind === listKind) errors.push(invalid('spec.names.listKind', listKind, 'kind and listKind may not be the same'));
	return [...errors, ...items('spec.names.shortNames', shortNames, (name: string, at) => each(at, name, isLabel1035(name)))];
}
