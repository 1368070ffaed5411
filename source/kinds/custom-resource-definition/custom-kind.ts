import {groupResource, type Kind} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import type {Errors} from '../errors.js';
import {customColumns} from './custom-columns.js';
import {fillDefaults} from './schema-defaults.js';
import {validateRules} from './rules.js';
import {validateSchema} from './schema-validation.js';

/** Built once a definition: the API asks for them on every change of any definition. */
const remembered = new WeakMap<KubeObject, readonly Kind[]>();

/** The kinds a CustomResourceDefinition adds, one for each served version, the stored one first. */
export function customKinds(definition: KubeObject): readonly Kind[] {
	let kinds = remembered.get(definition);
	if (!kinds) {
		const versions: any[] = [...(definition['spec'].versions ?? [])].filter(version => version.served || version.storage);
		versions.sort((a, b) => Number(Boolean(b.storage)) - Number(Boolean(a.storage)));
		kinds = versions.filter(version => version.served).map(version => customKind(definition['spec'], version, versions[0]));
		remembered.set(definition, kinds);
	}

	return kinds;
}

/** In the order in which discovery lists them for custom resources (customresource_discovery_controller.go). */
const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

function customKind({group, names, scope}: any, version: any, storage: any): Kind {
	const schema = version.schema?.openAPIV3Schema;
	const subresources = Object.keys(version.subresources ?? {});
	const scale = version.subresources?.scale;
	const dotless = (path: string) => path.replace(/^\./, '');
	const kind: Kind = {
		kind: names.kind,
		group,
		version: version.name,
		plural: names.plural,
		singular: names.singular || names.kind.toLowerCase(),
		shortNames: names.shortNames ?? [],
		...(names.categories && {categories: names.categories}),
		namespaced: scope === 'Namespaced',
		...(subresources.length > 0 && {subresources}),
		schema: '',
		generation: 'spec',
		verbs,
		customSchema: schema ?? {},
		...(version.deprecated && {deprecation: version.deprecationWarning ?? `${group}/${version.name} ${names.kind} is deprecated`}),
		selectableFields: Object.fromEntries(
			(version.selectableFields ?? []).map(({jsonPath}: any) => [
				dotless(jsonPath),
				(object: any) => String(at(object, dotless(jsonPath)) ?? ''),
			]),
		),
		...(scale && {
			scale: {
				specReplicas: dotless(scale.specReplicasPath),
				statusReplicas: dotless(scale.statusReplicasPath),
				...(scale.labelSelectorPath && {labelSelector: dotless(scale.labelSelectorPath)}),
			},
		}),
		defaults: object => fillDefaults(object, schema),
		prepareForCreate(object) {
			if (!subresources.includes('status')) return;
			delete object.status;
			// What is read from etcd is filled with defaults, which a status may have too.
			fillDefaults(object, {properties: {status: schema?.properties?.status ?? {}}});
		},
		validate: (object, old) => validateCustom(object, old, schema),
		validateStatus: (object, old) => validateCustom(object, old, schema),
		columns: customColumns(version.additionalPrinterColumns),
	};
	if (version === storage) return kind;
	const apiVersion = (name: string) => (object: any) => ({...object, apiVersion: `${group}/${name}`});
	return {...kind, storedAs: {resource: groupResource(kind), toStored: apiVersion(storage.name), fromStored: apiVersion(version.name)}};
}

function validateCustom(object: any, old: any, schema: any): Errors {
	const errors = validateSchema(object, schema);
	return [...errors, ...validateRules(object, old, schema, errors)];
}

const at = (object: any, path: string): unknown => path.split('.').reduce((value, key) => value?.[key], object);
