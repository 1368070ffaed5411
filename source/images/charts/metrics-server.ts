import {metricsServerObjects} from '../metrics-server/manifest.js';
import type {CatalogueChart} from './chart.js';
import {eachOf, helpers, hole, mapTexts, template} from './template.js';

const full = hole('include "metrics-server.fullname" .');
const labels = {
	'app.kubernetes.io/name': 'metrics-server',
	'app.kubernetes.io/instance': hole('.Release.Name'),
};
const own = {
	...labels,
	'helm.sh/chart': hole('printf "%s-%s" .Chart.Name .Chart.Version'),
	'app.kubernetes.io/version': hole('.Chart.AppVersion | quote'),
	'app.kubernetes.io/managed-by': hole('.Release.Service'),
};

function parts(): any[] {
	const named = mapTexts(metricsServerObjects, (text, path) => {
		const key = path.at(-1)!;
		if (key === 'namespace') return hole('.Release.Namespace');
		if (
			(key === 'name' && path.at(-2) !== 'containers' && path.at(-2) !== 'ports' && text === 'metrics-server') ||
			key === 'serviceAccountName'
		)
			return full;
		return text;
	});
	return named.map((object: any) => {
		const {['k8s-app']: _, ...more} = object.metadata.labels;
		return {...object, metadata: {...object.metadata, labels: {...own, ...more}}};
	});
}

function deploymentOf(object: any): any {
	const [container] = object.spec.template.spec.containers;
	const args = [
		...container.args.filter(
			(text: string) =>
				!text.startsWith('--secure-port') &&
				!text.startsWith('--kubelet') &&
				!text.startsWith('--metric') &&
				!text.startsWith('--cert-dir'),
		),
		`--secure-port=${hole('.Values.containerPort')}`,
		eachOf('.Values.defaultArgs'),
		eachOf('.Values.args'),
	];
	const changed = {
		...container,
		args,
		image: `${hole('.Values.image.repository')}:${hole('.Values.image.tag | default (printf "v%s" .Chart.AppVersion)')}`,
		imagePullPolicy: hole('.Values.image.pullPolicy'),
		ports: [{containerPort: hole('.Values.containerPort'), name: 'https', protocol: 'TCP'}],
		resources: hole('toJson .Values.resources'),
	};
	const spec = {
		...object.spec.template.spec,
		containers: [changed],
		nodeSelector: hole('toJson .Values.nodeSelector'),
		tolerations: hole('toJson .Values.tolerations'),
		priorityClassName: hole('.Values.priorityClassName | quote'),
	};
	return {
		...object,
		spec: {...object.spec, replicas: hole('.Values.replicas'), selector: {matchLabels: labels}, template: {metadata: {labels}, spec}},
	};
}

/** https://kubernetes-sigs.github.io/metrics-server/ */
export const metricsServerChart: CatalogueChart = {
	metadata: {
		apiVersion: 'v2',
		name: 'metrics-server',
		version: '3.12.2',
		appVersion: '0.7.2',
		description:
			'Metrics Server is a scalable, efficient source of container resource metrics for Kubernetes built-in autoscaling pipelines.',
		type: 'application',
		home: 'https://github.com/kubernetes-sigs/metrics-server',
		keywords: ['kubernetes', 'metrics-server', 'metrics'],
	},
	values: {
		image: {repository: 'registry.k8s.io/metrics-server/metrics-server', tag: '', pullPolicy: 'IfNotPresent'},
		nameOverride: '',
		fullnameOverride: '',
		replicas: 1,
		containerPort: 10_250,
		priorityClassName: 'system-cluster-critical',
		defaultArgs: [
			'--cert-dir=/tmp',
			'--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
			'--kubelet-use-node-status-port',
			'--metric-resolution=15s',
		],
		args: [],
		service: {type: 'ClusterIP', port: 443},
		apiService: {create: true},
		resources: {requests: {cpu: '100m', memory: '200Mi'}},
		nodeSelector: {'kubernetes.io/os': 'linux'},
		tolerations: [],
	},
	files() {
		const byKind = (kind: string) => parts().filter(object => object.kind === kind);
		const service = byKind('Service').map(object => ({
			...object,
			spec: {
				...object.spec,
				type: hole('.Values.service.type'),
				ports: [{...object.spec.ports[0], port: hole('.Values.service.port')}],
				selector: labels,
			},
		}));
		return [
			helpers('metrics-server'),
			template('serviceaccount', byKind('ServiceAccount')),
			template(
				'rbac',
				parts().filter(object => /Role/.test(object.kind)),
			),
			template('service', service),
			template('deployment', byKind('Deployment').map(deploymentOf)),
			template('apiservice', byKind('APIService'), '.Values.apiService.create'),
			{name: 'templates/NOTES.txt', text: 'Chart version: {{ .Chart.Version }}\nApp version:   {{ .Chart.AppVersion }}\n'},
		];
	},
};
