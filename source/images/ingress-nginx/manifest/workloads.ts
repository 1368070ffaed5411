import {labelsOf, meta, namespace, selectorOf} from './meta.js';

export type Provider = 'cloud' | 'baremetal';

const digests = {
	'controller:v1.11.2': 'sha256:d5f8217feeac4887cb1ed21f27c2674e58be06bd8f5184cacea2a69abaf78dce',
	'kube-webhook-certgen:v1.4.3': 'sha256:a320a50cc91bd15fd2d6fa6de58bd98c1bd64b9a6f926ce23a600d87043455a3',
} as const;
const imageOf = (name: keyof typeof digests) => ({
	image: `registry.k8s.io/ingress-nginx/${name}@${digests[name]}`,
	imagePullPolicy: 'IfNotPresent',
});

const fromField = (name: string, fieldPath: string) => ({name, valueFrom: {fieldRef: {fieldPath}}});
const linux = {'kubernetes.io/os': 'linux'};

const probe = (failureThreshold: number) => ({
	failureThreshold,
	httpGet: {path: '/healthz', port: 10_254, scheme: 'HTTP'},
	initialDelaySeconds: 10,
	periodSeconds: 10,
	successThreshold: 1,
	timeoutSeconds: 1,
});

const service = (name: string, spec: object) => ({apiVersion: 'v1', kind: 'Service', metadata: meta(name, 'controller'), spec});
const port = (name: string, number: number) => ({appProtocol: name, name, port: number, protocol: 'TCP', targetPort: name});
const families = {ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack'};
const selector = selectorOf('controller');

const entrance = (provider: Provider) =>
	service('ingress-nginx-controller', {
		...(provider === 'cloud' && {externalTrafficPolicy: 'Local'}),
		...families,
		ports: [port('http', 80), port('https', 443)],
		selector,
		type: provider === 'cloud' ? 'LoadBalancer' : 'NodePort',
	});

const webhookService = service('ingress-nginx-controller-admission', {
	ports: [{appProtocol: 'https', name: 'https-webhook', port: 443, targetPort: 'webhook'}],
	selector,
	type: 'ClusterIP',
});

const container = (provider: Provider) => ({
	args: [
		'/nginx-ingress-controller',
		...(provider === 'cloud' ? ['--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller'] : []),
		'--election-id=ingress-nginx-leader',
		'--controller-class=k8s.io/ingress-nginx',
		'--ingress-class=nginx',
		'--configmap=$(POD_NAMESPACE)/ingress-nginx-controller',
		'--validating-webhook=:8443',
		'--validating-webhook-certificate=/usr/local/certificates/cert',
		'--validating-webhook-key=/usr/local/certificates/key',
		'--enable-metrics=false',
	],
	env: [
		fromField('POD_NAME', 'metadata.name'),
		fromField('POD_NAMESPACE', 'metadata.namespace'),
		{name: 'LD_PRELOAD', value: '/usr/local/lib/libmimalloc.so'},
	],
	...imageOf('controller:v1.11.2'),
	lifecycle: {preStop: {exec: {command: ['/wait-shutdown']}}},
	livenessProbe: probe(5),
	name: 'controller',
	ports: [
		{containerPort: 80, name: 'http', protocol: 'TCP'},
		{containerPort: 443, name: 'https', protocol: 'TCP'},
		{containerPort: 8443, name: 'webhook', protocol: 'TCP'},
	],
	readinessProbe: probe(3),
	resources: {requests: {cpu: '100m', memory: '90Mi'}},
	securityContext: {
		allowPrivilegeEscalation: false,
		capabilities: {add: ['NET_BIND_SERVICE'], drop: ['ALL']},
		readOnlyRootFilesystem: false,
		runAsNonRoot: true,
		runAsUser: 101,
		seccompProfile: {type: 'RuntimeDefault'},
	},
	volumeMounts: [{mountPath: '/usr/local/certificates/', name: 'webhook-cert', readOnly: true}],
});

const deployment = (provider: Provider) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: meta('ingress-nginx-controller', 'controller'),
	spec: {
		minReadySeconds: 0,
		revisionHistoryLimit: 10,
		selector: {matchLabels: selector},
		strategy: {rollingUpdate: {maxUnavailable: 1}, type: 'RollingUpdate'},
		template: {
			metadata: {labels: labelsOf('controller')},
			spec: {
				containers: [container(provider)],
				dnsPolicy: 'ClusterFirst',
				nodeSelector: linux,
				serviceAccountName: 'ingress-nginx',
				terminationGracePeriodSeconds: 300,
				volumes: [{name: 'webhook-cert', secret: {secretName: 'ingress-nginx-admission'}}],
			},
		},
	},
});

const job = (task: 'create' | 'patch', args: readonly string[]) => {
	const name = `ingress-nginx-admission-${task}`;
	return {
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: meta(name, 'admission-webhook'),
		spec: {
			template: {
				metadata: {labels: labelsOf('admission-webhook'), name},
				spec: {
					containers: [
						{
							args: [task, ...args],
							env: [fromField('POD_NAMESPACE', 'metadata.namespace')],
							...imageOf('kube-webhook-certgen:v1.4.3'),
							name: task,
							securityContext: {
								allowPrivilegeEscalation: false,
								capabilities: {drop: ['ALL']},
								readOnlyRootFilesystem: true,
								runAsNonRoot: true,
								runAsUser: 65_532,
								seccompProfile: {type: 'RuntimeDefault'},
							},
						},
					],
					nodeSelector: linux,
					restartPolicy: 'OnFailure',
					serviceAccountName: 'ingress-nginx-admission',
				},
			},
		},
	};
};

const certificateOf = 'ingress-nginx-controller-admission';
const jobs = [
	job('create', [
		`--host=${certificateOf},${certificateOf}.$(POD_NAMESPACE).svc`,
		'--namespace=$(POD_NAMESPACE)',
		'--secret-name=ingress-nginx-admission',
	]),
	job('patch', [
		'--webhook-name=ingress-nginx-admission',
		'--namespace=$(POD_NAMESPACE)',
		'--patch-mutating=false',
		'--secret-name=ingress-nginx-admission',
		'--patch-failure-policy=Fail',
	]),
];

const ingressClass = {
	apiVersion: 'networking.k8s.io/v1',
	kind: 'IngressClass',
	metadata: meta('nginx', 'controller', 'cluster'),
	spec: {controller: 'k8s.io/ingress-nginx'},
};

const webhook = {
	apiVersion: 'admissionregistration.k8s.io/v1',
	kind: 'ValidatingWebhookConfiguration',
	metadata: meta('ingress-nginx-admission', 'admission-webhook', 'cluster'),
	webhooks: [
		{
			admissionReviewVersions: ['v1'],
			clientConfig: {service: {name: certificateOf, namespace, path: '/networking/v1/ingresses', port: 443}},
			failurePolicy: 'Fail',
			matchPolicy: 'Equivalent',
			name: 'validate.nginx.ingress.kubernetes.io',
			rules: [{apiGroups: ['networking.k8s.io'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['ingresses']}],
			sideEffects: 'None',
		},
	],
};

/** ConfigMap and Services, what runs, and who judges Ingresses. */
export const workloads = (provider: Provider): readonly object[] => [
	{
		apiVersion: 'v1',
		data: {'allow-snippet-annotations': 'false'},
		kind: 'ConfigMap',
		metadata: meta('ingress-nginx-controller', 'controller'),
	},
	entrance(provider),
	webhookService,
	deployment(provider),
	...jobs,
	ingressClass,
	webhook,
];
