import type {Kind} from '../../api/kind.js';
import {createdColumn, nameColumn} from '../cells.js';
import {roundUp} from '../pod/defaults.js';
import {describeLimitRange} from './describe.js';
import {validateLimitRange} from './validate.js';

export default {
	kind: 'LimitRange',
	group: '',
	version: 'v1',
	plural: 'limitranges',
	singular: 'limitrange',
	shortNames: ['limits'],
	namespaced: true,
	schema: 'core.v1.LimitRange',
	namesItself: true,
	/** Models SetDefaults_LimitRangeItem: a maximum is the default limit, a default limit or a minimum the default request. */
	defaults(range) {
		for (const item of range.spec?.limits ?? []) {
			for (const list of [item.max, item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio]) roundUp(list);
			if (item.type !== 'Container') continue;
			item.default = {...item.max, ...item.default};
			item.defaultRequest = {...item.min, ...item.default, ...item.defaultRequest};
			if (Object.keys(item.default).length === 0) delete item.default;
			if (Object.keys(item.defaultRequest).length === 0) delete item.defaultRequest;
		}
	},
	validate: validateLimitRange,
	columns: [nameColumn, createdColumn],
	describe: describeLimitRange,
} satisfies Kind;
