import type {Kind} from '../../api/kind.js';
import {ageOf} from '../age.js';
import {ageColumn, boolText, column, containerImages, containerNames, formatSelector, integer, nameColumn, wide} from '../cells.js';
import {defaultTemplate} from '../pod/defaults.js';
import {describeCronJob} from './describe.js';
import {validateCronJob} from './validate.js';
import {templateWarnings} from '../pod/warnings.js';

export default {
	kind: 'CronJob',
	group: 'batch',
	version: 'v1',
	plural: 'cronjobs',
	singular: 'cronjob',
	shortNames: ['cj'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status'],
	schema: 'batch.v1.CronJob',
	generation: 'spec',
	defaults(cron) {
		const spec = (cron.spec ??= {});
		spec.concurrencyPolicy ||= 'Allow';
		spec.suspend ??= false;
		spec.successfulJobsHistoryLimit ??= 3;
		spec.failedJobsHistoryLimit ??= 1;
		const template = (spec.jobTemplate ??= {});
		template.metadata = {creationTimestamp: null, ...template.metadata};
		template.spec ??= {};
		defaultTemplate((template.spec.template ??= {}));
	},
	validate: validateCronJob,
	warnings: ({spec}, old) => (old ? [] : templateWarnings(spec.jobTemplate?.spec?.template, 'spec.jobTemplate.spec.template')),
	columns: [
		nameColumn,
		column('Schedule', ({spec}) => spec?.schedule ?? ''),
		column('Timezone', ({spec}) => spec?.timeZone ?? '<none>'),
		column('Suspend', ({spec}) => boolText(spec?.suspend), {type: 'boolean'}),
		integer('Active', ({status}) => status?.active?.length ?? 0),
		column('Last Schedule', ({status}, {nowMs}) => (status?.lastScheduleTime ? ageOf(status.lastScheduleTime, nowMs) : '<none>')),
		ageColumn,
		wide('Containers', ({spec}) => containerNames(spec?.jobTemplate?.spec?.template?.spec)),
		wide('Images', ({spec}) => containerImages(spec?.jobTemplate?.spec?.template?.spec)),
		wide('Selector', ({spec}) => formatSelector(spec?.jobTemplate?.spec?.selector)),
	],
	describe: describeCronJob,
} satisfies Kind;
