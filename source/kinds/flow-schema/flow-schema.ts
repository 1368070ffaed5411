import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';

export default {
	kind: 'FlowSchema',
	group: 'flowcontrol.apiserver.k8s.io',
	version: 'v1',
	plural: 'flowschemas',
	singular: 'flowschema',
	shortNames: [],
	namespaced: false,
	subresources: ['status'],
	schema: 'flowcontrol.v1.FlowSchema',
	conditionalUpdate: true,
	generation: 'spec',
	columns: [
		nameColumn,
		column('PriorityLevel', ({spec}) => spec?.priorityLevelConfiguration?.name ?? '<none>'),
		column('MatchingPrecedence', ({spec}) => String(spec?.matchingPrecedence ?? 1000)),
		column('DistinguisherMethod', ({spec}) => spec?.distinguisherMethod?.type ?? '<none>'),
		ageColumn,
		column('MissingPL', ({status}) => status?.conditions?.find((condition: any) => condition.type === 'Dangling')?.status ?? '?'),
	],
} satisfies Kind;
