import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';

export default {
	kind: 'PriorityLevelConfiguration',
	group: 'flowcontrol.apiserver.k8s.io',
	version: 'v1',
	plural: 'prioritylevelconfigurations',
	singular: 'prioritylevelconfiguration',
	shortNames: [],
	namespaced: false,
	subresources: ['status'],
	schema: 'flowcontrol.v1.PriorityLevelConfiguration',
	conditionalUpdate: true,
	generation: 'spec',
	columns: [
		nameColumn,
		column('Type', ({spec}) => spec?.type ?? ''),
		column('NominalConcurrencyShares', ({spec}) => String((spec?.limited ?? spec?.exempt)?.nominalConcurrencyShares ?? '<none>')),
		column('Queues', ({spec}) => String(spec?.limited?.limitResponse?.queuing?.queues ?? '<none>')),
		column('HandSize', ({spec}) => String(spec?.limited?.limitResponse?.queuing?.handSize ?? '<none>')),
		column('QueueLengthLimit', ({spec}) => String(spec?.limited?.limitResponse?.queuing?.queueLengthLimit ?? '<none>')),
		ageColumn,
	],
} satisfies Kind;
