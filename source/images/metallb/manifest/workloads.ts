const namespace = 'metallb-system';
const webhookPort = 9443;
const restricted = {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true};
const linux = {'kubernetes.io/os': 'linux'};
const metricsProbe = {
	failureThreshold: 3,
	httpGet: {path: '/metrics', port: 'monitoring'},
	initialDelaySeconds: 10,
	periodSeconds: 10,
	successThreshold: 1,
	timeoutSeconds: 1,
};
const probes = {livenessProbe: metricsProbe, readinessProbe: metricsProbe};
const labelsOf = (component: string) => ({app: 'metallb', component});
const meta = (component: string) => ({labels: labelsOf(component), name: component, namespace});
const fromField = (name: string, fieldPath: string) => ({name, valueFrom: {fieldRef: {fieldPath}}});

/** Devices that belong to the machine itself or to pods: no neighbour asks there. */
const exclusions = `announcedInterfacesToExclude: ["^docker.*", "^cbr.*", "^dummy.*", "^virbr.*", "^lxcbr.*", "^veth.*", "^lo$", "^cali.*", "^tunl.*", "^flannel.*", "^kube-ipvs.*", "^cni.*", "^nodelocaldns.*", "^lxc.*"]\n`;

const controller = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: meta('controller'),
	spec: {
		revisionHistoryLimit: 3,
		selector: {matchLabels: labelsOf('controller')},
		template: {
			metadata: {annotations: {'prometheus.io/port': '7472', 'prometheus.io/scrape': 'true'}, labels: labelsOf('controller')},
			spec: {
				containers: [
					{
						args: ['--port=7472', '--log-level=info', '--tls-min-version=VersionTLS12'],
						env: [
							{name: 'METALLB_ML_SECRET_NAME', value: 'memberlist'},
							{name: 'METALLB_DEPLOYMENT', value: 'controller'},
						],
						image: 'quay.io/metallb/controller:v0.14.8',
						...probes,
						name: 'controller',
						ports: [
							{containerPort: 7472, name: 'monitoring'},
							{containerPort: webhookPort, name: 'webhook-server', protocol: 'TCP'},
						],
						securityContext: {...restricted, capabilities: {drop: ['all']}},
						volumeMounts: [{mountPath: '/tmp/k8s-webhook-server/serving-certs', name: 'cert', readOnly: true}],
					},
				],
				nodeSelector: linux,
				securityContext: {fsGroup: 65_534, runAsNonRoot: true, runAsUser: 65_534},
				serviceAccountName: 'controller',
				terminationGracePeriodSeconds: 0,
				volumes: [{name: 'cert', secret: {defaultMode: 420, secretName: 'metallb-webhook-cert'}}],
			},
		},
	},
};

const speaker = {
	apiVersion: 'apps/v1',
	kind: 'DaemonSet',
	metadata: meta('speaker'),
	spec: {
		selector: {matchLabels: labelsOf('speaker')},
		template: {
			metadata: {annotations: {'prometheus.io/port': '7472', 'prometheus.io/scrape': 'true'}, labels: labelsOf('speaker')},
			spec: {
				containers: [
					{
						args: ['--port=7472', '--log-level=info'],
						env: [
							fromField('METALLB_NODE_NAME', 'spec.nodeName'),
							fromField('METALLB_POD_NAME', 'metadata.name'),
							fromField('METALLB_HOST', 'status.hostIP'),
							fromField('METALLB_ML_BIND_ADDR', 'status.podIP'),
							{name: 'METALLB_ML_LABELS', value: 'app=metallb,component=speaker'},
							{name: 'METALLB_ML_SECRET_KEY_PATH', value: '/etc/ml_secret_key'},
						],
						image: 'quay.io/metallb/speaker:v0.14.8',
						...probes,
						name: 'speaker',
						ports: [
							{containerPort: 7472, name: 'monitoring'},
							{containerPort: 7946, name: 'memberlist-tcp'},
							{containerPort: 7946, name: 'memberlist-udp', protocol: 'UDP'},
						],
						securityContext: {...restricted, capabilities: {add: ['NET_RAW'], drop: ['ALL']}},
						volumeMounts: [
							{mountPath: '/etc/ml_secret_key', name: 'memberlist', readOnly: true},
							{mountPath: '/etc/metallb', name: 'metallb-excludel2', readOnly: true},
						],
					},
				],
				hostNetwork: true,
				nodeSelector: linux,
				serviceAccountName: 'speaker',
				terminationGracePeriodSeconds: 2,
				tolerations: ['master', 'control-plane'].map(role => ({
					effect: 'NoSchedule',
					key: `node-role.kubernetes.io/${role}`,
					operator: 'Exists',
				})),
				volumes: [
					{name: 'memberlist', secret: {defaultMode: 420, secretName: 'memberlist'}},
					{configMap: {defaultMode: 256, name: 'metallb-excludel2'}, name: 'metallb-excludel2'},
				],
			},
		},
	},
};

/** ConfigMap, Secret and Service, then what runs. */
export const workloads: readonly object[] = [
	{apiVersion: 'v1', data: {'excludel2.yaml': exclusions}, kind: 'ConfigMap', metadata: {name: 'metallb-excludel2', namespace}},
	{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'metallb-webhook-cert', namespace}},
	{
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'metallb-webhook-service', namespace},
		spec: {ports: [{port: 443, targetPort: webhookPort}], selector: {component: 'controller'}},
	},
	controller,
	speaker,
];
