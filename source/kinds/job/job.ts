import type {Kind} from '../../api/kind.js';
import {jobColumns} from './columns.js';
import {defaultJob, prepareJob} from './defaults.js';
import {describeJob} from './describe.js';
import {validateJob} from './validate.js';
import {templateWarnings} from '../pod/warnings.js';
import {statusCounts} from '../status-counts.js';

export default {
	kind: 'Job',
	group: 'batch',
	version: 'v1',
	plural: 'jobs',
	singular: 'job',
	shortNames: [],
	categories: ['all'],
	namespaced: true,
	subresources: ['status'],
	schema: 'batch.v1.Job',
	generation: 'spec',
	fieldRefusal: field => `field label ${JSON.stringify(field)} not supported for batchv1.Job`,
	selectableFields: {'status.successful': ({status}) => String(status?.succeeded ?? 0)},
	defaults: job => defaultJob(job),
	prepareForCreate: prepareJob,
	validate: validateJob,
	validateStatus: statusCounts({counts: ['active', 'succeeded', 'failed', 'terminating', 'ready']}),
	warnings: ({spec}, old) => (old ? [] : templateWarnings(spec.template, 'spec.template')),
	columns: jobColumns,
	describe: describeJob,
} satisfies Kind;
