import {group} from './schema.js';
import {nginxGroup} from './nginx-crds.js';
import {manifestText} from './standard-install.js';

export const controllerName = 'gateway.nginx.org/nginx-gateway-controller';
const version = '1.6.2';
const name = 'nginx-gateway';
const namespace = name;
const selector = {'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name};
const labels = {...selector, 'app.kubernetes.io/version': version};
const rbac = 'rbac.authorization.k8s.io';
const rule = (apiGroups: string, resources: readonly string[], verbs: readonly string[]) => ({apiGroups: [apiGroups], resources, verbs});
const [read, watched, written] = [['get', 'list', 'watch'], ['list', 'watch'], ['update']];

const role = {
	apiVersion: `${rbac}/v1`,
	kind: 'ClusterRole',
	metadata: {labels, name},
	rules: [
		rule('', ['namespaces', 'services', 'secrets'], read),
		rule('', ['pods'], ['get']),
		rule('apps', ['replicasets'], ['get']),
		rule('', ['nodes'], ['list']),
		rule('', ['events'], ['create', 'patch']),
		rule('discovery.k8s.io', ['endpointslices'], watched),
		rule(group, ['gatewayclasses', 'gateways', 'httproutes', 'referencegrants', 'grpcroutes'], watched),
		rule(group, ['httproutes/status', 'gateways/status', 'gatewayclasses/status', 'grpcroutes/status'], written),
		rule(nginxGroup, ['nginxgateways'], read),
		rule(nginxGroup, ['nginxproxies', 'clientsettingspolicies', 'observabilitypolicies', 'upstreamsettingspolicies'], watched),
		rule(
			nginxGroup,
			['nginxgateways/status', 'clientsettingspolicies/status', 'observabilitypolicies/status', 'upstreamsettingspolicies/status'],
			written,
		),
		rule('coordination.k8s.io', ['leases'], ['create', 'get', 'update']),
		rule('apiextensions.k8s.io', ['customresourcedefinitions'], watched),
	],
};

const fromField = (variable: string, fieldPath: string) => ({name: variable, valueFrom: {fieldRef: {fieldPath}}});
const mount = (volume: string, mountPath: string) => ({mountPath, name: volume});
const shared = {
	'nginx-conf': '/etc/nginx/conf.d',
	'nginx-stream-conf': '/etc/nginx/stream-conf.d',
	'nginx-main-includes': '/etc/nginx/main-includes',
	'nginx-secrets': '/etc/nginx/secrets',
	'nginx-run': '/var/run/nginx',
	'nginx-includes': '/etc/nginx/includes',
} as const;
const mounts = Object.entries(shared).map(([volume, path]) => mount(volume, path));
const security = (add: readonly string[], runAsUser: number) => ({
	allowPrivilegeEscalation: false,
	capabilities: {add, drop: ['ALL']},
	readOnlyRootFilesystem: true,
	runAsGroup: 1001,
	runAsUser,
	seccompProfile: {type: 'RuntimeDefault'},
});

const controlPlane = {
	args: [
		'static-mode',
		`--gateway-ctlr-name=${controllerName}`,
		'--gatewayclass=nginx',
		'--config=nginx-gateway-config',
		`--service=${name}`,
		'--metrics-port=9113',
		'--health-port=8081',
		'--leader-election-lock-name=nginx-gateway-leader-election',
	],
	env: [fromField('POD_IP', 'status.podIP'), fromField('POD_NAMESPACE', 'metadata.namespace'), fromField('POD_NAME', 'metadata.name')],
	image: `ghcr.io/nginx/nginx-gateway-fabric:${version}`,
	imagePullPolicy: 'Always',
	name,
	ports: [
		{containerPort: 9113, name: 'metrics'},
		{containerPort: 8081, name: 'health'},
	],
	readinessProbe: {httpGet: {path: '/readyz', port: 'health'}, initialDelaySeconds: 3, periodSeconds: 1},
	securityContext: security(['KILL'], 102),
	volumeMounts: mounts,
};

const dataPlane = {
	image: `ghcr.io/nginx/nginx-gateway-fabric/nginx:${version}`,
	imagePullPolicy: 'Always',
	name: 'nginx',
	ports: [
		{containerPort: 80, name: 'http'},
		{containerPort: 443, name: 'https'},
	],
	securityContext: security(['NET_BIND_SERVICE'], 101),
	volumeMounts: [...mounts, mount('nginx-cache', '/var/cache/nginx')],
};

const initializer = {
	command: ['/usr/bin/gateway', 'initialize', '--source', '/includes/main.conf', '--destination', '/etc/nginx/main-includes'],
	env: [fromField('POD_UID', 'metadata.uid')],
	image: `ghcr.io/nginx/nginx-gateway-fabric:${version}`,
	imagePullPolicy: 'Always',
	name: 'init',
	securityContext: security([], 102),
	volumeMounts: [mount('nginx-includes-bootstrap', '/includes'), mount('nginx-main-includes', '/etc/nginx/main-includes')],
};

const deployment = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {labels, name, namespace},
	spec: {
		replicas: 1,
		selector: {matchLabels: selector},
		template: {
			metadata: {annotations: {'prometheus.io/port': '9113', 'prometheus.io/scrape': 'true'}, labels: selector},
			spec: {
				containers: [controlPlane, dataPlane],
				initContainers: [initializer],
				securityContext: {fsGroup: 1001, runAsNonRoot: true},
				serviceAccountName: name,
				shareProcessNamespace: true,
				terminationGracePeriodSeconds: 30,
				volumes: [
					...[...Object.keys(shared), 'nginx-cache'].map(volume => ({emptyDir: {}, name: volume})),
					{configMap: {name: 'nginx-includes-bootstrap'}, name: 'nginx-includes-bootstrap'},
				],
			},
		},
	},
};

export type Entrance = 'LoadBalancer' | 'NodePort';

const service = (type: Entrance) => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {labels, name, namespace},
	spec: {
		externalTrafficPolicy: 'Local',
		ports: [
			{name: 'http', port: 80, protocol: 'TCP', targetPort: 80},
			{name: 'https', port: 443, protocol: 'TCP', targetPort: 443},
		],
		selector,
		type,
	},
});

const objects = (entrance: Entrance): readonly object[] => [
	{apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}},
	{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {labels, name, namespace}},
	role,
	{
		apiVersion: `${rbac}/v1`,
		kind: 'ClusterRoleBinding',
		metadata: {labels, name},
		roleRef: {apiGroup: rbac, kind: 'ClusterRole', name},
		subjects: [{kind: 'ServiceAccount', name, namespace}],
	},
	{
		apiVersion: 'v1',
		data: {'main.conf': 'error_log stderr info;\n'},
		kind: 'ConfigMap',
		metadata: {labels, name: 'nginx-includes-bootstrap', namespace},
	},
	service(entrance),
	deployment,
	{apiVersion: `${group}/v1`, kind: 'GatewayClass', metadata: {labels, name: 'nginx'}, spec: {controllerName}},
	{
		apiVersion: `${nginxGroup}/v1alpha1`,
		kind: 'NginxGateway',
		metadata: {labels, name: 'nginx-gateway-config', namespace},
		spec: {logging: {level: 'info'}},
	},
];

/** `deploy/default/deploy.yaml` and `deploy/nodeport/deploy.yaml` of NGINX Gateway Fabric v1.6.2. */
export const nginxGatewayDeploy = (entrance: Entrance): string => manifestText(objects(entrance));
