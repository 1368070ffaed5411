import {ingressNginxObjects} from '../ingress-nginx/manifest/manifest.js';
import type {CatalogueChart} from './chart.js';
import {helpers, hole, mapTexts, template} from './template.js';

const full = hole('include "ingress-nginx.fullname" .');
const value = (path: string, more = '') => hole(`.Values.controller.${path}${more}`);
const image = (path: string) => `${value(`${path}.registry`)}/${value(`${path}.image`)}:${value(`${path}.tag`)}`;

/** The manifest's objects with the release's names. */
function parts(): any[] {
	const objects = mapTexts(ingressNginxObjects('cloud'), (text, path) => {
		const key = path.at(-1)!;
		if (key === 'namespace') return hole('.Release.Namespace');
		if (key === 'app.kubernetes.io/instance') return hole('.Release.Name');
		if (key === 'app.kubernetes.io/version') return hole('.Chart.AppVersion | quote');
		if (key === 'image' || key.startsWith('app.kubernetes.io')) return text;
		if (text === 'ingress-nginx' && (key === 'name' || key === 'serviceAccountName')) return full;
		return text.replace(/(?<!k8s\.io\/)ingress-nginx-(controller|admission)/g, `${full}-$1`);
	});
	return objects
		.filter((object: any) => object.kind !== 'Namespace')
		.map((object: any) => ({
			...object,
			metadata: {
				...object.metadata,
				labels: {
					...object.metadata.labels,
					'helm.sh/chart': hole('printf "%s-%s" .Chart.Name .Chart.Version'),
					'app.kubernetes.io/managed-by': hole('.Release.Service'),
				},
			},
		}));
}

const isAdmission = ({metadata}: any) => metadata.labels['app.kubernetes.io/component'] === 'admission-webhook';

