import type {Admission} from '../api/admission.js';

/** Who asked for a certificate is written down by the server, whatever the request says. Models pkg/registry/certificates/certificates/strategy.go. */
export default {
	name: 'CertificateSigning',
	resources: ['certificatesigningrequests.certificates.k8s.io'],
	operations: ['create'],
	prepare({draft, user: {name, uid, groups, extra}}) {
		const {username: _, uid: __, groups: ___, extra: ____, ...spec} = draft!['spec'];
		draft!['spec'] = {...spec, username: name, ...(uid && {uid}), groups, ...(extra && {extra})};
	},
} satisfies Admission;
