import {base64, base64Text} from '../../api/values/base64.js';
import {type KubeObject, keyOf} from '../../api/object.js';
import {certificatesIn, signedBy} from '../../tls/certificate.js';
import {alternativeNames} from '../../tls/extensions.js';
import {issue} from '../../tls/issue.js';
import {namedKey} from '../../tls/named-key.js';
import {objectIdNamed} from '../../tls/object-ids.js';
import {pem, pemBlocks} from '../../tls/pem.js';
import {type CertificateRequest, readRequest} from '../../tls/request.js';
import type {Controller, ControllerContext} from '../controller.js';
import {conditionOf} from '../pods/state.js';
import {caCell} from '../service-account/root-ca.js';

const resource = 'certificatesigningrequests.certificates.k8s.io';
const builtIn = /^kubernetes\.io\/(?:kube-apiserver-client|kube-apiserver-client-kubelet|kubelet-serving|legacy-unknown)$/;
const backdateMs = 300_000;
const yearSeconds = 365 * 86_400;

/** Signs what was approved. Models pkg/controller/certificates/signer/signer.go. */
const signing: Controller = {
	name: 'certificatesigningrequest-signing-controller',
	watches: [{resource, keys: ({type, object}) => (type === 'DELETED' ? [] : [keyOf(object)])}],
	reconcile(name, context) {
		const request = context.client.find<KubeObject>(resource, undefined, name);
		if (!request || request['status']?.certificate || !builtIn.test(request['spec'].signerName)) return undefined;
		if (conditionOf(request, 'Approved')?.status !== 'True' || conditionOf(request, 'Denied') || conditionOf(request, 'Failed'))
			return undefined;
		const certificate = sign(context, request);
		if (certificate) context.client.updateStatus({...request, status: {...request['status'], certificate: base64(certificate)}});
		return undefined;
	},
};
export default signing;

/** Usages as the API names them. */
const keyUsages: Readonly<Record<string, string>> = {
	'digital signature': 'digitalSignature',
	signing: 'digitalSignature',
	'content commitment': 'nonRepudiation',
	'key encipherment': 'keyEncipherment',
	'data encipherment': 'dataEncipherment',
	'key agreement': 'keyAgreement',
};
const purposes: Readonly<Record<string, string>> = {
	'client auth': 'clientAuth',
	'server auth': 'serverAuth',
	'code signing': 'codeSigning',
	'email protection': 'emailProtection',
	timestamping: 'timeStamping',
	'ocsp signing': 'OCSPSigning',
};

/** PEM; undefined when the cluster has no authority, or the request is none. */
function sign({sim}: ControllerContext, {spec}: KubeObject & {spec?: any}): string | undefined {
	const [authority] = certificatesIn(sim.state.cell(caCell, '').get());
	const asked = requestIn(base64Text(spec.request));
	if (!authority || !asked || !signedBy(asked, asked.publicKey)) return undefined;
	const names = alternativeNames(asked.extensions);
	const values = (type: string) => asked.subject.filter(([id]) => id === objectIdNamed(type)).map(([, value]) => value);
	const nowMs = Math.floor(sim.clock.now() / 1000) * 1000;
	const lastsMs = (spec.expirationSeconds ?? yearSeconds) * 1000;
	const wanted: readonly string[] = spec.usages ?? [];
	const pick = (table: Readonly<Record<string, string>>) => [
		...new Set(wanted.flatMap(usage => (Object.hasOwn(table, usage) ? table[usage]! : []))),
	];
	const {bytes} = issue(
		{
			serial: BigInt(`0x${sim.random.fork('certificates/serial').hex(31)}`) + 1n,
			organisations: values('O'),
			commonName: values('CN')[0] ?? '',
			usages: pick(keyUsages),
			purposes: pick(purposes),
			dns: names?.dns ?? [],
			addresses: names?.addresses ?? [],
			publicKey: asked.publicKey,
			notBefore: nowMs - backdateMs,
			notAfter: Math.min(nowMs - backdateMs + lastsMs, authority.notAfter),
		},
		{certificate: authority, key: namedKey('kubernetes-ca')},
	);
	return pem('CERTIFICATE', bytes);
}

function requestIn(text: string): CertificateRequest | undefined {
	const block = pemBlocks(text).find(({label}) => label.endsWith('CERTIFICATE REQUEST'));
	try {
		return block && readRequest(block.bytes);
	} catch {
		return undefined;
	}
}
