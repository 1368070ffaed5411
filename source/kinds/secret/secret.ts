import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {base64} from '../../api/values/base64.js';
import {describeSecret} from './describe.js';
import {validateSecret} from './validate.js';

export default {
	kind: 'Secret',
	group: '',
	version: 'v1',
	plural: 'secrets',
	singular: 'secret',
	shortNames: [],
	namespaced: true,
	schema: 'core.v1.Secret',
	selectableFields: {type: secret => secret.type ?? ''},
	defaults(secret) {
		secret.type ||= 'Opaque';
	},
	prepareForCreate: mergeStringData,
	prepareForUpdate: mergeStringData,
	validate: validateSecret,
	columns: [nameColumn, column('Type', ({type}) => type ?? ''), column('Data', ({data}) => Object.keys(data ?? {}).length), ageColumn],
	describe: describeSecret,
} satisfies Kind;

/** `stringData` is for writing only. */
function mergeStringData(secret: any): void {
	for (const [key, value] of Object.entries(secret.stringData ?? {})) (secret.data ??= {})[key] = base64(value as string);
	delete secret.stringData;
}
