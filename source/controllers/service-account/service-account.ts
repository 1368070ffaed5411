import {keyOf} from '../../api/object.js';
import {isAlreadyExists} from '../../api/status.js';
import type {Controller, ControllerContext} from '../controller.js';

/** Every namespace has its ServiceAccount `default`. Models pkg/controller/serviceaccount/serviceaccounts_controller.go. */
const serviceAccount: Controller = {
	name: 'service-account-controller',
	watches: [
		{resource: 'namespaces', keys: ({type, object}) => (type === 'DELETED' ? [] : [keyOf(object)])},
		{
			resource: 'serviceaccounts',
			keys: ({type, object}) => (type === 'DELETED' && object.metadata.name === 'default' ? [object.metadata.namespace!] : []),
		},
	],
	reconcile(namespace, context) {
		const metadata = {name: 'default', namespace};
		createOnce(context, namespace, 'serviceaccounts', {apiVersion: 'v1', kind: 'ServiceAccount', metadata});
		return undefined;
	},
};
export default serviceAccount;

/** In a namespace that is there to stay. */
export function createOnce({client}: ControllerContext, namespace: string, resource: string, object: any): void {
	const there = client.find('namespaces', undefined, namespace);
	if (!there || there.metadata.deletionTimestamp || client.find(resource, namespace, object.metadata.name)) return;
	try {
		client.create(object);
	} catch (error) {
		if (!isAlreadyExists(error)) throw error;
	}
}
