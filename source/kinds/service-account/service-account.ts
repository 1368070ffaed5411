import type {Kind} from '../../api/kind.js';
import {requestToken} from '../token-review/token.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeServiceAccount} from './describe.js';

export default {
	kind: 'ServiceAccount',
	group: '',
	version: 'v1',
	plural: 'serviceaccounts',
	singular: 'serviceaccount',
	shortNames: ['sa'],
	namespaced: true,
	subresources: ['token'],
	schema: 'core.v1.ServiceAccount',
	actions: {token: requestToken},
	columns: [nameColumn, column('Secrets', ({secrets}) => secrets?.length ?? 0), ageColumn],
	describe: describeServiceAccount,
} satisfies Kind;
