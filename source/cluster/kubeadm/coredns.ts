import type {KubeObject} from '../../api/object.js';
import type {Topology} from '../topology.js';

/** What `kubeadm init` applies for cluster DNS. Models cmd/kubeadm/app/phases/addons/dns/manifests.go. */
export function corednsObjects(topology: Topology): KubeObject[] {
	const labels = {'k8s-app': 'kube-dns'};
	return [
		{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'coredns', namespace: 'kube-system'}},
		{
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: 'coredns', namespace: 'kube-system'},
			data: {Corefile: corefile(topology.clusterDomain)},
		},
		...access,
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {
				name: 'kube-dns',
				namespace: 'kube-system',
				labels: {...labels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS'},
				annotations: {'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true'},
			},
			spec: {
				clusterIP: topology.clusterDns,
				selector: labels,
				ports: [
					{name: 'dns', port: 53, protocol: 'UDP', targetPort: 53},
					{name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53},
					{name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153},
				],
			},
		},
		deployment(labels),
	];
}

const access: KubeObject[] = [
	{
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRole',
		metadata: {name: 'system:coredns'},
		rules: [
			{apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch']},
			{apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch']},
		],
	},
	{
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRoleBinding',
		metadata: {name: 'system:coredns'},
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns'},
		subjects: [{kind: 'ServiceAccount', name: 'coredns', namespace: 'kube-system'}],
	},
];

function deployment(labels: Record<string, string>): KubeObject {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'coredns', namespace: 'kube-system', labels},
		spec: {
			replicas: 2,
			strategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1}},
			selector: {matchLabels: labels},
			template: {
				metadata: {labels},
				spec: {
					priorityClassName: 'system-cluster-critical',
					serviceAccountName: 'coredns',
					affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [spread]}},
					tolerations: [
						{key: 'CriticalAddonsOnly', operator: 'Exists'},
						{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'},
					],
					nodeSelector: {'kubernetes.io/os': 'linux'},
					containers: [container],
					dnsPolicy: 'Default',
					volumes: [{name: 'config-volume', configMap: {name: 'coredns', items: [{key: 'Corefile', path: 'Corefile'}]}}],
				},
			},
		},
	};
}

const spread = {
	weight: 100,
	podAffinityTerm: {
		labelSelector: {matchExpressions: [{key: 'k8s-app', operator: 'In', values: ['kube-dns']}]},
		topologyKey: 'kubernetes.io/hostname',
	},
};

const container = {
	name: 'coredns',
	image: 'registry.k8s.io/coredns/coredns:v1.12.0',
	imagePullPolicy: 'IfNotPresent',
	resources: {limits: {memory: '170Mi'}, requests: {cpu: '100m', memory: '70Mi'}},
	args: ['-conf', '/etc/coredns/Corefile'],
	volumeMounts: [{name: 'config-volume', mountPath: '/etc/coredns', readOnly: true}],
	ports: [
		{containerPort: 53, name: 'dns', protocol: 'UDP'},
		{containerPort: 53, name: 'dns-tcp', protocol: 'TCP'},
		{containerPort: 9153, name: 'metrics', protocol: 'TCP'},
		{containerPort: 8080, name: 'liveness-probe', protocol: 'TCP'},
		{containerPort: 8181, name: 'readiness-probe', protocol: 'TCP'},
	],
	livenessProbe: {
		httpGet: {path: '/health', port: 'liveness-probe', scheme: 'HTTP'},
		initialDelaySeconds: 60,
		timeoutSeconds: 5,
		successThreshold: 1,
		failureThreshold: 5,
	},
	readinessProbe: {httpGet: {path: '/ready', port: 'readiness-probe', scheme: 'HTTP'}},
	securityContext: {
		allowPrivilegeEscalation: false,
		capabilities: {add: ['NET_BIND_SERVICE'], drop: ['ALL']},
		readOnlyRootFilesystem: true,
	},
};

const corefile = (domain: string) => `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes ${domain} in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success ${domain}
       disable denial ${domain}
    }
    loop
    reload
    loadbalance
}
`;
