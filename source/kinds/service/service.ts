import type {Kind} from '../../api/kind.js';
import {isLabel1035} from '../../api/selector/label-syntax.js';
import {serviceColumns} from './columns.js';
import {defaultService} from './defaults.js';
import {prepareService} from './prepare.js';
import {validateService} from './validate.js';
import {addressChanges} from './validate-cluster-ips.js';
import {describeService} from './describe.js';
import {serviceWarnings} from './warnings.js';

export default {
	kind: 'Service',
	group: '',
	version: 'v1',
	plural: 'services',
	singular: 'service',
	shortNames: ['svc'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status', 'proxy'],
	allocates: true,
	schema: 'core.v1.Service',
	nameRule: isLabel1035,
	selectableFields: {'spec.clusterIP': service => service.spec?.clusterIP ?? '', 'spec.type': service => service.spec?.type ?? ''},
	defaults: defaultService,
	prepareForCreate(service) {
		service.status = {loadBalancer: {}};
	},
	prepareForUpdate: prepareService,
	validate: (service, old) => [...(old ? addressChanges(service, old) : []), ...validateService(service)],
	warnings: serviceWarnings,
	columns: serviceColumns,
	describe: describeService,
} satisfies Kind;
