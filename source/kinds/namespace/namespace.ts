import {otherName, unnamed} from '../../api/errors.js';
import type {Kind} from '../../api/kind.js';
import {isLabel1123} from '../../api/selector/label-syntax.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeNamespace} from './describe.js';
import {validateNamespace} from './validate.js';

export default {
	kind: 'Namespace',
	group: '',
	version: 'v1',
	plural: 'namespaces',
	singular: 'namespace',
	shortNames: ['ns'],
	namespaced: false,
	verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
	subresources: ['status', 'finalize'],
	schema: 'core.v1.Namespace',
	nameRule: isLabel1123,
	selectableFields: {'status.phase': namespace => namespace.status?.phase ?? ''},
	defaults(namespace) {
		namespace.spec ??= {};
		namespace.status ??= {};
		namespace.status.phase ||= 'Active';
		if (namespace.metadata.name) (namespace.metadata.labels ??= {})['kubernetes.io/metadata.name'] = namespace.metadata.name;
	},
	prepareForCreate(namespace) {
		namespace.status = {phase: 'Active'};
		if (!namespace.spec.finalizers?.includes('kubernetes'))
			namespace.spec.finalizers = [...(namespace.spec.finalizers ?? []), 'kubernetes'];
		if (namespace.metadata.generateName) (namespace.metadata.labels ??= {})['kubernetes.io/metadata.name'] = namespace.metadata.name;
	},
	prepareForUpdate(namespace, old) {
		if (old.spec) namespace.spec = old.spec;
	},
	heldBack: namespace => Boolean(namespace.spec?.finalizers?.length),
	markDeleted(namespace) {
		namespace.status = {...namespace.status, phase: 'Terminating'};
	},
	actions: {
		/** The namespace controller says that everything in it is gone. */
		finalize: ({client, name, body}) => {
			const present = client.get('namespaces', undefined, name);
			if (!body?.metadata?.name) throw unnamed(name);
			if (body.metadata.name !== name) throw otherName(body.metadata.name, name);
			const left: string[] = body?.spec?.finalizers ?? [];
			if (left.length > 0 || !present.metadata.deletionTimestamp) return present;
			return client.patch('namespaces', undefined, name, 'json', [{op: 'remove', path: '/spec/finalizers'}], {subresource: 'finalize'});
		},
	},
	validate: validateNamespace,
	columns: [nameColumn, column('Status', ({status}) => status?.phase ?? ''), ageColumn],
	describe: describeNamespace,
} satisfies Kind;
