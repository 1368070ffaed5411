import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';
import {isPathSegment} from '../api/selector/label-syntax.js';

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const volumePrefix = 'kube-api-access-';
/** One hour and seven seconds: how the kubelet knows a token that it must renew (pkg/serviceaccount/claims.go). */
const expirationSeconds = 3607;

/** Every pod has an account, and by default its token. Models plugin/pkg/admission/serviceaccount. */
export default {
	name: 'ServiceAccount',
	resources: ['pods'],
	operations: ['create'],
	admit({draft, kind, namespace, name, reader, sim}) {
		const spec = draft!['spec'];
		if (draft!.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return;
		spec.serviceAccountName ||= 'default';
		spec.serviceAccount = spec.serviceAccountName;
		// The client that looks it up refuses to put such a name into a path.
		const [problem] = isPathSegment(spec.serviceAccountName);
		if (problem)
			throw forbidden(
				kind,
				name,
				`error looking up service account ${namespace}/${spec.serviceAccountName}: invalid resource name ${JSON.stringify(spec.serviceAccountName)}: [${problem}]`,
			);
		const account = reader.find('serviceaccounts', namespace, spec.serviceAccountName);
		if (!account)
			throw forbidden(
				kind,
				name,
				`error looking up service account ${namespace}/${spec.serviceAccountName}: serviceaccount "${spec.serviceAccountName}" not found`,
			);
		if (spec.automountServiceAccountToken ?? account['automountServiceAccountToken'] ?? true)
			mountToken(spec, () => sim.random.fork('api/names').suffix(5));
		if (!spec.imagePullSecrets?.length && account['imagePullSecrets']?.length)
			spec.imagePullSecrets = account['imagePullSecrets'].map((secret: any) => ({...secret}));
	},
} satisfies Admission;

function mountToken(spec: any, suffix: () => string): void {
	const containers: any[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
	const without = containers.filter(({volumeMounts}) => !volumeMounts?.some((mount: any) => mount.mountPath === mountPath));
	if (without.length === 0) return;
	const present = spec.volumes?.find(({name}: any) => name.startsWith(volumePrefix))?.name;
	const volume = present ?? `${volumePrefix}${suffix()}`;
	for (const container of without) container.volumeMounts = [...(container.volumeMounts ?? []), {name: volume, readOnly: true, mountPath}];
	if (!present) spec.volumes = [...(spec.volumes ?? []), {name: volume, projected: {sources: sources(), defaultMode: 0o644}}];
}

const sources = () => [
	{serviceAccountToken: {expirationSeconds, path: 'token'}},
	{configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
	{downwardAPI: {items: [{path: 'namespace', fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.namespace'}}]}},
];
