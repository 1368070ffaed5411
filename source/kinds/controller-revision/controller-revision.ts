import {equal} from '../../api/values/plain.js';
import {invalid, nonNegative, required} from '../errors.js';
import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';

export default {
	kind: 'ControllerRevision',
	group: 'apps',
	version: 'v1',
	plural: 'controllerrevisions',
	singular: 'controllerrevision',
	shortNames: [],
	namespaced: true,
	schema: 'apps.v1.ControllerRevision',
	defaults(revision) {
		revision.revision ??= 0;
	},
	validate: ({data, revision}, old) => [
		...(data === undefined || data === null ? [required('data', 'data is mandatory')] : []),
		...nonNegative('revision', revision),
		...(old && !equal(data, old.data) ? [invalid('data', data, 'field is immutable')] : []),
	],
	columns: [
		nameColumn,
		column('Controller', ({metadata}) => {
			const owner = metadata.ownerReferences?.find((reference: any) => reference.controller);
			if (!owner) return '<none>';
			const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
			return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
		}),
		column('Revision', ({revision}) => revision ?? 0),
		ageColumn,
	],
} satisfies Kind;
