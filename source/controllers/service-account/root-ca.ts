import {keyOf, type KubeObject} from '../../api/object.js';
import type {Controller} from '../controller.js';
import {createOnce} from './service-account.js';

const name = 'kube-root-ca.crt';
const description =
	'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Where the cluster's builder puts the certificate of its authority, in PEM. */
export const caCell = 'cluster/ca-certificate';
const placeholder =
	'-----BEGIN CERTIFICATE-----\nMIIDBTCCAe2gAwIBAgIIa3ViZWxhYgEwDQYJKoZIhvcNAQELBQAwFTETMBEGA1UE\n-----END CERTIFICATE-----\n';

/** ConfigMap `kube-root-ca.crt` in every namespace. Models pkg/controller/certificates/rootcacertpublisher. */
const rootCa: Controller = {
	name: 'root-ca-cert-publisher',
	watches: [
		{resource: 'namespaces', keys: ({type, object}) => (type === 'DELETED' ? [] : [keyOf(object)])},
		{
			resource: 'configmaps',
			keys: ({type, object}) => (type !== 'ADDED' && object.metadata.name === name ? [object.metadata.namespace!] : []),
		},
	],
	reconcile(namespace, context) {
		const data = {'ca.crt': context.sim.state.cell(caCell, placeholder).get()};
		const present = context.client.find<KubeObject>('configmaps', namespace, name);
		const annotations = {'kubernetes.io/description': description};
		if (!present)
			createOnce(context, namespace, 'configmaps', {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace, annotations}, data});
		else if (present['data']?.['ca.crt'] !== data['ca.crt'] || Object.keys(present['data']).length > 1)
			context.client.update({...present, data});
		return undefined;
	},
};
export default rootCa;