/** The admission jobs are hooks: their certificate is there before the controller is. */
const hooked = (object: any, events: string) => ({
	...object,
	metadata: {
		...object.metadata,
		annotations: {'helm.sh/hook': events, 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded'},
	},
});

function admission(objects: readonly any[]): any[] {
	return objects
		.filter(object => isAdmission(object) && object.kind !== 'ValidatingWebhookConfiguration')
		.map(object => {
			if (object.kind !== 'Job') return hooked(object, 'pre-install,pre-upgrade,post-install,post-upgrade');
			const job = mapTexts(object, (text, path) => (path.at(-1) === 'image' ? image('admissionWebhooks.patch.image') : text));
			return hooked(job, object.metadata.name.endsWith('create') ? 'pre-install,pre-upgrade' : 'post-install,post-upgrade');
		});
}

function deploymentOf(object: any): any {
	const {spec} = object;
	const [container] = spec.template.spec.containers;
	const changed = {
		...container,
		args: [
			...container.args.filter(
				(text: string) =>
					!text.startsWith('--controller-class') && !text.startsWith('--ingress-class') && !text.startsWith('--enable-metrics'),
			),
			`--controller-class=${value('ingressClassResource.controllerValue')}`,
			`--ingress-class=${value('ingressClass')}`,
			`--enable-metrics=${value('metrics.enabled')}`,
			`⟦args⟧`,
		],
		image: image('image'),
		imagePullPolicy: value('image.pullPolicy'),
		resources: hole('toJson .Values.controller.resources'),
	};
	const pod = {
		...spec.template.spec,
		containers: [changed],
		hostNetwork: value('hostNetwork'),
		dnsPolicy: value('dnsPolicy'),
		nodeSelector: hole('toJson .Values.controller.nodeSelector'),
		tolerations: hole('toJson .Values.controller.tolerations'),
	};
	return {...object, kind: value('kind'), spec: {...spec, replicas: value('replicaCount'), template: {...spec.template, spec: pod}}};
}

/** A DaemonSet has neither replicas nor a rollout of that form; extra arguments are a map. */
function controllerFile(object: any) {
	const {name, text} = template('controller', [deploymentOf(object)]);
	return {
		name,
		text: text
			.replace(/^( *)replicas: .*\n/m, '{{- if eq .Values.controller.kind "Deployment" }}\n$&{{- end }}\n')
			.replace(/^ {2}strategy:\n(?: {4}.*\n)*/m, '{{- if eq .Values.controller.kind "Deployment" }}\n$&{{- end }}\n')
			.replace(
				/^( *)- "?\{\{ args \}\}"?\n/m,
				'$1{{- range $key, $value := .Values.controller.extraArgs }}\n$1- --{{ $key }}{{ if $value }}={{ $value }}{{ end }}\n$1{{- end }}\n',
			),
	};
}

function serviceOf(object: any): any {
	const [http, https] = object.spec.ports;
	const {externalTrafficPolicy: _, ...spec} = object.spec;
	return {
		...object,
		metadata: {...object.metadata, annotations: hole('toJson .Values.controller.service.annotations')},
		spec: {
			...spec,
			type: value('service.type'),
			ports: [
				{...http, port: value('service.ports.http')},
				{...https, port: value('service.ports.https')},
			],
		},
	};
}

function serviceFile(object: any) {
	const {name, text} = template('controller-service', [serviceOf(object)], '.Values.controller.service.enabled');
	const optional = ['externalTrafficPolicy', 'loadBalancerIP', 'loadBalancerClass']
		.map(field => `  {{- with .Values.controller.service.${field} }}\n  ${field}: {{ . }}\n  {{- end }}\n`)
		.join('');
	const nodePorts = text.replace(
		/^( *)targetPort: (https?)$/gm,
		'$&\n$1{{- with .Values.controller.service.nodePorts.$2 }}\n$1nodePort: {{ . }}\n$1{{- end }}',
	);
	return {name, text: nodePorts.replace('spec:\n', `spec:\n${optional}`)};
}

/** https://kubernetes.github.io/ingress-nginx */
export const ingressNginxChart: CatalogueChart = {
	metadata: {
		apiVersion: 'v2',
		name: 'ingress-nginx',
		version: '4.11.2',
		appVersion: '1.11.2',
		description: 'Ingress controller for Kubernetes using NGINX as a reverse proxy and load balancer',
		home: 'https://github.com/kubernetes/ingress-nginx',
		keywords: ['ingress', 'nginx'],
		kubeVersion: '>=1.21.0-0',
	},
	values: {
		nameOverride: '',
		fullnameOverride: '',
		controller: {
			kind: 'Deployment',
			replicaCount: 1,
			image: {registry: 'registry.k8s.io', image: 'ingress-nginx/controller', tag: 'v1.11.2', pullPolicy: 'IfNotPresent'},
			config: {},
			allowSnippetAnnotations: false,
			extraArgs: {},
			hostNetwork: false,
			dnsPolicy: 'ClusterFirst',
			ingressClass: 'nginx',
			ingressClassResource: {name: 'nginx', enabled: true, default: false, controllerValue: 'k8s.io/ingress-nginx'},
			service: {
				enabled: true,
				type: 'LoadBalancer',
				annotations: {},
				externalTrafficPolicy: '',
				loadBalancerIP: '',
				loadBalancerClass: '',
				ports: {http: 80, https: 443},
				nodePorts: {http: '', https: ''},
			},
			admissionWebhooks: {
				enabled: true,
				patch: {enabled: true, image: {registry: 'registry.k8s.io', image: 'ingress-nginx/kube-webhook-certgen', tag: 'v1.4.3'}},
			},
			metrics: {enabled: false},
			resources: {requests: {cpu: '100m', memory: '90Mi'}},
			nodeSelector: {'kubernetes.io/os': 'linux'},
			tolerations: [],
		},
		tcp: {},
		udp: {},
	},
	files() {
		const objects = parts();
		const own = objects.filter(object => !isAdmission(object));
		const find = (kind: string, end = '') => own.filter(object => object.kind === kind && object.metadata.name.endsWith(end));
		const config = find('ConfigMap').map(object => ({
			...object,
			data: {'allow-snippet-annotations': hole('.Values.controller.allowSnippetAnnotations | quote')},
		}));
		const {name, text} = template('controller-configmap', config);
		const ingressClass = find('IngressClass').map(object => ({
			...object,
			metadata: {
				...object.metadata,
				name: value('ingressClassResource.name'),
				annotations: {'ingressclass.kubernetes.io/is-default-class': value('ingressClassResource.default', ' | quote')},
			},
			spec: {controller: value('ingressClassResource.controllerValue')},
		}));
		return [
			helpers('ingress-nginx'),
			template(
				'rbac',
				own.filter(object => /Role|ServiceAccount/.test(object.kind)),
			),
			{
				name,
				text: text.replace(
					/^data:\n(?: {2}.*\n)/m,
					'$&  {{- range $key, $value := .Values.controller.config }}\n  {{ $key }}: {{ $value | quote }}\n  {{- end }}\n',
				),
			},
			controllerFile(find('Deployment')[0]),
			serviceFile(find('Service', '-controller')[0]),
			template('controller-service-webhook', find('Service', 'admission'), '.Values.controller.admissionWebhooks.enabled'),
			template('controller-ingressclass', ingressClass, '.Values.controller.ingressClassResource.enabled'),
			template('admission-webhooks', admission(objects), '.Values.controller.admissionWebhooks.enabled'),
			template(
				'validating-webhook',
				objects.filter(object => object.kind === 'ValidatingWebhookConfiguration'),
				'.Values.controller.admissionWebhooks.enabled',
			),
			{name: 'templates/NOTES.txt', text: notes},
		];
	},
};

const notes = `The ingress-nginx controller has been installed.
{{- if eq .Values.controller.service.type "LoadBalancer" }}
It may take a few minutes for the load balancer IP to be available.
You can watch the status by running 'kubectl get service --namespace {{ .Release.Namespace }} {{ include "ingress-nginx.fullname" . }}-controller --output wide --watch'
{{- end }}

An Ingress that uses the controller names its class:
  ingressClassName: {{ .Values.controller.ingressClassResource.name }}
`;
