import type {Kind} from '../../api/kind.js';
import {fromLabelSelector, printLabelSelector} from '../../api/selector/label-selector.js';
import {ageColumn, column, nameColumn, templateColumns, wide} from '../cells.js';
import {defaultTemplate} from '../pod/defaults.js';
import {describeDeployment} from './describe.js';
import {validateDeployment, validateDeploymentStatus} from './validate.js';
import {templateWarnings} from '../pod/warnings.js';

const replicas = (object: any, field: string): number => object.status?.[field] ?? 0;

export default {
	kind: 'Deployment',
	group: 'apps',
	version: 'v1',
	plural: 'deployments',
	singular: 'deployment',
	shortNames: ['deploy'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status', 'scale'],
	statusKeeps: ['labels'],
	schema: 'apps.v1.Deployment',
	generation: 'annotations',
	scale: {specReplicas: 'spec.replicas', statusReplicas: 'status.replicas'},
	defaults(deployment) {
		const spec = (deployment.spec ??= {});
		spec.replicas ??= 1;
		spec.strategy ??= {};
		spec.strategy.type ||= 'RollingUpdate';
		if (spec.strategy.type === 'RollingUpdate') {
			spec.strategy.rollingUpdate ??= {};
			spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
			spec.strategy.rollingUpdate.maxSurge ??= '25%';
		}

		spec.revisionHistoryLimit ??= 10;
		spec.progressDeadlineSeconds ??= 600;
		defaultTemplate((spec.template ??= {}));
	},
	validate: validateDeployment,
	validateStatus: validateDeploymentStatus,
	warnings: ({spec}, old) => (old ? [] : templateWarnings(spec.template, 'spec.template')),
	columns: [
		nameColumn,
		column('Ready', object => `${replicas(object, 'readyReplicas')}/${object.spec?.replicas ?? 0}`),
		column('Up-to-date', object => replicas(object, 'updatedReplicas')),
		column('Available', object => replicas(object, 'availableReplicas')),
		ageColumn,
		...templateColumns,
		wide('Selector', ({spec}) => printLabelSelector(fromLabelSelector(spec?.selector) ?? [])),
	],
	describe: describeDeployment,
} satisfies Kind;
