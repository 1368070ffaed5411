import {type KubeObject, keyOf} from '../../api/object.js';
import type {Controller} from '../controller.js';
import {conditionOf} from '../pods/state.js';

const resource = 'certificatesigningrequests.certificates.k8s.io';
const builtIn = /^kubernetes\.io\/(?:kube-apiserver-client|kube-apiserver-client-kubelet|kubelet-serving|legacy-unknown)$/;

/** An approved request for a built-in signer would get its certificate here; the cluster has no authority that signs. */
const signing: Controller = {
	name: 'certificatesigningrequest-signing-controller',
	watches: [{resource, keys: ({type, object}) => (type === 'DELETED' ? [] : [keyOf(object)])}],
	reconcile(name, {client, sim}) {
		const request = client.find<KubeObject>(resource, undefined, name);
		if (!request || request['status']?.certificate || !builtIn.test(request['spec'].signerName)) return undefined;
		if (conditionOf(request, 'Approved')?.status === 'True')
			sim.notes.notSimulated('CertificateSigningRequest: issuing status.certificate');
		return undefined;
	},
};
export default signing;
