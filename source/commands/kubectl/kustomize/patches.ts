import {jsonPatch} from '../../../api/patch/json-patch.js';
import {matchesLabels, parseLabelSelector} from '../../../api/selector/label-selector.js';
import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/values/plain.js';
import {structSchema} from '../../../api/schema/schema.js';
import {strategicMerge} from '../../../api/patch/strategic-merge.js';
import {failure} from '../failure.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import type {Session} from '../session.js';
import {goesBy, groupOf, idOf, type Resource} from './resource.js';

export interface PatchSpec {
	readonly text: string;
	readonly target?: any;
}

/** A patch of either kind to all that its target matches; a strategic one may name its target itself. */
export function applyPatch(session: Session, resources: Resource[], {text, target}: PatchSpec): void {
	for (const document of parseDocuments(text, '1.2')) {
		if (Array.isArray(document)) {
			if (!target) throw failure('must specify a target for JSON patch');
			for (const resource of chosen(resources, target)) resource.object = jsonPatched(resource.object, document);
			continue;
		}

		const patch = document as KubeObject;
		const found = target ? chosen(resources, target) : named(resources, patch);
		for (const resource of found) merge(session, resources, resource, patch);
	}
}

function jsonPatched(object: KubeObject, operations: readonly any[]): KubeObject {
	try {
		return jsonPatch(copy(object), operations) as KubeObject;
	} catch (error) {
		throw failure((error as Error).message);
	}
}

function named(resources: readonly Resource[], patch: KubeObject): Resource[] {
	const found = resources.filter(
		resource =>
			resource.object.kind === patch.kind && groupOf(resource.object) === groupOf(patch) && goesBy(resource, patch.metadata?.name ?? ''),
	);
	if (found.length === 0)
		throw failure(
			`no resource matches strategic merge patch "${idOf(patch)}": no matches for Id ${idOf(patch)}; failed to find unique target for patch ${idOf(patch)}`,
		);
	return found;
}

const whole = (pattern: string | undefined, value: string): boolean => !pattern || new RegExp(`^(?:${pattern})$`).test(value);

function chosen(resources: readonly Resource[], target: any): Resource[] {
	const selects = (text: string | undefined, map: Readonly<Record<string, string>> = {}) =>
		!text || matchesLabels(parseLabelSelector(text), map);
	return resources.filter(({object, names}) => {
		const version = object.apiVersion.split('/').at(-1)!;
		return (
			whole(target.kind, object.kind) &&
			whole(target.group, groupOf(object)) &&
			whole(target.version, version) &&
			[object.metadata.name, ...names].some(name => whole(target.name, name)) &&
			whole(target.namespace, object.metadata.namespace ?? 'default') &&
			selects(target.labelSelector, object.metadata.labels) &&
			selects(target.annotationSelector, object.metadata.annotations)
		);
	});
}

/** The name stays, whatever the patch says. */
function merge({api}: Session, resources: Resource[], resource: Resource, patch: KubeObject): void {
	if ((patch as any).$patch === 'delete') {
		resources.splice(resources.indexOf(resource), 1);
		return;
	}

	const {object} = resource;
	const schema = api.kindOf(object.apiVersion, object.kind)?.schema;
	const type = schema && structSchema(schema) ? ({shape: 'struct', name: schema} as const) : undefined;
	const body = copy({...patch, metadata: {...patch.metadata, name: object.metadata.name}});
	resource.object = strategicMerge(copy(object) as never, body as never, type) as KubeObject;
}
