import type {Column, Kind, PrintContext} from '../kind.js';
import type {KubeObject} from '../object.js';

/** meta.k8s.io/v1 Table: rows as `kubectl get` prints them. Models printers/tablegenerator.go. */
export interface Table {
	readonly kind: 'Table';
	readonly apiVersion: 'meta.k8s.io/v1';
	readonly metadata: Record<string, unknown>;
	readonly columnDefinitions: ReadonlyArray<{name: string; type: string; format: string; description: string; priority: number}>;
	readonly rows: ReadonlyArray<{cells: unknown[]; conditions?: unknown[]; object?: unknown}>;
}

const nameDescription =
	'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';

export function tableOf(
	kind: Kind,
	objects: readonly KubeObject[],
	context: PrintContext,
	listMeta: Record<string, unknown>,
	include: string,
): Table {
	return {
		kind: 'Table',
		apiVersion: 'meta.k8s.io/v1',
		metadata: listMeta,
		columnDefinitions: kind.columns.map(definition),
		rows: objects.map(object => {
			const conditions = kind.rowConditions?.(object);
			return {
				cells: kind.columns.map(column => column.cell(object, context)),
				...(conditions && {conditions}),
				...rowObject(object, include),
			};
		}),
	};
}

const definition = (column: Column) => ({
	name: column.name,
	type: column.type ?? 'string',
	format: column.format ?? (column.name === 'Name' ? 'name' : ''),
	description: column.description ?? (column.name === 'Name' ? nameDescription : ''),
	priority: column.priority ?? 0,
});

function rowObject(object: KubeObject, include: string): {object?: unknown} {
	if (include === 'None') return {};
	if (include === 'Object') return {object};
	return {object: {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata}};
}
